// Connections to one PostgreSQL database, opened when they are needed and kept.
#pragma once

#include <condition_variable>
#include <mutex>

#include "platform/db/postgresql_connection.h"

namespace tanfang::db {

class PostgresPool {
 public:
  PostgresPool(std::string address, int most) : address_(std::move(address)), most_(most) {}

  /// A connection in a transaction begun with `begin`; a kept one that the server closed meanwhile is replaced. Waits
  /// where all are taken; throws Failure where none comes free.
  std::unique_ptr<PostgresConnection> take(const char* begin);
  /// Takes a connection back; one that is lost is forgotten.
  void give_back(std::unique_ptr<PostgresConnection> connection);
  /// Forgets the connections that nobody uses, and with them the plans of a schema that changed.
  void forget_idle();

 private:
  std::unique_ptr<PostgresConnection> idle_or_new();
  void forget_one();

  const std::string address_;
  const int most_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int open_ = 0;
};

}  // namespace tanfang::db
