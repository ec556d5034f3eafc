// Requests to verify people's files over HTTP.
#include <algorithm>

#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kList = "/work-lists/verification";

class VerificationRoutesTest : public ServerTest {
 protected:
  static js::object asking(std::initializer_list<registry::PersonKey> people) {
    js::array ids;
    for (const auto& person : people) ids.emplace_back(format_id(person.id));
    return {{"people", std::move(ids)}, {"reason", "电话打不通，疑已搬走"}};
  }
  js::array listed(const Client& client, const std::string& more = "") {
    return json_of(get(client, kList + more)).at("people").as_array();
  }
  std::int64_t counted(const Client& client) {
    js::object all = json_of(get(client, "/work-lists"));
    for (const js::value& line : all.at("lists").as_array()) {
      if (line.at("list") == "verification") return line.at("count").as_int64();
    }
    return -1;
  }
};
TANFANG_ON_EACH_ENGINE(VerificationRoutesTest);

TEST_P(VerificationRoutesTest, StandInTheListUntilTheyAreAnswered) {
  Client county = as(Role::county_bureau, kCounty);
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(listed(county).size(), 0u);
  EXPECT_EQ(post(county, kList, asking({key_, neighbour_})).body, R"({"asked":2,"repeated":0})");
  EXPECT_EQ(post(county, kList, asking({key_})).body, R"({"asked":0,"repeated":1})");
  js::array rows = listed(clerk);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("id"), js::value(format_id(key_.id)));
  EXPECT_EQ(rows[0].at("name"), "张*");
  EXPECT_EQ(rows[0].at("state"), "overdue");
  EXPECT_EQ(rows[0].at("request").at("reason"), "电话打不通，疑已搬走");
  EXPECT_NE(rows[0].at("request").at("asked_by").as_string().find("county_bureau"), js::string::npos);
  EXPECT_EQ(counted(county), 2);
  EXPECT_EQ(counted(clerk), 1);
  js::object first = json_of(get(county, kList + "?limit=1"));
  ASSERT_EQ(first.at("people").as_array().size(), 1u);
  js::array second = listed(county, "?limit=1&cursor=" + std::string(first.at("next").as_string()));
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].at("id"), js::value(format_id(neighbour_.id)));
  ASSERT_EQ(
      post(clerk, path_of(key_) + "/facts", js::object{{"facts", js::object{{"has_spouse", true}}}}, match(clerk, key_))
          .status,
      200);
  EXPECT_EQ(listed(clerk).size(), 0u);
  EXPECT_EQ(ask(county, "DELETE", kList + "/" + format_id(neighbour_.id)).status, 204);
  EXPECT_EQ(counted(county), 0);
}

TEST_P(VerificationRoutesTest, SayWhichFactsWouldSettleIt) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object hardly_known{{"citizen_number", number_of(kCounty, 77)},
                          {"name", "李四"},
                          {"area", kVillage},
                          {"facts", js::object{{"willing", true}}},
                          {"said_on", "2025-01-02"},
                          {"registered_on", "2025-01-02"}};
  http::Answer registered = post(clerk, "/people", hardly_known);
  ASSERT_EQ(registered.status, 201) << registered.body;
  EXPECT_EQ(post(clerk, kList, asking({key_})).status, 200);
  js::array rows = listed(clerk);
  ASSERT_EQ(rows.size(), 2u);
  for (const js::value& row : rows) {
    js::array missing = row.at("missing").as_array();
    bool alone = std::find(missing.begin(), missing.end(), js::value("living_with")) != missing.end();
    EXPECT_EQ(alone, row.at("request").is_null()) << js::serialize(row);
    EXPECT_EQ(missing.empty(), row.at("state") != "unknown") << js::serialize(row);
  }
}

TEST_P(VerificationRoutesTest, AreThoseWhoWereRegisteredTodayUntilWhatIsMissingIsSaid) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object hardly_known{{"citizen_number", number_of(kCounty, 77)},
                          {"name", "李四"},
                          {"area", kVillage},
                          {"facts", js::object{{"willing", true}}}};
  http::Answer registered = post(clerk, "/people", hardly_known);
  ASSERT_EQ(registered.status, 201) << registered.body;
  js::array rows = listed(clerk);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("name"), "李*");
  EXPECT_FALSE(rows[0].at("missing").as_array().empty());
  EXPECT_EQ(counted(clerk), 1);
  registry::PersonKey key{kCounty, parse_id(std::string(rows[0].at("id").as_string())).value()};
  js::object facts = json_of(get(clerk, path_of(key_))).at("facts").as_object();
  js::object said;
  for (const js::value& fact : rows[0].at("missing").as_array()) {
    if (const js::value* known = facts.if_contains(fact.as_string())) said[fact.as_string()] = known->at("value");
  }
  http::Answer settled = post(clerk, path_of(key) + "/facts", js::object{{"facts", said}}, match(clerk, key));
  ASSERT_EQ(settled.status, 200) << settled.body;
  EXPECT_EQ(listed(clerk).size(), 0u) << js::serialize(said);
  EXPECT_EQ(counted(clerk), 0);
}

TEST_P(VerificationRoutesTest, AreForPeopleOfOnesAreaAndNeedAReason) {
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(post(clerk, kList, asking({key_, neighbour_}))), "person.unknown");
  EXPECT_EQ(listed(as(Role::county_bureau, kCounty)).size(), 0u) << "of none of them";
  EXPECT_EQ(code_of(ask(clerk, "DELETE", kList + "/" + format_id(neighbour_.id))), "person.unknown");
  js::object vague = asking({key_});
  vague["reason"] = "查";
  EXPECT_EQ(code_of(post(clerk, kList, vague)), "verification.reason");
  EXPECT_EQ(code_of(post(clerk, kList, js::object{{"reason", "电话打不通"}})), "request.invalid");
  for (js::value wrong : {js::value(js::array{}), js::value(js::array{1}), js::value("x")}) {
    http::Answer refused = post(clerk, kList, js::object{{"people", wrong}, {"reason", "电话打不通"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("\"people\""), std::string::npos) << refused.body;
  }
  js::array many(2001, js::value(format_id(key_.id)));
  EXPECT_EQ(code_of(post(clerk, kList, js::object{{"people", many}, {"reason", "电话打不通"}})), "request.invalid");
  EXPECT_EQ(post(as(Role::auditor, kCounty), kList, asking({key_})).status, 403);
}

}  // namespace
}  // namespace tanfang::app::server
