// A database file in a place that may not be written, such as a mounted backup or another user's folder.
#pragma once

#include <sys/stat.h>

#include <string>

namespace tanfang::db {

/// How the file at `path` can be read without writing anything.
class SqliteReading {
 public:
  /// Throws Failure where it cannot: a log lies beside it, and what is needed to read the log is missing.
  explicit SqliteReading(const std::string& path);

  /// For SQLITE_OPEN_URI: where a log lies beside the file SQLite reads both as usual, else as a file that nobody
  /// changes.
  std::string uri() const;
  /// Throws Failure where somebody else changed what was taken for unchanging: what was read may be torn.
  void require_unchanged() const;

 private:
  std::string path_;
  bool has_log_ = false;
  struct stat first_ {};
};

}  // namespace tanfang::db
