// One SQLite connection: its settings, its statements found again by their text, its errors in plain words.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/database.h"
#include "platform/db/sqlite.h"
#include "platform/db/sqlite_log.h"
#include "platform/db/sqlite_reading.h"

namespace tanfang::db {

/// Throws what `sqlite3_errcode` of the connection means: ConstraintViolation; Failure for what the disk, another
/// program or the file is to blame for; std::logic_error for a statement that is wrong.
[[noreturn]] void throw_sqlite_error(sqlite3* connection, std::string_view doing);

/// A prepared statement with `$N` bound through its name, since SQLite numbers `$N` by appearance.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* connection, std::string_view sql);
  void bind(std::span<const Parameter> parameters);
  /// True where there is a row.
  bool step();
  void reset();
  sqlite3_stmt* handle() const { return statement_.get(); }
  const std::string& sql() const { return sql_; }

  bool in_use = false;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::vector<int> indexes_;
};

class SqliteConnection {
 public:
  enum class Use { write, read };
  /// Throws Failure.
  SqliteConnection(const std::string& path, Use use, const SqliteOptions& options);
  /// For reading only, where nothing may be written. Throws Failure.
  SqliteConnection(const SqliteReading& reading, const SqliteOptions& options);

  /// One or more statements without parameters and without rows.
  void run(const char* sql);
  /// One statement without parameters, prepared once.
  void step(std::string_view sql);
  /// A prepared statement that is not in use; take it through SqliteLease.
  std::shared_ptr<SqliteStatement> statement(std::string_view sql);
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct Hash {
    using is_transparent = void;
    /// By length and end, where statements differ: to read all of a long one costs as much as to run a short one.
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text.substr(text.size() - std::min<std::size_t>(text.size(), 32))) ^
             text.size();
    }
  };

  std::optional<GatheredLog> log_;  // of the connection that writes
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::shared_ptr<SqliteStatement>, Hash, std::equal_to<>> statements_;
};

/// A statement taken from the connection and given back reset.
class SqliteLease {
 public:
  SqliteLease(SqliteConnection& connection, std::string_view sql) : statement_(connection.statement(sql)) {
    statement_->in_use = true;
  }
  ~SqliteLease() {
    statement_->reset();
    statement_->in_use = false;
  }
  SqliteLease(const SqliteLease&) = delete;
  SqliteLease& operator=(const SqliteLease&) = delete;
  SqliteStatement* operator->() const { return statement_.get(); }
  SqliteStatement& operator*() const { return *statement_; }

 private:
  std::shared_ptr<SqliteStatement> statement_;
};

}  // namespace tanfang::db
