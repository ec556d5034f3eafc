#include "platform/db/sqlite_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "base/outage.h"
#include "platform/db/sqlite.h"
#include "platform/db/sqlite_functions.h"

namespace tanfang::db {
namespace {

constexpr std::size_t kMostStatements = 512;

std::string cache_pragma(int kilobytes) { return "pragma cache_size = -" + std::to_string(kilobytes) + ";"; }

std::string reader_pragmas(const SqliteOptions& options) {
  return cache_pragma(options.cache_kilobytes / 2) + "pragma query_only = on";
}

/// SQLite's count of its memory takes one lock for all threads at every allocation. It can only be left off before
/// SQLite is first used.
const int kUncountedMemory = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

[[noreturn]] void cannot_open(const std::string& path, const std::string& reason) {
  throw Failure("cannot open the database " + path + ": " + reason);
}

/// Made here rather than by SQLite, so that the file and what SQLite puts beside it are their owner's alone. A file
/// that is there is never opened: closing it would give up the locks that this process holds on it (POSIX), and the
/// next program to end beside this one would take itself for the last and remove the log.
void create_private(const std::string& path) {
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    ::close(file);
    return;
  }
  switch (errno) {
    case EEXIST:
      return;
    case EACCES:
    case EPERM:
    case EROFS:
      cannot_open(path, "no permission to write it");
    case ENOENT:
      cannot_open(path, "its folder does not exist");
    case ENOSPC:
      cannot_open(path, "the disk is full");
    default:
      cannot_open(path, std::strerror(errno));
  }
}

sqlite3* open_file(const std::string& path, int use, const std::string& file_layer) {
  sqlite3* connection = nullptr;
  int flags = use | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(path.c_str(), &connection, flags, file_layer.empty() ? nullptr : file_layer.c_str());
  if (code == SQLITE_OK) return connection;
  std::string reason = connection ? sqlite3_errmsg(connection) : "out of memory";
  sqlite3_close_v2(connection);
  cannot_open(path, reason);
}

/// Tries again each millisecond. A server under load lets go of the file for a moment only between two groups of
/// writes: the longer and longer pauses of SQLite's own handler would pass those moments by until the time is up.
void wait_when_busy(sqlite3* handle, int milliseconds) {
  auto again = [](void* most, int tries) {
    if (tries >= static_cast<int>(reinterpret_cast<std::intptr_t>(most))) return 0;
    sqlite3_sleep(1);
    return 1;
  };
  sqlite3_busy_handler(handle, again, reinterpret_cast<void*>(static_cast<std::intptr_t>(milliseconds)));
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* connection, std::string_view sql) : sql_(sql) {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  int code = sqlite3_prepare_v3(connection, sql_.c_str(), static_cast<int>(sql_.size() + 1), SQLITE_PREPARE_PERSISTENT,
                                &statement, &tail);
  statement_.reset(statement);
  if (code != SQLITE_OK) throw_sqlite_error(connection, sql_);
  if (!statement || std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    throw std::logic_error("not one statement: " + sql_);
  }
  int count = sqlite3_bind_parameter_count(statement);
  for (int number = 1; number <= count; ++number) {
    int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(number)).c_str());
    if (index == 0) throw std::logic_error("parameters are not $1 to $" + std::to_string(count) + ": " + sql_);
    indexes_.push_back(index);
  }
}

void SqliteStatement::bind(std::span<const Parameter> parameters) {
  if (parameters.size() != indexes_.size()) {
    throw std::logic_error(std::to_string(parameters.size()) + " values for " + std::to_string(indexes_.size()) +
                           " parameters: " + sql_);
  }
  struct Bind {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
    int operator()(std::string_view value) const {
      return sqlite3_bind_text64(statement, index, value.data() ? value.data() : "", value.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    int operator()(Bytes value) const {
      return sqlite3_bind_blob64(statement, index, value.data.data() ? value.data.data() : "", value.data.size(),
                                 SQLITE_STATIC);
    }
  };
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    int code = std::visit(Bind{statement_.get(), indexes_[i]}, parameters[i].value());
    if (code != SQLITE_OK) throw_sqlite_error(sqlite3_db_handle(statement_.get()), sql_);
  }
}

bool SqliteStatement::step() {
  int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_sqlite_error(sqlite3_db_handle(statement_.get()), sql_);
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

SqliteConnection::SqliteConnection(const std::string& path, Use use, const SqliteOptions& options) {
  create_private(path);
  if (use == Use::write) log_.emplace(options.file_layer);
  handle_.reset(open_file(path, SQLITE_OPEN_READWRITE, log_ ? log_->name() : options.file_layer));
  wait_when_busy(handle_.get(), options.busy_milliseconds);
  if (sqlite3_db_readonly(handle_.get(), "main") == 1) cannot_open(path, "no permission to write it");
  try {
    // FULL: an answered write has reached the disk. The larger checkpoint keeps its two extra syncs rare.
    run("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
        "pragma case_sensitive_like = on; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864;");
    run((use == Use::write ? cache_pragma(options.cache_kilobytes) : reader_pragmas(options)).c_str());
  } catch (const Outage& outage) {
    throw Outage(outage.cause, "cannot open the database " + path + ": " + outage.what());
  } catch (const Failure& failure) {
    cannot_open(path, failure.what());
  }
  add_common_functions(handle_.get());
}

SqliteConnection::SqliteConnection(const SqliteReading& reading, const SqliteOptions& options) {
  handle_.reset(open_file(reading.uri(), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, ""));
  wait_when_busy(handle_.get(), options.busy_milliseconds);
  try {
    run("pragma case_sensitive_like = on");
    run(reader_pragmas(options).c_str());
  } catch (const Failure& failure) {
    cannot_open(reading.uri(), failure.what());
  }
  add_common_functions(handle_.get());
}

void SqliteConnection::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw_sqlite_error(handle_.get(), sql);
}

void SqliteConnection::step(std::string_view sql) { SqliteLease(*this, sql)->step(); }

std::shared_ptr<SqliteStatement> SqliteConnection::statement(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found != statements_.end()) {
    // Busy where a row callback runs the very statement that it is called from.
    if (found->second->in_use) return std::make_shared<SqliteStatement>(handle_.get(), sql);
    return found->second;
  }
  if (statements_.size() >= kMostStatements) {
    std::erase_if(statements_, [](const auto& entry) { return !entry.second->in_use; });
  }
  auto made = std::make_shared<SqliteStatement>(handle_.get(), sql);
  statements_.emplace(made->sql(), made);
  return made;
}

}  // namespace tanfang::db
