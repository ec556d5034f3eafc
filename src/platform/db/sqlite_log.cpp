#include "platform/db/sqlite_log.h"

#include <fmt/format.h>

#include <cstring>
#include <memory>

#include "base/problem.h"

namespace tanfang::db {
namespace {

constexpr int kMostGathered = 64 * 1024;  // bytes; SQLite's layer of the system takes less than 128 KB at once

/// Its place is given by SQLite, with the file below right behind it.
struct Log {
  sqlite3_file base;
  char* gathered;  // kMostGathered bytes that belong at `begin`
  int size;
  sqlite3_int64 begin;

  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }

int write_below(Log& log, const void* data, int size, sqlite3_int64 at) {
  return log.below()->pMethods->xWrite(log.below(), data, size, at);
}

/// What cannot be written is let go: its transaction fails, and no later one may bring it back.
int flush(Log& log) {
  int size = log.size;
  log.size = 0;
  return size == 0 ? SQLITE_OK : write_below(log, log.gathered, size, log.begin);
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  Log& log = log_of(file);
  if (log.size > 0 && (at != log.begin + log.size || size > kMostGathered - log.size)) {
    if (int code = flush(log)) return code;
  }
  if (size > kMostGathered) return write_below(log, data, size, at);
  if (log.size == 0) log.begin = at;
  std::memcpy(log.gathered + log.size, data, static_cast<std::size_t>(size));
  log.size += size;
  return SQLITE_OK;
}

/// Any other call goes to the file below, after what was written before it.
template <auto member, typename... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  Log& log = log_of(file);
  if (int code = flush(log)) return code;
  return (log.below()->pMethods->*member)(log.below(), arguments...);
}

/// A question that has nothing to do with what is written.
template <auto member>
int ask(sqlite3_file* file) {
  sqlite3_file* below = log_of(file).below();
  return (below->pMethods->*member)(below);
}

int close(sqlite3_file* file) {
  Log& log = log_of(file);
  int written = flush(log);
  std::unique_ptr<char[]> gathered(log.gathered);
  int closed = log.below()->pMethods->xClose(log.below());
  return written == SQLITE_OK ? closed : written;
}

using M = sqlite3_io_methods;
/// A log is neither mapped nor locked by itself: version 1 has all that it needs.
const sqlite3_io_methods kMethods = {.iVersion = 1,
                                     .xClose = close,
                                     .xRead = pass<&M::xRead, void*, int, sqlite3_int64>,
                                     .xWrite = write,
                                     .xTruncate = pass<&M::xTruncate, sqlite3_int64>,
                                     .xSync = pass<&M::xSync, int>,
                                     .xFileSize = pass<&M::xFileSize, sqlite3_int64*>,
                                     .xLock = pass<&M::xLock, int>,
                                     .xUnlock = pass<&M::xUnlock, int>,
                                     .xCheckReservedLock = pass<&M::xCheckReservedLock, int*>,
                                     .xFileControl = pass<&M::xFileControl, int, void*>,
                                     .xSectorSize = ask<&M::xSectorSize>,
                                     .xDeviceCharacteristics = ask<&M::xDeviceCharacteristics>,
                                     .xShmMap = nullptr,
                                     .xShmLock = nullptr,
                                     .xShmBarrier = nullptr,
                                     .xShmUnmap = nullptr,
                                     .xFetch = nullptr,
                                     .xUnfetch = nullptr};

}  // namespace

GatheredLog::GatheredLog(const std::string& below) : name_(fmt::format("gathered-{}", static_cast<void*>(this))) {
  sqlite3_vfs* found = sqlite3_vfs_find(below.empty() ? nullptr : below.c_str());
  if (found == nullptr) throw Failure("SQLite has no file layer " + below);
  static_cast<sqlite3_vfs&>(layer_) = *found;
  layer_.below = found;
  layer_.zName = name_.c_str();
  layer_.szOsFile = static_cast<int>(sizeof(Log)) + found->szOsFile;
  layer_.xOpen = open;
  sqlite3_vfs_register(&layer_, 0);
}

GatheredLog::~GatheredLog() { sqlite3_vfs_unregister(&layer_); }

int GatheredLog::open(sqlite3_vfs* layer, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  sqlite3_vfs* system = static_cast<Layer*>(layer)->below;
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, flags_out);
  file->pMethods = nullptr;
  Log& log = log_of(file);
  auto gathered = std::unique_ptr<char[]>(new (std::nothrow) char[kMostGathered]);
  if (!gathered) return SQLITE_NOMEM;
  int code = system->xOpen(system, name, log.below(), flags, flags_out);
  if (log.below()->pMethods == nullptr) return code;
  log.gathered = gathered.release();
  log.size = 0;
  log.begin = 0;
  file->pMethods = &kMethods;
  return code;
}

}  // namespace tanfang::db
