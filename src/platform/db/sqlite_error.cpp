#include <cerrno>
#include <stdexcept>

#include "base/problem.h"
#include "platform/db/sqlite_connection.h"

namespace tanfang::db {
namespace {

/// Plain reasons for what is not the program's mistake; nullptr for what is.
const char* outside_reason(int primary_code) {
  switch (primary_code) {
    case SQLITE_FULL:
      return "the disk is full";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "the database is locked by another program";
    case SQLITE_NOTADB:
      return "the file is not a database";
    case SQLITE_CORRUPT:
      return "the database file is damaged";
    case SQLITE_CANTOPEN:
      return "the database file cannot be opened";
    case SQLITE_IOERR:
      return "the disk failed";
    case SQLITE_PERM:
      return "no permission to write the database";
    case SQLITE_NOMEM:
      return "out of memory";
    case SQLITE_NOLFS:
    case SQLITE_TOOBIG:
      return "the value or file is too large";
    default:
      return nullptr;
  }
}

Constraint constraint_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return Constraint::unique;
    case SQLITE_CONSTRAINT_NOTNULL:
      return Constraint::not_null;
    case SQLITE_CONSTRAINT_CHECK:
      return Constraint::check;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return Constraint::foreign_key;
    default:
      return Constraint::none;
  }
}

}  // namespace

void throw_sqlite_error(sqlite3* connection, std::string_view doing) {
  int code = sqlite3_extended_errcode(connection);
  std::string message = sqlite3_errmsg(connection);
  if (Constraint constraint = constraint_of(code); constraint != Constraint::none) {
    throw ConstraintViolation(constraint, message);
  }
  // A read-only connection that is asked to write is a mistake; a file or disk that became so is not.
  if (code == SQLITE_READONLY && sqlite3_db_readonly(connection, "main") == 0) {
    throw std::logic_error("a write inside read: " + std::string(doing));
  }
  int primary = code & 0xff;
  const char* reason = primary == SQLITE_READONLY ? "the database file is read-only" : outside_reason(primary);
  bool is_full = (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && sqlite3_system_errno(connection) == ENOSPC;
  if (is_full || code == SQLITE_IOERR_SHMSIZE) reason = outside_reason(SQLITE_FULL);
  if (reason) throw Failure(std::string(reason) + " (SQLite " + std::to_string(code) + ")");
  throw std::logic_error(message + " (SQLite " + std::to_string(code) + "): " + std::string(doing));
}

}  // namespace tanfang::db
