// What only PostgreSQL does: conflicts that are run again, connections that are lost.
#include <future>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

class PostgresTest : public testing::Test {
 protected:
  PostgresTest() {
    database_->run_script(
        "create table counter (n bigint not null); insert into counter (n) values (0);"
        "create table t (x bigint primary key)");
  }
  static std::int64_t integer(Session& session, const char* sql) {
    return *session.first(sql, {}, [](const Row& row) { return row.integer(0); });
  }
  std::int64_t integer(const char* sql) {
    std::int64_t found = -1;
    database_->read([&](Session& session) { found = integer(session, sql); });
    return found;
  }
  static void increase(Session& session) {
    std::int64_t n = integer(session, "select n from counter");
    session.execute("update counter set n = $1", {n + 1});
  }
  /// Ends a connection of the server from another, as a restart or a cut cable does.
  void end_connection(std::int64_t process) {
    other_->read([&](Session& session) {
      session.query("select pg_terminate_backend(cast($1 as integer), 10000)", {process},
                    [](const Row& row) { EXPECT_TRUE(row.boolean(0)); });
    });
  }

  TestDatabase database_{"postgresql", TestDatabase::Schema::empty};
  std::unique_ptr<Database> other_ = open_postgresql(database_.address());
};

TEST_F(PostgresTest, RunsAConflictingWriteAgain) {
  int tries = 0;
  database_->write([&](Session& session) {
    std::int64_t n = integer(session, "select n from counter");
    if (++tries == 1) other_->write(increase);
    session.execute("update counter set n = $1", {n + 1});
  });
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(integer("select n from counter"), 2);
}

TEST_F(PostgresTest, RunsAgainAlsoWhereTheWorkHidesTheConflict) {
  int tries = 0;
  database_->write([&](Session& session) {
    std::int64_t n = integer(session, "select n from counter");
    if (++tries == 1) other_->write(increase);
    try {
      session.execute("update counter set n = $1", {n + 1});
    } catch (const std::exception&) {
      throw Problem("test", 422, {"", "translated"});
    }
  });
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(integer("select n from counter"), 2);
}

TEST_F(PostgresTest, IsDoneThoughOthersOvertakeItAtEachTry) {
  int tries = 0;
  std::vector<std::future<void>> others;
  database_->write([&](Session& session) {
    ++tries;
    integer(session, "select n from counter");
    others.push_back(std::async(std::launch::async, [this] { database_->write(increase); }));
    // Over at once, or held back until this one is done.
    others.back().wait_for(std::chrono::seconds(1));
    increase(session);
  });
  for (auto& other : others) other.get();
  EXPECT_EQ(integer("select n from counter"), static_cast<int>(others.size()) + 1);
  EXPECT_LT(tries, 20);
}

TEST_F(PostgresTest, ReportsAConnectionLostWithinAWrite) {
  EXPECT_THROW(database_->write([&](Session& session) {
    increase(session);
    end_connection(integer(session, "select pg_backend_pid()"));
    increase(session);
  }),
               Failure);
  EXPECT_THROW(database_->write([&](Session& session) {
    increase(session);
    end_connection(integer(session, "select pg_backend_pid()"));
    session.execute_many("insert into t (x) values ($1)", 1000,
                         [](std::size_t i, std::vector<Parameter>& out) { out.emplace_back(i); });
  }),
               Failure);
  EXPECT_THROW(database_->write([&](Session& session) {
    increase(session);
    end_connection(integer(session, "select pg_backend_pid()"));
  }),
               Failure);
  EXPECT_EQ(integer("select n from counter"), 0);
  database_->write(increase);
  EXPECT_EQ(integer("select n from counter"), 1);
}

TEST_F(PostgresTest, ReplacesAConnectionLostWhileNobodyUsedIt) {
  end_connection(integer("select pg_backend_pid()"));
  EXPECT_EQ(integer("select n from counter"), 0);
}

TEST_F(PostgresTest, ReportsAServerThatIsNotThere) {
  try {
    open_postgresql("postgresql://nobody:secret@127.0.0.1:1/none");
    FAIL();
  } catch (const Failure& failure) {
    std::string text = failure.what();
    EXPECT_NE(text.find("cannot reach PostgreSQL"), std::string::npos) << text;
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
  }
}

TEST_F(PostgresTest, ReportsWhatTheServerSuffersFrom) {
  struct Case {
    const char* state;
    const char* words;
  };
  const Case cases[] = {{"53100", "disk of the PostgreSQL server is full"},
                        {"53200", "short of memory"},
                        {"57014", "stopped the statement"},
                        {"57P03", "ending or starting"},
                        {"53300", "no connection to spare"},
                        {"55P03", "holds a lock"},
                        {"58030", "server failed"}};
  for (const Case& each : cases) {
    std::string state = each.state;
    try {
      database_->run_script("do $$ begin raise exception using errcode = '" + state + "'; end $$");
      ADD_FAILURE() << state;
    } catch (const Failure& failure) {
      EXPECT_NE(std::string(failure.what()).find(each.words), std::string::npos) << failure.what();
    }
  }
}

TEST_F(PostgresTest, NeverRepeatsAValueInAnError) {
  try {
    database_->write([](Session& session) {
      session.execute("insert into t (x) values (cast($1 as bigint))", {"510521194401010013"});
      session.execute("insert into t (x) values (cast($1 as bigint))", {"Zhang San"});
    });
    FAIL();
  } catch (const std::logic_error& error) {
    EXPECT_EQ(std::string(error.what()).find("Zhang"), std::string::npos) << error.what();
  }
}

TEST_F(PostgresTest, ReportsAnErrorThatComesAfterTheFirstRows) {
  database_->write([](Session& session) {
    session.execute_many("insert into t (x) values ($1)", 20'000,
                         [](std::size_t i, std::vector<Parameter>& out) { out.emplace_back(i); });
  });
  for (bool nested : {false, true}) {
    int rows = 0;
    auto read = [&](Session& session) {
      session.query("select 1 / (15000 - x) from t order by x", {}, [&](const Row&) {
        if (nested && rows == 10) integer(session, "select n from counter");
        ++rows;
      });
    };
    EXPECT_THROW(database_->read(read), std::logic_error);
    EXPECT_GT(rows, 0);
    EXPECT_LE(rows, 15'000);
  }
}

TEST_F(PostgresTest, SeesASchemaThatChanged) {
  database_->write([](Session& session) { session.execute("insert into t (x) values (1)"); });
  database_->run_script("create view v as select x from t");
  EXPECT_EQ(integer("select * from v"), 1);
  database_->run_script("drop view v; create view v as select 'one' as word, x from t");
  EXPECT_EQ(integer("select x from v"), 1);
  database_->read([](Session& session) {
    session.query("select * from v", {}, [](const Row& row) { EXPECT_EQ(row.text(0), "one"); });
  });
}

TEST_F(PostgresTest, RefusesToCopyAServer) {
  try {
    database_->copy_to(database_.folder().file("copy"));
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "backup.server_database");
  }
}

}  // namespace
}  // namespace tanfang::db
