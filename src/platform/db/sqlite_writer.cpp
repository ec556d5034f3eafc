#include "platform/db/sqlite_writer.h"

#include <chrono>
#include <stdexcept>

namespace tanfang::db {
namespace {

/// Bounds how long the first of a group waits for the others: many short writes, or one that took its time.
constexpr std::size_t kMostWrites = 256;
constexpr auto kLongestGroup = std::chrono::milliseconds(5);

}  // namespace

SqliteWriter::SqliteWriter(const std::string& path, SqliteOptions options)
    : options_(std::move(options)),
      connection_(path, SqliteConnection::Use::write, options_.busy_milliseconds, options_.file_layer),
      thread_([this] { serve(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void SqliteWriter::write(const Work& work) {
  if (std::this_thread::get_id() == thread_.get_id()) throw std::logic_error("a write inside a write");
  Waiting waiting{work, nullptr, false, {}};
  std::unique_lock lock(mutex_);
  queue_.push_back(&waiting);
  if (options_.queued) options_.queued(queue_.size());
  arrived_.notify_one();
  waiting.changed.wait(lock, [&] { return waiting.answered; });
  if (waiting.error) std::rethrow_exception(waiting.error);
}

void SqliteWriter::serve() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
    }
    write_group();
  }
}

SqliteWriter::Waiting* SqliteWriter::next() {
  std::lock_guard lock(mutex_);
  if (queue_.empty()) return nullptr;
  Waiting* waiting = queue_.front();
  queue_.pop_front();
  return waiting;
}

void SqliteWriter::write_group() {
  Group group;
  try {
    connection_.step("begin immediate");
    fill(group);
    if (connection_.in_transaction()) connection_.step("commit");
  } catch (...) {
    // Nothing of the group is on the disk. Where not even `begin` succeeded, those who wait now are told.
    if (group.empty()) {
      while (Waiting* waiting = next()) group.push_back(waiting);
    }
    fail(group, std::current_exception());
  }
  if (options_.committed) {
    std::size_t written = 0;
    for (Waiting* waiting : group) written += waiting->error == nullptr;
    if (written > 0) options_.committed(written);
  }
  answer(group);
}

void SqliteWriter::fill(Group& group) {
  auto started = std::chrono::steady_clock::now();
  bool nothing_to_lose = true;
  while (group.size() < kMostWrites) {
    Waiting* waiting = next();
    if (!waiting) return;
    group.push_back(waiting);
    if (run_one(*waiting, nothing_to_lose)) {
      nothing_to_lose = false;
    } else if (!connection_.in_transaction()) {
      // SQLite gives up the whole transaction on a full disk and the like; the earlier works went with it.
      return fail(group, waiting->error);
    }
    if (std::chrono::steady_clock::now() - started > kLongestGroup) return;
  }
}

bool SqliteWriter::run_one(Waiting& waiting, bool nothing_to_lose) {
  try {
    // A savepoint keeps a copy of every page it changes; who has no earlier work to protect does without.
    if (!nothing_to_lose) connection_.step("savepoint work");
    SqliteSession session(connection_);
    waiting.work(session);
    session.check_complete();
    if (!nothing_to_lose) connection_.step("release work");
    return true;
  } catch (...) {
    waiting.error = std::current_exception();
  }
  if (connection_.in_transaction() && !undo(nothing_to_lose)) connection_.step("rollback");
  return false;
}

bool SqliteWriter::undo(bool nothing_to_lose) {
  try {
    connection_.step(nothing_to_lose ? "rollback" : "rollback to work");
    connection_.step(nothing_to_lose ? "begin immediate" : "release work");
    return true;
  } catch (const std::exception&) {
    return !connection_.in_transaction();
  }
}

void SqliteWriter::fail(Group& group, std::exception_ptr error) {
  if (connection_.in_transaction()) {
    try {
      connection_.step("rollback");
    } catch (const std::exception&) {
      // What cannot be rolled back was never committed: the next `begin` fails and says so.
    }
  }
  for (Waiting* waiting : group) {
    if (!waiting->error) waiting->error = error;
  }
}

void SqliteWriter::answer(Group& group) {
  std::lock_guard lock(mutex_);
  for (Waiting* waiting : group) {
    waiting->answered = true;
    // Under the lock: the waiting thread ends the life of the condition variable as soon as it sees the answer.
    waiting->changed.notify_one();
  }
}

}  // namespace tanfang::db
