// What both engines promise alike.
#include "platform/db/database.h"

#include <limits>
#include <utility>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

class DatabaseTest : public testing::TestWithParam<std::string> {
 protected:
  DatabaseTest() {
    std::string sql =
        "create table things (county text not null, id bigint not null, name text, weight double precision, "
        "data bytea, constraint things_pk primary key (county, id), "
        "constraint things_name unique (county, name), constraint things_positive check (id > 0));"
        "create table parts (county text not null, thing_id bigint not null, "
        "constraint parts_thing foreign key (county, thing_id) references things (county, id));";
    if (GetParam() == "sqlite") {
      sql =
          "create table things (county text not null, id integer not null, name text, weight real, data blob, "
          "constraint things_pk primary key (county, id), "
          "constraint things_name unique (county, name), constraint things_positive check (id > 0)) strict;"
          "create table parts (county text not null, thing_id integer not null, "
          "constraint parts_thing foreign key (county, thing_id) references things (county, id)) strict;";
    }
    test_database_->run_script(sql);
  }
  Database& database() { return *test_database_; }
  std::int64_t count() {
    std::int64_t count = -1;
    database().read([&](Session& session) {
      session.query("select count(*) from things", {}, [&](const Row& row) { count = row.integer(0); });
    });
    return count;
  }
  static void add(Session& session, std::int64_t id, const std::optional<std::string>& name) {
    session.execute("insert into things (county, id, name) values ($1, $2, $3)", {"510521", id, name});
  }

  TestDatabase test_database_{GetParam(), TestDatabase::Schema::empty};
};
TANFANG_ON_EACH_ENGINE(DatabaseTest);

TEST_P(DatabaseTest, KeepsEveryKindOfValue) {
  std::string bytes("\0\xff\x01", 3);
  std::int64_t large = std::numeric_limits<std::int64_t>::max();
  database().write([&](Session& session) {
    const char* sql = "insert into things (county, id, name, weight, data) values ($1, $2, $3, $4, $5)";
    session.execute(sql, {"510521", large, "探访\"'", 0.1, Bytes{bytes}});
    session.execute(sql, {"510521", 1, std::optional<std::string>(), std::optional<double>(), nullptr});
    session.execute(sql, {"510521", 2, "", -1e300, Bytes{""}});
  });
  database().read([&](Session& session) {
    int rows = 0;
    session.query("select id, name, weight, data from things order by id desc", {}, [&](const Row& row) {
      switch (rows++) {
        case 0:
          EXPECT_EQ(row.integer(0), large);
          EXPECT_EQ(row.text(1), "探访\"'");
          EXPECT_EQ(row.real(2), 0.1);
          EXPECT_EQ(row.bytes(3), bytes);
          break;
        case 1:
          EXPECT_EQ(row.text(1), "");
          EXPECT_EQ(row.real(2), -1e300);
          EXPECT_FALSE(row.is_null(3));
          EXPECT_EQ(row.bytes(3), "");
          break;
        default:
          for (int column = 1; column <= 3; ++column) EXPECT_TRUE(row.is_null(column));
          EXPECT_EQ(row.optional_string(1), std::nullopt);
      }
    });
    EXPECT_EQ(rows, 3);
  });
}

TEST_P(DatabaseTest, BindsByNumberNotByAppearance) {
  database().read([&](Session& session) {
    auto text = session.first("select $2 || $1 || $2 || cast($3 as text)", {"a", "b", 7},
                              [](const Row& row) { return row.string(0); });
    EXPECT_EQ(text, "bab7");
  });
}

TEST_P(DatabaseTest, ReadsComparisonsAndSumsAsIntegers) {
  database().write([](Session& session) {
    add(session, 1, "a");
    add(session, 5'000'000'000, "b");
  });
  database().read([](Session& session) {
    session.query(
        "select sum(id), count(*), max(id) > $1, min(id) > $1, least(id, $1), greatest(id, $1) from things "
        "group by id order by id desc",
        {std::int64_t{4'000'000'000}}, [first = true](const Row& row) mutable {
          if (!std::exchange(first, false)) return;
          EXPECT_EQ(row.integer(0), 5'000'000'000);
          EXPECT_TRUE(row.boolean(2));
          EXPECT_TRUE(row.boolean(3));
          EXPECT_EQ(row.integer(4), 4'000'000'000);
          EXPECT_EQ(row.integer(5), 5'000'000'000);
        });
    EXPECT_EQ(session.first("select 'Ab' like 'ab'", {}, [](const Row& row) { return row.boolean(0); }), false);
  });
}

TEST_P(DatabaseTest, RefusesToReadAValueAsWhatItIsNot) {
  database().write([](Session& session) { add(session, 1, std::nullopt); });
  database().read([](Session& session) {
    session.query("select id, name, county from things", {}, [](const Row& row) {
      EXPECT_THROW(row.text(0), std::logic_error);
      EXPECT_THROW(row.text(1), std::logic_error);
      EXPECT_THROW(row.integer(1), std::logic_error);
      EXPECT_THROW(row.integer(2), std::logic_error);
      EXPECT_THROW(row.bytes(2), std::logic_error);
      EXPECT_THROW(row.integer(3), std::logic_error);
      EXPECT_THROW(row.date(2), std::logic_error);
      EXPECT_EQ(row.real(0), 1.0);
    });
  });
}

TEST_P(DatabaseTest, CountsChangedRows) {
  database().write([](Session& session) {
    EXPECT_EQ(session.execute("insert into things (county, id) values ('510521', 1), ('510521', 2)"), 2);
    EXPECT_EQ(session.execute("update things set name = 'x' where id = $1", {9}), 0);
    EXPECT_EQ(session.execute("insert into things (county, id) values ($1, 1) on conflict do nothing", {"510521"}), 0);
    EXPECT_EQ(session.execute("delete from things where id > 0"), 2);
  });
}

TEST_P(DatabaseTest, NamesTheBrokenConstraint) {
  struct Case {
    const char* sql;
    Constraint kind;
  };
  const Case cases[] = {
      {"insert into things (county, id) values ('510521', 1)", Constraint::unique},
      {"insert into things (county, id, name) values ('510521', 2, 'first')", Constraint::unique},
      {"insert into things (county, id) values ('510521', null)", Constraint::not_null},
      {"insert into things (county, id) values ('510521', -1)", Constraint::check},
      {"insert into parts (county, thing_id) values ('510521', 77)", Constraint::foreign_key},
      {"delete from things", Constraint::foreign_key},
  };
  database().write([](Session& session) {
    add(session, 1, "first");
    session.execute("insert into parts (county, thing_id) values ('510521', 1)");
  });
  for (const Case& each : cases) {
    try {
      database().write([&](Session& session) { session.execute(each.sql); });
      ADD_FAILURE() << each.sql;
    } catch (const ConstraintViolation& violation) {
      EXPECT_EQ(violation.kind, each.kind) << each.sql;
    }
  }
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseTest, RunsStatementsInsideARowCallback) {
  database().write([](Session& session) {
    for (int id = 1; id <= 3; ++id) add(session, id, "n" + std::to_string(id));
    const char* sql = "select id, name from things where id < $1 order by id";
    int seen = 0;
    session.query(sql, {10}, [&](const Row& outer) {
      std::string name = outer.string(1);
      session.query(sql, {10}, [&](const Row&) { ++seen; });
      session.execute("update things set weight = 1 where id = $1", {outer.integer(0)});
      EXPECT_EQ(outer.text(1), name);
    });
    EXPECT_EQ(seen, 9);
  });
}

TEST_P(DatabaseTest, EndsAQueryThatIsLeftEarly) {
  database().write([](Session& session) {
    session.execute_many("insert into things (county, id) values ('510521', $1)", 2000,
                         [](std::size_t i, std::vector<Parameter>& out) { out.emplace_back(i + 1); });
  });
  database().read([](Session& session) {
    const char* sql = "select id, 100 / (id - 1500) from things where id > $1 order by id";
    EXPECT_THROW(session.query(sql, {1500}, [](const Row&) { throw Problem("test", 422, {"", ""}); }), Problem);
    auto count = session.first("select count(*) from things", {}, [](const Row& row) { return row.integer(0); });
    EXPECT_EQ(count, 2000);
  });
}

TEST_P(DatabaseTest, RollsBackWhatThrows) {
  EXPECT_THROW(database().write([](Session& session) {
    add(session, 1, "a");
    throw Problem("test", 422, {"", ""});
  }),
               Problem);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTest, RefusesToGoOnAfterAFailedStatement) {
  EXPECT_THROW(database().write([](Session& session) {
    add(session, 1, "a");
    EXPECT_THROW(add(session, 1, "b"), ConstraintViolation);
    add(session, 2, "b");
  }),
               std::logic_error);
  EXPECT_THROW(database().write([](Session& session) {
    add(session, 1, "a");
    EXPECT_THROW(add(session, 1, "b"), ConstraintViolation);
  }),
               std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTest, RefusesToWriteWhileReading) {
  EXPECT_THROW(database().read([](Session& session) { add(session, 1, "a"); }), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTest, RefusesWrongStatements) {
  auto run = [&](const char* sql, Parameters parameters) {
    database().write([&](Session& session) { session.execute(sql, parameters); });
  };
  EXPECT_THROW(run("selec 1", {}), std::logic_error);
  EXPECT_THROW(run("select 1; select 2", {}), std::logic_error);
  EXPECT_THROW(run("select cast($1 as bigint)", {}), std::logic_error);
  EXPECT_THROW(run("insert into things (county, id) values ($1, $2)", {"510521", "one"}), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTest, ExecutesManyInOrderAndStopsAtTheFirstError) {
  database().write([](Session& session) {
    session.execute_many("insert into things (county, id, name) values ($1, $2, $3)", 5000,
                         [name = std::string()](std::size_t i, std::vector<Parameter>& out) mutable {
                           name = "n" + std::to_string(i);
                           out.insert(out.end(), {"510521", i + 1, name});
                         });
    EXPECT_EQ(session.execute("update things set weight = 2 where id <= 5000"), 5000);
  });
  EXPECT_EQ(count(), 5000);
  EXPECT_THROW(database().write([](Session& session) {
    session.execute_many("insert into things (county, id) values ($1, $2)", 2000,
                         [](std::size_t i, std::vector<Parameter>& out) {
                           out.insert(out.end(), {"510521", i == 700 ? 1 : i + 10'000});
                         });
  }),
               ConstraintViolation);
  EXPECT_EQ(count(), 5000);
  database().write([](Session& session) { session.execute_many("delete from things", 0, {}); });
  EXPECT_EQ(count(), 5000);
}

TEST_P(DatabaseTest, KeepsOneSnapshotWhileReading) {
  database().write([](Session& session) { add(session, 1, "a"); });
  database().read([&](Session& session) {
    // The write is committed while the snapshot, taken before, stays as it was.
    database().write([](Session& other) { add(other, 2, "b"); });
    auto seen = session.first("select count(*) from things", {}, [](const Row& row) { return row.integer(0); });
    EXPECT_EQ(seen, 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseTest, KeepsWhatWasWrittenWhenOpenedAgain) {
  database().write([](Session& session) { add(session, 1, "a"); });
  test_database_.reopen();
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseTest, SaysWhichEngineItIs) { EXPECT_EQ(database().engine(), GetParam()); }

}  // namespace
}  // namespace tanfang::db
