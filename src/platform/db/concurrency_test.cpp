// Many threads on one database, and any sequence of writes, on both engines.
#include <rapidcheck.h>

#include <barrier>
#include <map>
#include <thread>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

constexpr int kWriters = 32;

class ConcurrencyTest : public testing::TestWithParam<std::string> {
 protected:
  ConcurrencyTest() {
    database_->run_script(
        "create table counter (county text primary key, n bigint not null);"
        "create table t (county text not null, x bigint not null, y bigint not null, primary key (county, x))");
  }
  static void increase(Session& session, const std::string& county) {
    auto n = session.first("select n from counter where county = $1", {county},
                           [](const Row& row) { return row.integer(0); });
    session.execute("insert into counter (county, n) values ($1, $2) on conflict (county) do update set n = excluded.n",
                    {county, n.value_or(0) + 1});
  }
  std::int64_t integer(const char* sql) {
    std::int64_t found = -1;
    database_->read([&](Session& session) { session.query(sql, {}, [&](const Row& row) { found = row.integer(0); }); });
    return found;
  }
  template <typename Run>
  static void in_threads(int threads, Run run) {
    std::barrier start(threads);
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        start.arrive_and_wait();
        run(thread);
      });
    }
    for (auto& thread : running) thread.join();
  }

  TestDatabase database_{GetParam(), TestDatabase::Schema::empty};
};
TANFANG_ON_EACH_ENGINE(ConcurrencyTest);

TEST_P(ConcurrencyTest, LosesNoIncreaseAmongManyWriters) {
  in_threads(kWriters, [&](int) {
    for (int i = 0; i < 5; ++i) database_->write([](Session& session) { increase(session, "510521"); });
  });
  EXPECT_EQ(integer("select n from counter"), kWriters * 5);
}

TEST_P(ConcurrencyTest, RefusesOneWriterWithoutHarmToTheOthers) {
  std::atomic<int> refused = 0;
  in_threads(kWriters, [&](int thread) {
    for (int i = 0; i < 10; ++i) {
      try {
        database_->write([&](Session& session) {
          session.execute("insert into t (county, x, y) values ('510521', $1, 0)", {thread * 100 + i});
          if (i % 4 == 1) throw Problem("test", 422, {"", ""});
          if (i % 4 == 2) session.execute("insert into t (county, x, y) values ('510521', $1, 0)", {thread * 100 + i});
        });
      } catch (const Problem&) {
        ++refused;
      } catch (const ConstraintViolation&) {
        ++refused;
      }
    }
  });
  EXPECT_EQ(refused, kWriters * 5);
  EXPECT_EQ(integer("select count(*) from t"), kWriters * 5);
  EXPECT_EQ(integer("select count(*) from t where x % 100 in (1, 2, 5, 6, 9)"), 0);
}

TEST_P(ConcurrencyTest, ShowsReadersWholeWritesOnly) {
  // Each write moves one unit from one county to another: every snapshot must add up to nothing.
  database_->write(
      [](Session& session) { session.execute("insert into counter (county, n) values ('510521', 0), ('510522', 0)"); });
  in_threads(8, [&](int thread) {
    for (int i = 0; i < 20; ++i) {
      if (thread % 2 == 0) {
        database_->write([](Session& session) {
          session.execute("update counter set n = n - 1 where county = '510521'");
          session.execute("update counter set n = n + 1 where county = '510522'");
        });
      } else {
        database_->read([](Session& session) {
          const char* sql = "select cast(sum(n) as bigint) from counter";
          auto number = [](const Row& row) { return row.integer(0); };
          EXPECT_EQ(session.first(sql, {}, number), 0);
          auto one = session.first("select n from counter where county = '510521'", {}, number);
          auto two = session.first("select n from counter where county = '510522'", {}, number);
          EXPECT_EQ(*one + *two, 0);
        });
      }
    }
  });
  EXPECT_EQ(integer("select n from counter where county = '510522'"), 80);
}

/// One write: some rows set, some deleted, and whether it throws at its end.
struct Write {
  std::vector<std::pair<std::int64_t, std::int64_t>> sets;
  std::vector<std::int64_t> deletes;
  bool thrown;
};

std::vector<Write> some_writes() {
  auto number = rc::gen::inRange<std::int64_t>(0, 8);
  auto sets = rc::gen::container<std::vector<std::pair<std::int64_t, std::int64_t>>>(
      rc::gen::pair(number, rc::gen::arbitrary<std::int64_t>()));
  auto deletes = rc::gen::container<std::vector<std::int64_t>>(number);
  auto write = rc::gen::construct<Write>(sets, deletes, rc::gen::arbitrary<bool>());
  return *rc::gen::scale(0.15, rc::gen::container<std::vector<Write>>(write));
}

TEST_P(ConcurrencyTest, AgreesWithAMapAfterAnyWrites) {
  int run = 0;
  EXPECT_TRUE(rc::check([&] {
    std::string county = std::to_string(++run);
    std::map<std::int64_t, std::int64_t> model;
    for (const Write& write : some_writes()) {
      auto next = model;
      try {
        database_->write([&](Session& session) {
          next = model;
          for (auto [x, y] : write.sets) {
            session.execute(
                "insert into t (county, x, y) values ($1, $2, $3) on conflict (county, x) do update set "
                "y = excluded.y",
                {county, x, y});
            next[x] = y;
          }
          for (auto x : write.deletes) {
            std::int64_t gone = session.execute("delete from t where county = $1 and x = $2", {county, x});
            RC_ASSERT(static_cast<std::size_t>(gone) == next.erase(x));
          }
          if (write.thrown) throw Problem("test", 422, {"", ""});
        });
        model = next;
      } catch (const Problem&) {
      }
      std::map<std::int64_t, std::int64_t> found;
      database_->read([&](Session& session) {
        session.query("select x, y from t where county = $1", {county},
                      [&](const Row& row) { found[row.integer(0)] = row.integer(1); });
      });
      RC_ASSERT(found == model);
    }
  }));
}

}  // namespace
}  // namespace tanfang::db
