// Lists, sheets, the course of things, words and saved views over HTTP.
#include <fstream>

#include "app/server/test_server.h"
#include "platform/excel/table.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class PeopleListRoutesTest : public ServerTest {
 protected:
  std::vector<std::string> names(const http::Answer& answer) {
    std::vector<std::string> found;
    js::object page = json_of(answer);
    for (const js::value& person : page.at("people").as_array()) {
      found.emplace_back(person.at("id").as_string());
    }
    return found;
  }
};
TANFANG_ON_EACH_ENGINE(PeopleListRoutesTest);

TEST_P(PeopleListRoutesTest, ListsTheCallersPeopleWithFiltersThatCombine) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer all = post(county, "/people/list", js::object{{"month", "2025-06"}});
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(names(all), (std::vector<std::string>{format_id(key_.id), format_id(neighbour_.id)}));
  EXPECT_EQ(all.body.find(format_id(stranger_.id)), std::string::npos);
  http::Answer first = post(county, "/people/list", js::object{{"limit", 1}});
  EXPECT_EQ(names(first), (std::vector<std::string>{format_id(key_.id)}));
  http::Answer second = post(county, "/people/list", js::object{{"limit", 1}, {"cursor", json_of(first).at("next")}});
  EXPECT_EQ(names(second), (std::vector<std::string>{format_id(neighbour_.id)}));
  EXPECT_EQ(names(post(county, "/people/list", js::object{{"facts", js::object{{"ability", "severe"}}}})).size(), 0u);
  EXPECT_EQ(names(post(county, "/people/list", js::object{{"unknown_facts", js::array{"no_such_fact"}}})).size(), 2u);
}

TEST_P(PeopleListRoutesTest, StaysInTheArea) {
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(names(post(town, "/people/list", js::object{})), (std::vector<std::string>{format_id(key_.id)}));
  for (const char* path : {"/people/list", "/people/export"}) {
    EXPECT_EQ(code_of(post(town, path, js::object{{"area", kCounty}})), "identity.outside_area") << path;
    EXPECT_EQ(post(as(Role::auditor, kCounty), path, js::object{}).status, 403) << path;
  }
  EXPECT_EQ(code_of(get(town, "/coverage/trend?area=" + kCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/coverage/forecast?area=" + kCounty)), "identity.outside_area");
}

TEST_P(PeopleListRoutesTest, NamesTheFilterThatIsWrong) {
  Client county = as(Role::county_bureau, kCounty);
  for (const auto& [member, value] : std::map<std::string, js::value>{{"facts", "ability"},
                                                                      {"state", "late"},
                                                                      {"status", "gone"},
                                                                      {"unknown_facts", 1},
                                                                      {"colour", "red"},
                                                                      {"ledger", "?"},
                                                                      {"ledger_part", "refused"}}) {
    http::Answer refused = post(county, "/people/list", js::object{{member, value}});
    EXPECT_EQ(refused.status, 422) << member;
    EXPECT_NE(refused.body.find("\"" + member), std::string::npos) << refused.body;
  }
  EXPECT_EQ(code_of(post(county, "/people/list", js::object{{"month", "2025-13"}})), "month.malformed");
  EXPECT_EQ(code_of(post(county, "/people/list", js::object{{"cursor", "x"}})), "request.cursor");
}

TEST_P(PeopleListRoutesTest, ExportsWhatIsListedAndKeepsThatItDid) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer sheet = post(county, "/people/export", js::object{{"month", "2025-06"}});
  ASSERT_EQ(sheet.status, 200);
  EXPECT_NE(sheet.value("content-disposition").find("attachment"), std::string::npos);
  std::string path = surroundings_.data_folder + "/sheet.xlsx";
  std::ofstream(path, std::ios::binary) << sheet.body;
  std::vector<std::string> villages;
  auto book = excel::open_workbook(path);
  auto reader = book->read(0);
  excel::Row row;
  while (reader->next(row)) villages.push_back(row.cells.at(2).text);
  EXPECT_EQ(villages.size(), 3u);
  EXPECT_EQ(villages.front(), "村（社区）");
  http::Answer trail = get(as(Role::auditor, kCounty), "/audit?kind=list_exported");
  EXPECT_NE(trail.body.find(R"("people":2)"), std::string::npos) << trail.body;
}

TEST_P(PeopleListRoutesTest, ExportsThoseWhoWereChosen) {
  Client county = as(Role::county_bureau, kCounty);
  auto chosen = [&](const registry::PersonKey& person) {
    return js::object{{"people", js::array{format_id(person.id)}}, {"month", "2025-06"}};
  };
  http::Answer sheet = post(county, "/people/export", chosen(neighbour_));
  ASSERT_EQ(sheet.status, 200) << sheet.body;
  std::string path = surroundings_.data_folder + "/chosen.xlsx";
  std::ofstream(path, std::ios::binary) << sheet.body;
  auto book = excel::open_workbook(path);
  auto reader = book->read(0);
  excel::Row row;
  std::vector<std::string> ids;
  while (reader->next(row)) ids.push_back(row.cells.at(0).text);
  EXPECT_EQ(ids, (std::vector<std::string>{"编号", format_id(neighbour_.id)}));
  http::Answer trail = get(as(Role::auditor, kCounty), "/audit?kind=list_exported");
  EXPECT_NE(trail.body.find(R"("people":1)"), std::string::npos) << trail.body;
  EXPECT_EQ(code_of(post(county, "/people/export", chosen(stranger_))), "person.unknown");
  EXPECT_EQ(code_of(post(as(Role::town_office, kTown), "/people/export", chosen(neighbour_))), "person.unknown");
  js::object narrow = chosen(neighbour_);
  narrow["area"] = kTown;
  EXPECT_EQ(code_of(post(county, "/people/export", narrow)), "person.unknown");
  EXPECT_EQ(post(county, "/people/export", js::object{{"people", js::array{}}}).status, 422);
  EXPECT_EQ(code_of(post(county, "/people/list", chosen(key_))), "request.invalid");
}

TEST_P(PeopleListRoutesTest, SaysSinceWhenAndWhySomebodyIsSuspended) {
  Client county = as(Role::county_bureau, kCounty);
  js::object suspended{{"status", "suspended"}, {"on", "2025-06-20"}, {"last", "2025-07-31"}, {"reason", "住院治疗"}};
  ASSERT_EQ(post(county, path_of(key_) + "/status", suspended, match(county, key_)).status, 200);
  js::array rows = json_of(post(county, "/people/list", js::object{})).at("people").as_array();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("suspended_from"), "2025-06-20");
  EXPECT_EQ(rows[0].at("suspended_to"), "2025-08-01");
  EXPECT_EQ(rows[0].at("suspended_reason"), "住院治疗");
  EXPECT_TRUE(rows[1].at("suspended_from").is_null());
  EXPECT_EQ(json_of(get(county, path_of(key_) + "/status")).at("spans").at(0).at("reason"), "住院治疗");
  js::array supervised = json_of(post(as(Role::city_supervisor, "5105"), "/people/list", js::object{{"area", kCounty}}))
                             .at("people")
                             .as_array();
  EXPECT_EQ(supervised[0].at("suspended_from"), "2025-06-20");
  EXPECT_TRUE(supervised[0].at("suspended_reason").is_null()) << "for those who keep the file";
}

TEST_P(PeopleListRoutesTest, ShowsTheCourseOfThings) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer trend = get(county, "/coverage/trend?to=2025-06&months=3");
  ASSERT_EQ(trend.status, 200) << trend.body;
  ASSERT_EQ(json_of(trend).at("months").as_array().size(), 1u);
  EXPECT_EQ(json_of(trend).at("months").at(0).at("month"), "2025-06");
  http::Answer forecast = get(county, "/coverage/forecast?month=2025-06");
  ASSERT_EQ(forecast.status, 200) << forecast.body;
  js::object made = json_of(forecast);
  EXPECT_EQ(made.at("open").as_int64() - made.at("expected").as_int64(), made.at("missed").as_int64());
  EXPECT_EQ(made.at("by_village").as_array().size(), 2u);
  js::object first = json_of(get(county, "/coverage/forecast?month=2025-06&limit=1"));
  EXPECT_EQ(first.at("by_village").as_array().size(), 1u) << "a county's villages are not told whole";
  EXPECT_EQ(first.at("missed"), made.at("missed"));
  EXPECT_EQ(code_of(get(county, "/coverage/forecast?month=2025-09")), "coverage.month_not_open");
}

TEST_P(PeopleListRoutesTest, TellsTheWords) {
  http::Answer answer = get(as(Role::visitor, kVillage), "/vocabulary");
  ASSERT_EQ(answer.status, 200);
  js::object words = json_of(answer);
  EXPECT_EQ(words.at("facts").at(0).at("id"), "birth_date");
  EXPECT_EQ(words.at("facts").at(1).at("values").at(0).at("words").at("zh"), "男");
  EXPECT_NE(answer.body.find(R"({"id":"home","words":{"zh":)"), std::string::npos);
  EXPECT_NE(answer.body.find(R"({"id":"living_alone","words":)"), std::string::npos);
}

TEST_P(PeopleListRoutesTest, KeepsViewsForTheirOwnAccountOnly) {
  Client county = as(Role::county_bureau, kCounty);
  js::object view{{"screen", "people"}, {"name", "逾期重点"}, {"view", js::object{{"state", "overdue"}}}};
  http::Answer saved = post(county, "/session/views", view);
  ASSERT_EQ(saved.status, 201) << saved.body;
  view["view"] = js::object{{"state", "owed"}};
  EXPECT_EQ(json_of(post(county, "/session/views", view)).at("id"), json_of(saved).at("id"));
  http::Answer listed = get(county, "/session/views");
  ASSERT_EQ(json_of(listed).at("views").as_array().size(), 1u);
  EXPECT_EQ(json_of(listed).at("views").at(0).at("view").at("state"), "owed");
  Client town = as(Role::town_office, kTown);
  std::string path = "/session/views/" + std::string(json_of(saved).at("id").as_string());
  EXPECT_EQ(json_of(get(town, "/session/views")).at("views").as_array().size(), 0u);
  EXPECT_EQ(code_of(ask(town, "DELETE", path, {})), "view.unknown");
  EXPECT_EQ(ask(county, "DELETE", path, {}).status, 204);
  EXPECT_EQ(code_of(ask(county, "DELETE", path, {})), "view.unknown");
}

TEST_P(PeopleListRoutesTest, TakesFiftyViewsOfADecentSize) {
  Client county = as(Role::county_bureau, kCounty);
  js::object view{{"screen", "people"}, {"name", "x"}, {"view", js::object{{"a", std::string(5000, 'x')}}}};
  EXPECT_NE(post(county, "/session/views", view).body.find("\"view\""), std::string::npos);
  EXPECT_EQ(post(county, "/session/views", view).status, 422);
  view["view"] = js::object{};
  view["screen"] = "kitchen";
  EXPECT_EQ(post(county, "/session/views", view).status, 422);
  view["screen"] = "people";
  for (int i = 0; i < 50; ++i) {
    view["name"] = "筛选" + std::to_string(i);
    ASSERT_EQ(post(county, "/session/views", view).status, 201) << i;
  }
  view["name"] = "再一个";
  EXPECT_EQ(code_of(post(county, "/session/views", view)), "view.too_many");
}

}  // namespace
}  // namespace tanfang::app::server
