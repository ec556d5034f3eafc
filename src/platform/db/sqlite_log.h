// The write-ahead log, written in few large pieces.
#pragma once

#include <sqlite3.h>

#include <string>

namespace tanfang::db {

/// A file layer of SQLite over another. SQLite writes its log page by page, each with a header of 24 bytes by itself;
/// here they are put together, and reach the file when the log is synced or read. It is for connections that sync the
/// log at each commit (`synchronous = full`): others see a commit only behind that sync. An error of writing comes up
/// to one commit late, and always before it counts.
class GatheredLog {
 public:
  /// Over the registered layer `below`, the system's own where it is empty. Throws Failure where there is no such layer.
  explicit GatheredLog(const std::string& below);
  ~GatheredLog();
  GatheredLog(const GatheredLog&) = delete;
  GatheredLog& operator=(const GatheredLog&) = delete;

  /// For `sqlite3_open_v2`, as long as this lives.
  const std::string& name() const { return name_; }

 private:
  struct Layer : sqlite3_vfs {
    sqlite3_vfs* below;
  };

  static int open(sqlite3_vfs* layer, const char* name, sqlite3_file* file, int flags, int* flags_out);

  std::string name_;
  Layer layer_;
};

}  // namespace tanfang::db
