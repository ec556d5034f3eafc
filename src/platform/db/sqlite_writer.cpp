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
      connection_(path, SqliteConnection::Use::write, options_),
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
  auto waiting = std::make_shared<Waiting>(work);
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(waiting);
    if (options_.queued) options_.queued(queue_.size());
  }
  arrived_.notify_one();
  waiting->answered.wait();
  if (waiting->error) std::rethrow_exception(waiting->error);
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

std::shared_ptr<SqliteWriter::Waiting> SqliteWriter::next() {
  std::lock_guard lock(mutex_);
  if (queue_.empty()) return nullptr;
  auto waiting = std::move(queue_.front());
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
      while (auto waiting = next()) group.push_back(std::move(waiting));
    }
    fail(group, std::current_exception());
  }
  if (options_.committed) {
    std::size_t written = 0;
    for (const auto& waiting : group) written += waiting->error == nullptr;
    if (written > 0) options_.committed(written);
  }
  answer(group);
}

/// A savepoint copies every page that its work changes, so nobody gets one until a work leaves changes behind that must
/// go: then all is rolled back, what had succeeded is done again, and from there on each work has its savepoint.
void SqliteWriter::fill(Group& group) {
  auto started = std::chrono::steady_clock::now();
  bool protect = false;
  while (group.size() < kMostWrites) {
    auto waiting = next();
    if (!waiting) return;
    group.push_back(waiting);
    if (protect) {
      run_protected(*waiting);
    } else if (run(*waiting) == Outcome::left_traces) {
      protect = true;
      run_again(group);
    }
    if (std::chrono::steady_clock::now() - started > kLongestGroup) return;
  }
}

SqliteWriter::Outcome SqliteWriter::run(Waiting& waiting) {
  sqlite3_int64 before = sqlite3_total_changes64(connection_.handle());
  SqliteSession session(connection_);
  try {
    waiting.work(session);
    session.check_complete();
    return Outcome::done;
  } catch (...) {
    waiting.error = std::current_exception();
  }
  bool clean =
      connection_.in_transaction() && !session.ran_script() && sqlite3_total_changes64(connection_.handle()) == before;
  return clean ? Outcome::left_no_trace : Outcome::left_traces;
}

void SqliteWriter::run_again(const Group& group) {
  require_transaction(*group.back());
  connection_.step("rollback");
  connection_.step("begin immediate");
  for (const auto& waiting : group) {
    if (!waiting->error) run_protected(*waiting);
  }
}

void SqliteWriter::run_protected(Waiting& waiting) {
  connection_.step("savepoint work");
  if (run(waiting) != Outcome::done) {
    require_transaction(waiting);
    connection_.step("rollback to work");
  }
  connection_.step("release work");
}

/// SQLite gives up the whole transaction on a full disk and the like; the earlier works went with it.
void SqliteWriter::require_transaction(const Waiting& failed) {
  if (!connection_.in_transaction()) std::rethrow_exception(failed.error);
}

void SqliteWriter::fail(Group& group, std::exception_ptr error) {
  if (connection_.in_transaction()) {
    try {
      connection_.step("rollback");
    } catch (const std::exception&) {
      // What cannot be rolled back was never committed: the next `begin` fails and says so.
    }
  }
  for (const auto& waiting : group) {
    if (!waiting->error) waiting->error = error;
  }
}

void SqliteWriter::answer(Group& group) {
  for (const auto& waiting : group) waiting->answered.up();
}

}  // namespace tanfang::db
