// What only SQLite promises: one writer that commits many writes together, and copies.
#include "platform/db/sqlite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

std::int64_t count(Database& database) {
  std::int64_t count = -1;
  database.read([&](Session& session) {
    session.query("select count(*) from t", {}, [&](const Row& row) { count = row.integer(0); });
  });
  return count;
}

void add(Session& session, int x) { session.execute("insert into t (x) values ($1)", {x}); }

/// Holds the first write until `expected` more wait behind it, so that they must fall into its group.
class Gate {
 public:
  explicit Gate(std::size_t expected) : expected_(expected) {}
  void queued(std::size_t waiting) {
    std::lock_guard lock(mutex_);
    waiting_ = waiting;
    changed_.notify_all();
  }
  void hold() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ >= expected_; });
  }
  void enter() {
    std::lock_guard lock(mutex_);
    entered_ = true;
    changed_.notify_all();
  }
  void wait_entered() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return entered_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::size_t expected_;
  std::size_t waiting_ = 0;
  bool entered_ = false;
};

class SqliteTest : public testing::Test {
 protected:
  void open(SqliteOptions options) {
    database_ = open_sqlite(path_, std::move(options));
    database_->run_script("create table t (x integer primary key) strict");
  }
  /// Runs `works` in one group: the first is held in the writer until all others wait behind it.
  std::vector<std::string> run_together(const std::vector<std::function<void(Session&)>>& works) {
    Gate gate(works.size() - 1);
    std::vector<std::size_t> commits;
    open({.queued = [&](std::size_t waiting) { gate.queued(waiting); },
          .committed = [&](std::size_t writes) { commits.push_back(writes); }});
    commits.clear();
    std::vector<std::string> answers(works.size());
    auto run = [&](std::size_t i) {
      try {
        database_->write([&](Session& session) {
          if (i == 0) {
            gate.enter();
            gate.hold();
          }
          works[i](session);
        });
        answers[i] = "done";
      } catch (const std::exception& error) {
        answers[i] = error.what();
      }
    };
    std::vector<std::thread> threads;
    threads.emplace_back(run, 0);
    gate.wait_entered();
    for (std::size_t i = 1; i < works.size(); ++i) threads.emplace_back(run, i);
    for (auto& thread : threads) thread.join();
    commits_ = commits;
    return answers;
  }

  TestFolder folder_;
  std::string path_ = folder_.file("t.sqlite");
  std::unique_ptr<Database> database_;
  std::vector<std::size_t> commits_;
};

TEST_F(SqliteTest, CommitsWaitingWritesTogether) {
  std::vector<std::function<void(Session&)>> works;
  for (int i = 0; i < 32; ++i) works.push_back([i](Session& session) { add(session, i); });
  auto answers = run_together(works);
  EXPECT_EQ(answers, std::vector<std::string>(32, "done"));
  EXPECT_EQ(count(*database_), 32);
  std::size_t written = 0;
  for (std::size_t writes : commits_) written += writes;
  EXPECT_EQ(written, 32u);
  // The held write took its time, so its group may end behind it; the others were all waiting then.
  EXPECT_LE(commits_.size(), 2u);
}

TEST_F(SqliteTest, UndoesOnlyTheWriteThatThrows) {
  using Works = std::vector<std::function<void(Session&)>>;
  Works works;
  for (int i = 0; i < 12; ++i) {
    works.push_back([i](Session& session) {
      add(session, i);
      if (i % 3 == 0) throw Problem("test", 422, {"", "refused " + std::to_string(i)});
      if (i % 3 == 1) add(session, i);
    });
  }
  auto answers = run_together(works);
  for (int i = 0; i < 12; ++i) {
    std::string expected = i % 3 == 0   ? "refused " + std::to_string(i)
                           : i % 3 == 1 ? "UNIQUE constraint failed: t.x"
                                        : "done";
    EXPECT_EQ(answers[i], expected);
  }
  EXPECT_EQ(count(*database_), 4);
}

TEST_F(SqliteTest, RunsWorksAgainOnlyWhereAnotherLeavesChangesBehind) {
  struct Case {
    bool changes;
    int runs_of_the_first;
  };
  for (const Case& example : {Case{false, 1}, Case{true, 2}}) {
    TestFolder folder;
    path_ = folder.file("t.sqlite");
    std::array<int, 3> runs{};
    auto answers = run_together({[](Session&) {},
                                 [&](Session& session) {
                                   ++runs[0];
                                   session.execute("insert into t (x) values (1) on conflict do nothing");
                                 },
                                 [&](Session& session) {
                                   ++runs[1];
                                   if (example.changes) add(session, 100);
                                   throw Problem("test", 422, {"", "refused"});
                                 },
                                 [&](Session& session) {
                                   ++runs[2];
                                   add(session, 2 + runs[2]);
                                 }});
    EXPECT_EQ(std::count(answers.begin(), answers.end(), "done"), 3);
    // The order in which three threads queue is not ours: who came before the refusal is run twice, who came after
    // once.
    EXPECT_LE(runs[0], example.runs_of_the_first);
    EXPECT_EQ(runs[1], 1);
    EXPECT_LE(runs[2], example.runs_of_the_first);
    EXPECT_EQ(count(*database_), 2);
    database_.reset();
  }
}

TEST_F(SqliteTest, RefusesAWriteInsideAWrite) {
  open({});
  EXPECT_THROW(database_->write([&](Session&) { database_->write([](Session&) {}); }), std::logic_error);
}

TEST_F(SqliteTest, RefusesMoreValuesThanParameters) {
  open({});
  EXPECT_THROW(database_->write([](Session& session) {
    session.execute("delete from t where x = $1", {1, 2});
  }),
               std::logic_error);
}

TEST_F(SqliteTest, BreaksADeferredForeignKeyInItsOwnWriteOnly) {
  open({});
  database_->run_script(
      "create table child (x integer constraint child_t references t (x) deferrable initially deferred) strict");
  EXPECT_THROW(database_->write([](Session& session) { session.execute("insert into child (x) values (1)"); }),
               ConstraintViolation);
  database_->write([](Session& session) {
    session.execute("insert into child (x) values (1)");
    add(session, 1);
  });
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(SqliteTest, IsItsOwnersAlone) {
  open({});
  for (const char* end : {"", "-wal", "-shm"}) {
    struct stat status;
    ASSERT_EQ(::stat((path_ + end).c_str(), &status), 0) << end;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << end;
  }
  database_.reset();
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
}

/// Whether this process holds the lock by which others see that the database is in use, asked by another process: the
/// bytes are those of SQLite's file format.
bool is_seen_in_use(const std::string& path) {
  pid_t other = fork();
  if (other == 0) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 0x40000002;
    lock.l_len = 510;
    bool asked = fcntl(::open(path.c_str(), O_RDWR | O_CLOEXEC), F_GETLK, &lock) == 0;
    _exit(asked && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  waitpid(other, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

/// Otherwise the next program that ends beside this one takes itself for the last, and removes the log under its feet.
TEST_F(SqliteTest, IsSeenInUseByOtherPrograms) {
  open({});
  EXPECT_TRUE(is_seen_in_use(path_));
  count(*database_);
  EXPECT_TRUE(is_seen_in_use(path_)) << "after a reader was opened";
  auto again = open_sqlite(path_);
  EXPECT_TRUE(is_seen_in_use(path_)) << "after it was opened again";
}

TEST_F(SqliteTest, KeepsAsMuchOfTheFileAsItIsTold) {
  open({.cache_kilobytes = 4096});
  auto kept = [](Session& session) {
    return session.first("pragma cache_size", {}, [](const Row& row) { return -row.integer(0); }).value();
  };
  std::int64_t written = 0;
  std::int64_t read = 0;
  database_->write([&](Session& session) { written = kept(session); });
  database_->read([&](Session& session) { read = kept(session); });
  EXPECT_EQ(written, 4096);
  EXPECT_EQ(read, 2048);
}

TEST_F(SqliteTest, CopiesToANewFileWhileOthersWrite) {
  open({});
  database_->write([](Session& session) {
    session.execute_many("insert into t (x) values ($1)", 20'000,
                         [](std::size_t i, std::vector<Parameter>& out) { out.emplace_back(i); });
  });
  std::atomic<bool> ended = false;
  std::thread writer([&] {
    for (int i = 20'000; !ended; ++i) database_->write([&](Session& session) { add(session, i); });
  });
  std::string copy = folder_.file("copy.sqlite");
  database_->copy_to(copy);
  ended = true;
  writer.join();
  EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
  auto copied = open_sqlite(copy);
  EXPECT_GE(count(*copied), 20'000);
  copied->read([](Session& session) {
    session.query("pragma integrity_check", {}, [](const Row& row) { EXPECT_EQ(row.text(0), "ok"); });
    session.query("select count(*) = max(x) + 1 from t", {}, [](const Row& row) { EXPECT_TRUE(row.boolean(0)); });
  });
}

TEST_F(SqliteTest, RefusesToCopyOverAFile) {
  open({});
  std::string copy = folder_.file("copy.sqlite");
  std::ofstream(copy) << "kept";
  EXPECT_THROW(database_->copy_to(copy), Failure);
  EXPECT_EQ(std::filesystem::file_size(copy), 4u);
  EXPECT_THROW(database_->copy_to(folder_.file("no/such/folder")), Failure);
}

}  // namespace
}  // namespace tanfang::db
