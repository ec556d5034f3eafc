// What only SQLite can be told when it is opened: how long to wait for another program, and who watches the commits.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "platform/db/database.h"

namespace tanfang::db {

struct SqliteOptions {
  /// How long a call waits for another program that holds the file.
  int busy_milliseconds = 10'000;
  /// For a place that may not be written (`may_write_sqlite`): reads work and put nothing beside the file, a write is a
  /// Failure.
  bool read_only = false;
  /// The registered file layer; empty for the system's own.
  std::string file_layer = {};
  /// Of the file's pages, so much is kept by whoever writes, and half of it by each who reads.
  int cache_kilobytes = 32'768;
  /// Told after each write is queued how many wait, and after each commit how many writes it holds. Both are called
  /// with threads waiting: count and return.
  std::function<void(std::size_t waiting)> queued = {};
  std::function<void(std::size_t writes)> committed = {};
};

std::unique_ptr<Database> open_sqlite(const std::string& path, SqliteOptions options);

/// Whether this program may write the file and make others beside it, as SQLite must for its write-ahead log.
bool may_write_sqlite(const std::string& path);

}  // namespace tanfang::db
