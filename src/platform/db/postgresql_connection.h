// One PostgreSQL connection: its statements prepared once, its errors in plain words.
#pragma once

#include <libpq-fe.h>

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/database.h"

namespace tanfang::db {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// The server could not order this transaction among those that ran beside it: run it again.
class TransactionConflict : public std::exception {
 public:
  const char* what() const noexcept override { return "PostgreSQL asks to run the transaction again"; }
};

/// Values as libpq takes them: all binary, so that text need not end in a zero byte. They refer to the parameters.
class PostgresValues {
 public:
  explicit PostgresValues(std::span<const Parameter> parameters);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<std::array<char, 8>> numbers_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// The rows of one running query as they arrive. `keep_rest` takes in what is still to come, so that another statement
/// can run.
class PostgresStream {
 public:
  explicit PostgresStream(PGconn* connection) : connection_(connection) {}
  ~PostgresStream();
  PostgresStream(const PostgresStream&) = delete;
  PostgresStream& operator=(const PostgresStream&) = delete;

  /// A result of one row, or the last one: without a row, or an error.
  PostgresResult next();
  void keep_rest();

 private:
  PostgresResult receive();

  PGconn* connection_;
  std::deque<PostgresResult> kept_;
  bool ended_ = false;
};

class PostgresConnection {
 public:
  /// Throws Failure where the server cannot be reached.
  explicit PostgresConnection(const std::string& address);

  /// One or more statements without parameters.
  void run(const std::string& sql);
  PostgresResult execute(std::string_view sql, std::span<const Parameter> parameters);
  /// Sends a query whose rows are then read through a PostgresStream.
  void send(std::string_view sql, std::span<const Parameter> parameters);
  /// The name under which `sql` is prepared for parameters of these kinds.
  const std::string& prepared(std::string_view sql, std::span<const Parameter> parameters);
  /// Throws what a result that is not a success means: ConstraintViolation, TransactionConflict, Failure, or
  /// std::logic_error for a statement that is wrong. `result` may be null.
  [[noreturn]] void fail(const PGresult* result, std::string_view sql) const;

  bool usable() const { return PQstatus(handle_.get()) == CONNECTION_OK; }
  PGconn* handle() const { return handle_.get(); }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  std::unique_ptr<PGconn, Finish> handle_;
  std::unordered_map<std::string, std::string> prepared_;
};

}  // namespace tanfang::db
