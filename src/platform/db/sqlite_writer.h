// The one writer of an SQLite database: writes that wait are run one after another, each inside a savepoint, committed
// together and answered after the commit.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "platform/db/sqlite.h"
#include "platform/db/sqlite_session.h"

namespace tanfang::db {

class SqliteWriter {
 public:
  using Work = std::function<void(SqliteSession&)>;

  /// Opens the file; throws Failure.
  SqliteWriter(const std::string& path, SqliteOptions options);
  /// Answers what still waits, then ends.
  ~SqliteWriter();

  /// Returns when the change is on the disk; throws what `work` threw, or Failure.
  void write(const Work& work);

 private:
  struct Waiting {
    const Work& work;
    std::exception_ptr error;
    bool answered = false;
    std::condition_variable changed;
  };
  using Group = std::vector<Waiting*>;

  void serve();
  void write_group();
  void fill(Group& group);
  bool run_one(Waiting& waiting, bool nothing_to_lose);
  bool undo(bool nothing_to_lose);
  void fail(Group& group, std::exception_ptr error);
  void answer(Group& group);
  Waiting* next();

  SqliteOptions options_;
  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Waiting*> queue_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace tanfang::db
