// What goes wrong around an SQLite file is reported in plain words and survived.
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/problem.h"
#include "platform/db/sqlite.h"
#include "platform/db/test_database.h"
#include "platform/db/test_file_layer.h"

namespace tanfang::db {
namespace {

using testing::Test;

class SqliteFailureTest : public Test {
 protected:
  void open(const std::string& file_layer = "") {
    database_ = open_sqlite(path_, SqliteOptions{.busy_milliseconds = 0, .file_layer = file_layer});
    database_->run_script("create table if not exists t (x integer primary key, data text) strict");
  }
  void add(int x, std::size_t size = 1) {
    std::string data(size, 'x');
    database_->write([&](Session& session) { session.execute("insert into t (x, data) values ($1, $2)", {x, data}); });
  }
  std::int64_t count() {
    std::int64_t count = -1;
    database_->read([&](Session& session) {
      session.query("select count(*) from t", {}, [&](const Row& row) { count = row.integer(0); });
    });
    return count;
  }
  template <typename Run>
  static std::string failure_of(Run run) {
    try {
      run();
    } catch (const Failure& failure) {
      return failure.what();
    }
    return "no failure";
  }
  static void expect_says(const std::string& text, const char* words) {
    EXPECT_NE(text.find(words), std::string::npos) << text;
  }

  TestFolder folder_;
  std::string path_ = folder_.file("t.sqlite");
  std::unique_ptr<Database> database_;
};

TEST_F(SqliteFailureTest, SurvivesAFileThatMayNotGrow) {
  open();
  add(1);
  database_->run_script("pragma max_page_count = 10");
  expect_says(failure_of([&] { add(2, 100'000); }), "the disk is full");
  EXPECT_EQ(count(), 1);
  add(3);
  database_->run_script("pragma max_page_count = 100000");
  add(2, 100'000);
  EXPECT_EQ(count(), 3);
}

TEST_F(SqliteFailureTest, SurvivesAFullDisk) {
  TestFileLayer layer("full");
  open(layer.name());
  add(1);
  layer.write_result = SQLITE_FULL;
  expect_says(failure_of([&] { add(2); }), "the disk is full");
  expect_says(failure_of([&] { database_->copy_to(folder_.file("no/copy")); }), "cannot write the copy");
  EXPECT_EQ(count(), 1);
  layer.write_result = SQLITE_OK;
  add(2);
  EXPECT_EQ(count(), 2);
  database_.reset();
}

TEST_F(SqliteFailureTest, AnswersNoWriteThatTheDiskDidNotConfirm) {
  TestFileLayer layer("failing");
  open(layer.name());
  layer.sync_result = SQLITE_IOERR_FSYNC;
  expect_says(failure_of([&] { add(1); }), "the disk failed");
  layer.sync_result = SQLITE_OK;
  EXPECT_EQ(count(), 0);
  std::int64_t before = layer.syncs;
  add(1);
  EXPECT_GT(layer.syncs, before);
  EXPECT_EQ(count(), 1);
  database_.reset();
}

TEST_F(SqliteFailureTest, WritesTheLogInLargePieces) {
  TestFileLayer layer("counting");
  open(layer.name());
  std::int64_t before = layer.writes;
  add(1, 1'000'000);  // some 245 pages
  EXPECT_GT(layer.writes - before, 4);
  EXPECT_LT(layer.writes - before, 40);
  EXPECT_EQ(count(), 1);
  database_.reset();
}

/// More than fits its cache goes to the log before the commit, and what is taken back there is written over.
TEST_F(SqliteFailureTest, WhatIsTakenBackLeavesNothingInTheLog) {
  database_ = open_sqlite(path_, SqliteOptions{.cache_kilobytes = 64});
  database_->run_script("create table t (x integer primary key, data text) strict");
  for (int round = 0; round < 5; ++round) {
    add(2 * round, 50'000);
    EXPECT_THROW(database_->write([&](Session& session) {
      for (int x = 1000; x < 1040; ++x) {
        session.execute("insert into t (x, data) values ($1, $2)", {x, std::string(20'000, 'y')});
      }
      throw std::runtime_error("changed their mind");
    }),
                 std::runtime_error);
    add(2 * round + 1, 3);
    EXPECT_EQ(count(), 2 * round + 2);
  }
  database_.reset();
  database_ = open_sqlite(path_, {});
  database_->read([&](Session& session) {
    session.query("pragma integrity_check", {}, [](const Row& row) { EXPECT_EQ(row.text(0), "ok"); });
    session.query("select count(*), sum(length(data)) from t", {}, [](const Row& row) {
      EXPECT_EQ(row.integer(0), 10);
      EXPECT_EQ(row.integer(1), 5 * 50'003);
    });
  });
}

TEST_F(SqliteFailureTest, SurvivesADiskThatFillsInTheMiddleOfAWrite) {
  TestFileLayer layer("filling");
  open(layer.name());
  add(1, 300'000);
  for (int rest = 0; rest < 8; ++rest) {
    layer.writes_left = rest;
    if (failure_of([&] { add(2, 300'000); }) == "no failure") break;
    layer.writes_left = -1;
    EXPECT_EQ(count(), 1);
    add(3);
    EXPECT_EQ(count(), 2);
    database_->write([](Session& session) { session.execute("delete from t where x = 3"); });
  }
  EXPECT_GE(layer.writes, 8);
  layer.writes_left = -1;
  database_.reset();
  open();
  EXPECT_GE(count(), 1);
}

TEST_F(SqliteFailureTest, SurvivesAnotherProgramThatWrites) {
  open();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "begin immediate", nullptr, nullptr, nullptr), SQLITE_OK);
  expect_says(failure_of([&] { add(1); }), "locked by another program");
  EXPECT_EQ(count(), 0);
  ASSERT_EQ(sqlite3_exec(other, "commit", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  add(1);
  EXPECT_EQ(count(), 1);
}

TEST_F(SqliteFailureTest, RefusesAFileThatAnotherProgramHoldsAlone) {
  open();
  database_.reset();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "pragma locking_mode = exclusive; begin exclusive", nullptr, nullptr, nullptr),
            SQLITE_OK);
  expect_says(failure_of([&] { open(); }), "locked by another program");
  sqlite3_close(other);
  open();
}

TEST_F(SqliteFailureTest, RefusesWhatIsNotADatabase) {
  std::ofstream(path_) << std::string(5000, 'x');
  std::string text = failure_of([&] { open(); });
  expect_says(text, "not a database");
  expect_says(text, path_.c_str());
}

TEST_F(SqliteFailureTest, ReportsADamagedFile) {
  open();
  for (int x = 0; x < 50; ++x) add(x, 3000);
  database_.reset();
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(4096 * 3, '\x7f');
  file.close();
  open();
  expect_says(failure_of([&] { count(); }), "damaged");
  expect_says(failure_of([&] { add(100); }), "damaged");
}

TEST_F(SqliteFailureTest, RefusesAPathThatCannotBe) {
  path_ = folder_.file("missing/t.sqlite");
  expect_says(failure_of([&] { open(); }), "its folder does not exist");
  path_ = folder_.path();
  expect_says(failure_of([&] { open(); }), "cannot open the database");
}

TEST_F(SqliteFailureTest, RefusesAFileItMayNotWrite) {
  open();
  database_.reset();
  std::filesystem::permissions(path_, std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
  // Root may write everything, so a child without its rights tries.
  pid_t child = fork();
  if (child == 0) {
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(9);
    bool refused = failure_of([&] { open(); }).find("no permission to write it") != std::string::npos;
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

/// In a folder that nobody may write, each in a child without root's rights.
class ReadOnlyFolderTest : public SqliteFailureTest {
 protected:
  /// Runs `look` on the database opened for reading; its words, or the failure's.
  std::string read_without_rights(const std::function<std::string(Database&)>& look) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::filesystem::permissions(entry.path(), std::filesystem::perms(0444));
    }
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0555));
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
      if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(9);
      std::string words = may_write_sqlite(path_) ? "may write" : failure_of_look(look);
      _exit(::write(ends[1], words.data(), words.size()) == static_cast<ssize_t>(words.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string words(4096, ' ');
    words.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(ends[0], words.data(), words.size()))));
    ::close(ends[0]);
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0700));
    return words;
  }
  std::string failure_of_look(const std::function<std::string(Database&)>& look) const {
    try {
      return look(*open_sqlite(path_, {.read_only = true}));
    } catch (const Failure& failure) {
      return failure.what();
    }
  }
  static std::string count_of(Database& database) {
    std::int64_t count = -1;
    database.read([&](Session& session) {
      session.query("select count(*) from t", {}, [&](const Row& row) { count = row.integer(0); });
    });
    return std::to_string(count);
  }
};

TEST_F(ReadOnlyFolderTest, IsReadAndNotWritten) {
  open();
  add(1);
  database_.reset();
  EXPECT_TRUE(may_write_sqlite(path_));
  EXPECT_EQ(read_without_rights(count_of), "1");
  expect_says(read_without_rights([](Database& database) {
                database.write([](Session& session) { session.execute("delete from t", {}); });
                return "";
              }),
              "can only be read");
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

TEST_F(ReadOnlyFolderTest, WhatAnotherProgramWritesMeanwhileIsSeen) {
  // The writer is another program, as SQLite's locks demand.
  int ready[2];
  int finish[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(finish), 0);
  char byte = 0;
  pid_t writer = fork();
  if (writer == 0) {
    open();
    add(1);
    add(2);
    bool told = ::write(ready[1], &byte, 1) == 1 && ::read(finish[0], &byte, 1) == 1;
    _exit(told ? 0 : 1);
  }
  EXPECT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(read_without_rights(count_of), "2");
  EXPECT_EQ(::write(finish[1], &byte, 1), 1);
  int status = -1;
  EXPECT_EQ(waitpid(writer, &status, 0), writer);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  for (int end : {ready[0], ready[1], finish[0], finish[1]}) ::close(end);
}

TEST_F(ReadOnlyFolderTest, AnUnclosedDatabaseWithoutItsIndexCannotBeRead) {
  open();
  add(1);
  std::filesystem::copy_file(path_, path_ + ".copy");
  std::filesystem::copy_file(path_ + "-wal", path_ + ".copy-wal");
  database_.reset();
  for (const char* end : {"", "-wal"}) std::filesystem::rename(path_ + ".copy" + end, path_ + end);
  expect_says(read_without_rights(count_of), "copy the whole folder");
}

TEST_F(ReadOnlyFolderTest, AFileThatChangedUnderAReaderIsTold) {
  open();
  add(1);
  database_.reset();
  auto reading = open_sqlite(path_, {.read_only = true});
  std::string told = failure_of([&] {
    reading->read([&](Session&) {
      open();
      add(2);
      database_.reset();
    });
  });
  expect_says(told, "try again");
}

}  // namespace
}  // namespace tanfang::db
