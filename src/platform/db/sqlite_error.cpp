#include <cerrno>
#include <stdexcept>

#include "base/outage.h"
#include "platform/db/sqlite_connection.h"

namespace tanfang::db {
namespace {

/// Plain reasons for what is not the program's mistake; nullptr for what is.
const char* outside_reason(int primary_code) {
  switch (primary_code) {
    case SQLITE_NOTADB:
      return "the file is not a database";
    case SQLITE_CORRUPT:
      return "the database file is damaged";
    case SQLITE_CANTOPEN:
      return "the database file cannot be opened";
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

/// Whether there is no room, or no leave to take more of it.
bool is_full(sqlite3* connection, int code) {
  int primary = code & 0xff;
  if (primary == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE) return true;
  int error = sqlite3_system_errno(connection);
  return (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && (error == ENOSPC || error == EDQUOT);
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
  std::string number = " (SQLite " + std::to_string(code) + ")";
  if (is_full(connection, code)) throw Outage(Outage::Cause::no_space, "the disk is full" + number);
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    throw Outage(Outage::Cause::away, "the database is locked by another program" + number);
  }
  // SQLite does not tell a limit or quota on files from a disk that fails.
  if (primary == SQLITE_IOERR) throw Outage(Outage::Cause::away, "the disk failed" + number);
  const char* reason = primary == SQLITE_READONLY ? "the database file is read-only" : outside_reason(primary);
  if (reason) throw Failure(reason + number);
  throw std::logic_error(message + number + ": " + std::string(doing));
}

}  // namespace tanfang::db
