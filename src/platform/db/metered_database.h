// A database whose transactions are counted: how many, how long they wait and how long they take.
#pragma once

#include <atomic>
#include <cstdint>

#include "platform/db/database.h"

namespace tanfang::db {

struct TransactionCounts {
  std::uint64_t done = 0;
  /// Rolled back by a Problem, as a refused request is.
  std::uint64_t refused = 0;
  /// Rolled back by anything else.
  std::uint64_t failed = 0;
  /// Now: not yet begun (the writer of SQLite or every connection to PostgreSQL has others before it), and begun.
  std::uint64_t waiting = 0;
  std::uint64_t running = 0;
  /// Of all that ended: from the call to the beginning, and from there to the end, the sync included.
  double waited_seconds = 0;
  double ran_seconds = 0;
};

/// Passes everything on and counts it. Safe to use from many threads, which never wait for one another here.
class MeteredDatabase : public Database {
 public:
  explicit MeteredDatabase(Database& database) : database_(database) {}

  void read(const std::function<void(Session&)>& work) override;
  void write(const std::function<void(Session&)>& work) override;
  void run_script(std::string_view sql) override { database_.run_script(sql); }
  std::string_view engine() const override { return database_.engine(); }
  void copy_to(const std::string& path) override { database_.copy_to(path); }

  TransactionCounts reads() const { return counts_of(reads_); }
  TransactionCounts writes() const { return counts_of(writes_); }

 private:
  struct Meter {
    std::atomic<std::uint64_t> done = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> failed = 0;
    std::atomic<std::uint64_t> waiting = 0;
    std::atomic<std::uint64_t> running = 0;
    std::atomic<std::uint64_t> waited_nanoseconds = 0;
    std::atomic<std::uint64_t> ran_nanoseconds = 0;
  };
  class Transaction;

  static TransactionCounts counts_of(const Meter& meter);

  Database& database_;
  Meter reads_;
  Meter writes_;
};

}  // namespace tanfang::db
