#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "base/problem.h"
#include "platform/db/database.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

class MigrateTest : public testing::TestWithParam<std::string> {
 protected:
  MigrateTest() {
    std::filesystem::create_directory(steps_);
    std::filesystem::create_directory(views_);
    step("0001_people", "create table people (county text, id bigint, constraint people_pk primary key (county, id));");
    view("people_count", "create view people_count as select county, count(*) as people from people group by county;");
  }
  void step(const std::string& name, const std::string& sql) { std::ofstream(steps_ + "/" + name + ".sql") << sql; }
  void view(const std::string& name, const std::string& sql) { std::ofstream(views_ + "/" + name + ".sql") << sql; }
  std::vector<std::string> run() { return migrate(*database_, steps_, views_); }
  std::int64_t number(const char* sql) {
    std::int64_t number = -1;
    database_->read(
        [&](Session& session) { session.query(sql, {}, [&](const Row& row) { number = row.integer(0); }); });
    return number;
  }
  std::string refusal() {
    try {
      run();
    } catch (const Failure& failure) {
      return failure.what();
    }
    return "";
  }

  TestDatabase database_{GetParam(), TestDatabase::Schema::empty};
  std::string steps_ = database_.folder().file("migrations");
  std::string views_ = database_.folder().file("views");
};
TANFANG_ON_EACH_ENGINE(MigrateTest);

using Names = std::vector<std::string>;

TEST_P(MigrateTest, TakesEachStepOnce) {
  EXPECT_EQ(run(), Names{"0001_people"});
  EXPECT_EQ(run(), Names{});
  database_->write([](Session& session) { session.execute("insert into people (county, id) values ('510521', 1)"); });
  step("0002_names", "alter table people add column name text; create table visits (id bigint primary key);");
  EXPECT_EQ(run(), Names{"0002_names"});
  database_.reopen();
  EXPECT_EQ(run(), Names{});
  EXPECT_EQ(number("select count(name) + count(*) from people"), 1);
}

TEST_P(MigrateTest, ProgramsThatStartAtOnceTakeTurns) {
  std::vector<std::thread> programs;
  std::atomic<int> taken = 0;
  for (int program = 0; program < 6; ++program) {
    programs.emplace_back([&] {
      auto own = GetParam() == "sqlite" ? open_sqlite(database_.address())
                                        : open_postgresql(database_.address(), 1);
      taken += static_cast<int>(migrate(*own, steps_, views_).size());
    });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(taken, 1);
}

TEST_P(MigrateTest, FollowsTheViewsAsTheyChange) {
  run();
  database_->write([](Session& session) { session.execute("insert into people (county, id) values ('510521', 1)"); });
  EXPECT_EQ(number("select people from people_count"), 1);
  view("people_count",
       "create view people_count as select county, count(*) + 10 as people from people group by county");
  view("people_double", "create view people_double as select people * 2 as people from people_count;");
  run();
  EXPECT_EQ(number("select people from people_double"), 22);
  std::filesystem::remove(views_ + "/people_double.sql");
  step("0002_names", "alter table people add column name text;");
  run();
  EXPECT_EQ(number("select people from people_count"), 11);
  EXPECT_THROW(number("select people from people_double"), std::logic_error);
}

TEST_P(MigrateTest, RefusesANewerDatabase) {
  step("0002_names", "alter table people add column name text;");
  run();
  std::filesystem::remove(steps_ + "/0002_names.sql");
  EXPECT_NE(refusal().find("newer than this program (0002_names after 0001_people)"), std::string::npos);
}

TEST_P(MigrateTest, KeepsNothingOfAStepThatFails) {
  step("0002_broken", "create table visits (id bigint primary key); insert into visits (id) values (1), (1);");
  EXPECT_NE(refusal().find("0002_broken"), std::string::npos);
  EXPECT_EQ(number("select count(*) from schema_steps"), 1);
  step("0002_broken", "create table visits (id bigint primary key); insert into visits (id) values (1), (2);");
  EXPECT_EQ(run(), Names{"0002_broken"});
  EXPECT_EQ(number("select count(*) from visits"), 2);
}

TEST_P(MigrateTest, RefusesFilesItCannotOrder) {
  step("2_names", "select 1;");
  EXPECT_NE(refusal().find("not named NNNN_name.sql"), std::string::npos);
  std::filesystem::remove(steps_ + "/2_names.sql");
  step("0001_other", "select 1;");
  EXPECT_NE(refusal().find("two steps of one number"), std::string::npos);
  std::filesystem::remove_all(steps_);
  EXPECT_NE(refusal().find("no migrations"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::db
