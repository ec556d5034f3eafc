#include "platform/db/metered_database.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::db {
namespace {

class MeteredDatabaseTest : public testing::TestWithParam<std::string> {
 protected:
  TestDatabase database_{GetParam(), TestDatabase::Schema::empty};
  MeteredDatabase metered_{*database_};
};
TANFANG_ON_EACH_ENGINE(MeteredDatabaseTest);

TEST_P(MeteredDatabaseTest, TellsWhatWasDoneRefusedAndFailed) {
  metered_.run_script("create table notes (note text not null)");
  metered_.write([](Session& session) { session.execute("insert into notes (note) values ('a')"); });
  EXPECT_THROW(metered_.write([](Session& session) {
    session.execute("insert into notes (note) values ('b')");
    throw Problem("test.refused", 422, {"不行", "no"});
  }),
               Problem);
  EXPECT_THROW(metered_.write([](Session&) { throw std::runtime_error("lost"); }), std::runtime_error);
  std::int64_t rows = 0;
  metered_.read([&](Session& session) {
    rows = session.all("select count(*) from notes", {}, [](const Row& row) { return row.integer(0); }).at(0);
    EXPECT_EQ(metered_.reads().running, 1u);
    EXPECT_EQ(metered_.reads().waiting, 0u);
  });
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(metered_.writes().done, 1u);
  EXPECT_EQ(metered_.writes().refused, 1u);
  EXPECT_EQ(metered_.writes().failed, 1u);
  EXPECT_EQ(metered_.writes().running, 0u);
  EXPECT_EQ(metered_.reads().done, 1u);
  EXPECT_EQ(metered_.reads().running, 0u);
  EXPECT_GT(metered_.writes().ran_seconds, 0);
}

TEST(MeteredSqlite, ShowsWhoWaitsForTheWriter) {
  TestDatabase database("sqlite", TestDatabase::Schema::empty);
  MeteredDatabase metered(*database);
  std::promise<void> begun, let_go;
  std::thread first([&] {
    metered.write([&](Session&) {
      begun.set_value();
      let_go.get_future().wait();
    });
  });
  begun.get_future().wait();
  std::thread second([&] { metered.write([](Session&) {}); });
  while (metered.writes().waiting == 0) std::this_thread::yield();
  EXPECT_EQ(metered.writes().running, 1u);
  EXPECT_EQ(metered.writes().waiting, 1u);
  let_go.set_value();
  first.join();
  second.join();
  EXPECT_EQ(metered.writes().done, 2u);
  EXPECT_EQ(metered.writes().waiting, 0u);
  EXPECT_GT(metered.writes().waited_seconds, 0);
}

}  // namespace
}  // namespace tanfang::db
