// Lists that grow with a county are given page by page, over equal sort keys too.
#include "app/server/routes/test_lists.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class PagingTest : public ListsTest {};
TANFANG_ON_EACH_ENGINE(PagingTest);

TEST_P(PagingTest, PagesThroughVisitorsOfOneName) {
  Client town = as(Role::town_office, kTown);
  js::object visitor{{"name", "王敏"}, {"kind", "grid_worker"}, {"villages", js::array{kVillage}}, {"capacity", 100}};
  std::set<std::string> made;
  for (int i = 0; i < 5; ++i) {
    if (i == 4) visitor["name"] = "丁一";
    made.emplace(json_of(post(town, "/visitors", visitor)).at("id").as_string());
  }
  js::array paged = all(town, "/visitors?month=2025-06", "visitors", 2);
  EXPECT_EQ(paged, all(town, "/visitors?month=2025-06", "visitors", 5));
  EXPECT_EQ(paged.front().at("name"), "丁一");
  std::set<std::string> listed;
  for (const js::value& each : paged) listed.emplace(each.at("id").as_string());
  EXPECT_EQ(listed, made);
  std::string elsewhere = "/visitors?county=" + kOtherCounty + "&cursor=" + *listed.begin();
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), elsewhere)), "plan.cursor");
  EXPECT_EQ(code_of(get(town, "/visitors?cursor=x")), "request.invalid");
}

TEST_P(PagingTest, PagesThroughRounds) {
  Client town = as(Role::town_office, kTown);
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) {
    js::object round{{"kind", "other"},
                     {"name", "round " + std::to_string(i)},
                     {"area", kTown},
                     {"first_day", "2025-06-20"},
                     {"last_day", "2025-06-30"}};
    made.emplace_back(json_of(post(town, "/plan/rounds", round)).at("id").as_string());
  }
  std::vector<std::string> listed;
  for (const js::value& each : all(town, "/plan/rounds", "rounds", 2))
    listed.emplace_back(each.at("round").as_string());
  EXPECT_EQ(listed, (std::vector<std::string>{made.rbegin(), made.rend()})) << "the latest first";
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/plan/rounds?cursor=" + made[1])), "plan.cursor");
}

TEST_P(PagingTest, PagesThroughWhoVisitsWhom) {
  for (int serial = 10; serial < 14; ++serial) register_person(kCounty, kVillage, serial);
  write([&](audit::Work& work) { planning::open_month(work, serving_->service().policies(), kCounty, {2025, 6}); });
  Client county = as(Role::county_bureau, kCounty);
  std::string path = "/plan/assignments?month=2025-06&area=" + kTown;
  js::array whole = all(county, path, "assignments", 200);
  ASSERT_EQ(whole.size(), 5u);
  EXPECT_EQ(all(county, path, "assignments", 2), whole) << "all of one village, which is what they are sorted by";
  EXPECT_EQ(distinct(whole).size(), 5u);
  std::string next(json_of(get(county, path + "&limit=2")).at("next").as_string());
  EXPECT_EQ(code_of(get(county, "/plan/assignments?month=2025-06&area=510521101&cursor=" + next)), "plan.cursor");
  EXPECT_EQ(code_of(get(county, path + "&cursor=x")), "request.cursor");
}

TEST_P(PagingTest, PagesThroughWhatWasSaidOfAPerson) {
  Client town = as(Role::town_office, kTown);
  for (bool spouse : {true, false, true}) {
    js::object said{{"facts", js::object{{"has_spouse", spouse}}}};
    ASSERT_EQ(post(town, path_of(key_) + "/facts", said, match(town, key_)).status, 200);
  }
  js::array whole = all(town, path_of(key_) + "/history", "statements", 200);
  ASSERT_GE(whole.size(), 4u);
  EXPECT_EQ(all(town, path_of(key_) + "/history", "statements", 1), whole);
  std::string cursor(json_of(get(town, path_of(key_) + "/history?limit=1")).at("next").as_string());
  EXPECT_EQ(code_of(get(as(Role::town_office, "510521101"), path_of(neighbour_) + "/history?cursor=" + cursor)),
            "request.cursor");
}

TEST_P(PagingTest, PagesThroughJobsOfOnesArea) {
  serving_->service().jobs().tick();
  Client administrator = as(Role::system_administrator, "");
  js::array whole = all(administrator, "/jobs", "jobs", 200);
  EXPECT_EQ(all(administrator, "/jobs", "jobs", 1), whole);
  EXPECT_EQ(distinct(whole).size(), whole.size());
  Client county = as(Role::county_bureau, kCounty);
  js::array own = all(county, "/jobs", "jobs", 1);
  EXPECT_LT(own.size(), whole.size()) << "those of the other county";
  for (const js::value& job : own) EXPECT_NE(job.at("subject"), js::value(kOtherCounty));
  for (const std::string& cursor : {"classify." + kOtherCounty, std::string("classify"), "." + kCounty}) {
    EXPECT_EQ(code_of(get(county, "/jobs?cursor=" + cursor)), "request.cursor") << cursor;
  }
}

}  // namespace
}  // namespace tanfang::app::server
