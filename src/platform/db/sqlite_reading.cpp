#include "platform/db/sqlite_reading.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/problem.h"
#include "platform/db/sqlite.h"

namespace tanfang::db {
namespace {

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

struct stat look_at(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0) return about;
  throw Failure("cannot read the database " + path + ": " + std::strerror(errno));
}

/// Whether what was written last lies in the log beside the file.
bool log_holds(const std::string& path) {
  struct stat about {};
  return ::stat((path + "-wal").c_str(), &about) == 0 && about.st_size > 0;
}

/// Bytes that mean something in a URI, as `%2F`.
std::string escaped(const std::string& path) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string out;
  for (char c : path) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#') {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

bool may_write_sqlite(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0 &&
         (!exists(path) || ::access(path.c_str(), W_OK) == 0);
}

SqliteReading::SqliteReading(const std::string& path)
    : path_(std::filesystem::absolute(path).string()), first_(look_at(path)) {
  bool log = log_holds(path_);
  bool index = exists(path_ + "-shm");
  if (log && !index) {
    throw Failure("cannot read the database " + path + ": it was not closed, its log " + path +
                  "-wal has to be worked in and the folder may not be written; copy the whole folder to a place that "
                  "may, and read it there");
  }
  has_log_ = index && exists(path_ + "-wal");
}

std::string SqliteReading::uri() const {
  return "file://" + escaped(path_) + (has_log_ ? "?mode=ro" : "?mode=ro&immutable=1");
}

void SqliteReading::require_unchanged() const {
  if (has_log_) return;
  struct stat now = look_at(path_);
  bool same = now.st_ino == first_.st_ino && now.st_size == first_.st_size &&
              now.st_mtim.tv_sec == first_.st_mtim.tv_sec && now.st_mtim.tv_nsec == first_.st_mtim.tv_nsec;
  if (same && !log_holds(path_)) return;
  throw Failure("the database " + path_ + " was opened for writing by another program while it was read: try again");
}

}  // namespace tanfang::db
