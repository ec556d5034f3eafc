#include "platform/db/sqlite_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/problem.h"

namespace tanfang::db {
namespace {

struct Copy {
  ~Copy() { sqlite3_close_v2(handle); }
  sqlite3* handle = nullptr;
};

void fill(sqlite3* source, const std::string& path) {
  Copy copy;
  if (sqlite3_open_v2(path.c_str(), &copy.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr) !=
      SQLITE_OK) {
    throw Failure("cannot write the copy " + path + ": " + sqlite3_errmsg(copy.handle));
  }
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle, "main", source, "main");
  if (!backup) throw_sqlite_error(copy.handle, "copy");
  // One step over all pages is one snapshot of the source, whatever is written meanwhile.
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) throw_sqlite_error(copy.handle, "copy");
  // The copy shall be one file.
  if (sqlite3_exec(copy.handle, "pragma journal_mode = delete", nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_sqlite_error(copy.handle, "copy");
  }
}

}  // namespace

void copy_sqlite(SqliteConnection& source, const std::string& path) {
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw Failure("cannot write the copy " + path + ": " + std::strerror(errno));
  ::close(file);
  try {
    fill(source.handle(), path);
  } catch (...) {
    ::unlink(path.c_str());
    ::unlink((path + "-journal").c_str());
    throw;
  }
}

}  // namespace tanfang::db
