// The one writer of an SQLite database: writes that wait are run one after another, committed together and answered
// after the commit.
#pragma once

#include <semaphore.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "platform/db/sqlite.h"
#include "platform/db/sqlite_session.h"

namespace tanfang::db {

/// Wakes one thread once. Not a condition variable, whose mutex is one more thing to wait for, nor std::atomic::wait,
/// which gives its turn away several times before it sleeps, a tenth of a record's cost.
class Wake {
 public:
  Wake() { sem_init(&semaphore_, 0, 0); }
  ~Wake() { sem_destroy(&semaphore_); }
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  void up() { sem_post(&semaphore_); }
  void wait() {
    while (sem_wait(&semaphore_) != 0) {
    }
  }

 private:
  sem_t semaphore_;
};

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
  /// Shared, so that it outlives the waking of the thread that waits on it.
  struct Waiting {
    explicit Waiting(const Work& work) : work(work) {}
    const Work& work;
    std::exception_ptr error = nullptr;
    Wake answered;
  };
  using Group = std::vector<std::shared_ptr<Waiting>>;
  enum class Outcome { done, left_no_trace, left_traces };

  void serve();
  void write_group();
  void fill(Group& group);
  Outcome run(Waiting& waiting);
  void run_protected(Waiting& waiting);
  void run_again(const Group& group);
  void require_transaction(const Waiting& failed);
  void fail(Group& group, std::exception_ptr error);
  void answer(Group& group);
  std::shared_ptr<Waiting> next();

  SqliteOptions options_;
  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Waiting>> queue_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace tanfang::db
