#include <gtest/gtest.h>

#include "app/test_program.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

TEST(DemoCommand, IsReportedOnAndMadeOnce) {
  db::TestFolder folder;
  auto tanfang = [&](std::vector<std::string> words) {
    return run_program(folder.file("data"), "2024-03-10T09:00", std::move(words));
  };
  const std::vector<std::string> demo = {"demo", "--people", "10", "--months", "1"};
  ASSERT_EQ(tanfang(demo).code, kDone);
  Answer report = tanfang({"report", "coverage", "--area", "510521", "--month", "2024-03"});
  EXPECT_EQ(report.code, kDone) << report.err;
  std::string people = tanfang({"people", "search", "--area", "510521"}).out;
  EXPECT_NE(tanfang(demo).err.find("demo.not_empty"), std::string::npos);
  EXPECT_EQ(tanfang({"people", "search", "--area", "510521"}).out, people);
}

TEST(DemoCommand, GivesAVisitorPeopleToGoTo) {
  db::TestFolder folder;
  Answer made = run_program(folder.file("data"), "2024-03-10T09:00",
                            {"demo", "--people", "60", "--months", "1", "--visitor", "fangwen", "--visitor-name",
                             "小周", "--visits", "510521"});
  ASSERT_EQ(made.code, kDone) << made.err;
  EXPECT_NE(made.out.find("fangwen：分到 20 人"), std::string::npos) << made.out;
  Answer nobody_named = run_program(folder.file("other"), "2024-03-10T09:00", {"demo", "--visits", "510521"});
  EXPECT_EQ(nobody_named.code, kUsage) << nobody_named.out;
}

}  // namespace
}  // namespace tanfang::app
