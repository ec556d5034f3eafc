// What is owed, in words with its clause; one person's months with the visits that met them; the roles.
#include <gmock/gmock.h>

#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;
using testing::ElementsAre;

class ObligationRoutesTest : public ServerTest {
 protected:
  std::vector<js::object> obligations(const Client& client, const std::string& path) {
    http::Answer answer = get(client, path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<js::object> found;
    js::object page = json_of(answer);
    for (const js::value& each : page.at("obligations").as_array()) found.push_back(each.as_object());
    return found;
  }
};
TANFANG_ON_EACH_ENGINE(ObligationRoutesTest);

TEST_P(ObligationRoutesTest, SayWhatIsOwedInWordsWithItsClause) {
  Client town = as(Role::town_office, kTown);
  auto owed = obligations(town, "/plan/obligations?month=2025-06");
  ASSERT_EQ(owed.size(), 2u);
  js::object& first = owed[0];
  EXPECT_EQ(first.at("label").as_string(), "luzhou-2023/half_month/0");
  EXPECT_EQ(first.at("label_text").as_string(), "每半月 1 次，方式：上门");
  EXPECT_EQ(first.at("label_text_en").as_string(), "1 visit(s) each half-month: home visit");
  EXPECT_EQ(first.at("clause").as_string(), "三(五)1");
}

TEST_P(ObligationRoutesTest, TellAFestivalByItsName) {
  Client county = as(Role::county_bureau, kCounty);
  ASSERT_EQ(post(county, "/plan/months", js::object{{"month", "2025-10"}}).status, 201);
  std::vector<std::string> festivals;
  for (const js::object& each : obligations(county, "/plan/obligations?month=2025-10&area=" + kVillage)) {
    if (each.at("kind").as_string() != "round") continue;
    festivals.push_back(std::string(each.at("label_text").as_string()));
    EXPECT_EQ(each.at("clause").as_string(), "三(六)2");
  }
  EXPECT_THAT(festivals, ElementsAre("中秋节探访", "重阳节探访"));
}

TEST_P(ObligationRoutesTest, TellARoundByItsNameAndAClauseOnlyWhereThereIsOne) {
  Client county = as(Role::county_bureau, kCounty);
  js::object round{
      {"kind", "heat"}, {"name", "三伏"}, {"area", kCounty}, {"first_day", "2025-06-22"}, {"last_day", "2025-06-28"}};
  ASSERT_EQ(post(county, "/plan/rounds", round).status, 201);
  js::object found;
  for (const js::object& each : obligations(county, path_of(key_) + "/obligations?from=2025-06&to=2025-06")) {
    if (each.at("label").as_string().starts_with("round/")) found = each;
  }
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.at("label_text").as_string(), "高温专项探访：三伏");
  EXPECT_EQ(found.at("label_text_en").as_string(), "heat round: 三伏");
  EXPECT_EQ(found.at("clause").as_string(), "三(六)2");
}

TEST_P(ObligationRoutesTest, ShowAPersonsMonthsWithTheVisitsThatMetThem) {
  Client clerk = as(Role::village_clerk, kVillage);
  http::Answer recorded = post(clerk, "/visits", visit("a", format_id(key_.id), "2025-06-10"));
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  js::object called = visit("b", format_id(key_.id), "2025-06-18");
  called["method"] = "phone";
  ASSERT_EQ(post(clerk, "/visits", called).status, 201);
  std::string id(json_of(recorded).at("id").as_string());
  auto owed = obligations(clerk, path_of(key_) + "/obligations?from=2025-05&to=2025-07");
  std::vector<std::string> states;
  for (const js::object& each : owed) {
    if (each.at("kind").as_string() != "window") continue;
    states.push_back(std::string(each.at("first_day").as_string()) + " " + std::string(each.at("state").as_string()));
    const js::array& visits = each.at("visits").as_array();
    ASSERT_EQ(visits.size(), states.size() == 1 ? 1u : 0u);
    if (visits.empty()) continue;
    EXPECT_EQ(visits[0].at("visit").as_string(), id);
    EXPECT_EQ(visits[0].at("day").as_string(), "2025-06-10");
    EXPECT_EQ(visits[0].at("method").as_string(), "home");
  }
  // May and July are not open; a call does not count where a home visit is owed.
  EXPECT_THAT(states, ElementsAre("2025-06-01 met", "2025-06-16 owed"));
  EXPECT_EQ(obligations(clerk, path_of(key_) + "/obligations").size(), owed.size());
}

TEST_P(ObligationRoutesTest, RefuseMonthsThatAreNoneOrTooManyAndPeopleOutsideTheArea) {
  Client clerk = as(Role::village_clerk, kVillage);
  std::string path = path_of(key_) + "/obligations";
  EXPECT_EQ(get(clerk, path + "?from=2022-07&to=2025-06").status, 200);
  EXPECT_EQ(code_of(get(clerk, path + "?from=2022-06&to=2025-06")), "request.invalid");
  EXPECT_EQ(code_of(get(clerk, path + "?from=2025-07&to=2025-06")), "request.invalid");
  EXPECT_EQ(code_of(get(clerk, path + "?from=2025-13&to=2025-06")), "month.malformed");
  EXPECT_EQ(code_of(get(clerk, path_of(neighbour_) + "/obligations")), "person.unknown");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kCounty), path_of(stranger_) + "/obligations")), "person.unknown");
}

TEST_P(ObligationRoutesTest, NameTheRolesTheirLevelsAndWhomTheyAppoint) {
  js::array roles = json_of(get(as(Role::visitor, kVillage), "/roles")).at("roles").as_array();
  ASSERT_EQ(roles.size(), identity::kRoles);
  std::map<std::string, js::object> by_name;
  for (const js::value& role : roles) by_name.emplace(role.at("role").as_string(), role.as_object());
  const js::object& town = by_name.at("town_office");
  EXPECT_EQ(town.at("words"), (js::object{{"zh", "乡镇（街道）经办人"}, {"en", "town office"}}));
  EXPECT_EQ(town.at("levels"), js::array({"town"}));
  EXPECT_EQ(town.at("appoints"), js::array({"visitor", "village_clerk", "care_organisation"}));
  EXPECT_EQ(by_name.at("province_supervisor").at("levels"), js::array({"nation", "province"}));
  EXPECT_EQ(code_of(get({}, "/roles")), "session.needed");
}

}  // namespace
}  // namespace tanfang::app::server
