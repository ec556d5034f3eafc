// For tests and benchmarks only: a file layer between SQLite and the system's own that can be told to fail or to be
// slow, and counts the writes and the syncs. Open a database on it through SqliteOptions::file_layer.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace tanfang::db {

class TestFileLayer {
 public:
  /// Registers the layer under `name` for as long as it lives; only one may live at a time.
  explicit TestFileLayer(std::string name) : name_(std::move(name)) {
    real_ = sqlite3_vfs_find(nullptr);
    layer_ = *real_;
    layer_.zName = name_.c_str();
    layer_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    layer_.xOpen = open;
    sqlite3_vfs_register(&layer_, 0);
    here() = this;
  }
  ~TestFileLayer() {
    here() = nullptr;
    sqlite3_vfs_unregister(&layer_);
  }
  TestFileLayer(const TestFileLayer&) = delete;
  TestFileLayer& operator=(const TestFileLayer&) = delete;

  const std::string& name() const { return name_; }

  /// What each write and each sync answers.
  std::atomic<int> write_result = SQLITE_OK;
  std::atomic<int> sync_result = SQLITE_OK;
  /// How much longer each sync takes.
  std::atomic<int> sync_milliseconds = 0;
  std::atomic<std::int64_t> syncs = 0;
  std::atomic<std::int64_t> writes = 0;
  /// After so many more the disk is full; never where negative.
  std::atomic<int> writes_left = -1;

 private:
  struct File {
    sqlite3_file base;
    sqlite3_io_methods methods;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static TestFileLayer*& here() {
    static TestFileLayer* layer = nullptr;
    return layer;
  }
  static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

  /// Hands a call on to the real file.
  template <auto member, typename... Arguments>
  static auto pass(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* real = of(file)->real();
    return (real->pMethods->*member)(real, arguments...);
  }
  static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    if (int code = here()->write_result) return code;
    if (here()->writes_left == 0) return SQLITE_FULL;
    if (here()->writes_left > 0) --here()->writes_left;
    ++here()->writes;
    return pass<&sqlite3_io_methods::xWrite>(file, data, size, at);
  }
  static int sync(sqlite3_file* file, int flags) {
    if (int code = here()->sync_result) return code;
    ++here()->syncs;
    if (int wait = here()->sync_milliseconds) std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    return pass<&sqlite3_io_methods::xSync>(file, flags);
  }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    sqlite3_vfs* system = here()->real_;
    sqlite3_file* real = of(file)->real();
    int code = system->xOpen(system, name, real, flags, flags_out);
    file->pMethods = nullptr;
    if (!real->pMethods) return code;
    using M = sqlite3_io_methods;
    M& methods = of(file)->methods;
    methods = {.iVersion = 2,
               .xClose = pass<&M::xClose>,
               .xRead = pass<&M::xRead, void*, int, sqlite3_int64>,
               .xWrite = write,
               .xTruncate = pass<&M::xTruncate, sqlite3_int64>,
               .xSync = sync,
               .xFileSize = pass<&M::xFileSize, sqlite3_int64*>,
               .xLock = pass<&M::xLock, int>,
               .xUnlock = pass<&M::xUnlock, int>,
               .xCheckReservedLock = pass<&M::xCheckReservedLock, int*>,
               .xFileControl = pass<&M::xFileControl, int, void*>,
               .xSectorSize = pass<&M::xSectorSize>,
               .xDeviceCharacteristics = pass<&M::xDeviceCharacteristics>,
               .xShmMap = pass<&M::xShmMap, int, int, int, void volatile**>,
               .xShmLock = pass<&M::xShmLock, int, int, int>,
               .xShmBarrier = pass<&M::xShmBarrier>,
               .xShmUnmap = pass<&M::xShmUnmap, int>,
               .xFetch = nullptr,
               .xUnfetch = nullptr};
    file->pMethods = &methods;
    return code;
  }

  std::string name_;
  sqlite3_vfs* real_;
  sqlite3_vfs layer_;
};

}  // namespace tanfang::db
