// Visits over HTTP: recorded once, corrected, struck out, listed, and counted.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class VisitRoutesTest : public ServerTest {
 protected:
  js::object entry(const std::string& key, const std::string& day = "2025-06-10") {
    return visit(key, format_id(key_.id), day);
  }
};
TANFANG_ON_EACH_ENGINE(VisitRoutesTest);

TEST_P(VisitRoutesTest, RecordsAVisitOnceHoweverOftenItIsSent) {
  Client visitor = as(Role::visitor, kVillage);
  http::Answer first = post(visitor, "/visits", entry("k-1"));
  ASSERT_EQ(first.status, 201) << first.body;
  http::Answer second = post(visitor, "/visits", entry("k-1"));
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(json_of(second).at("id"), json_of(first).at("id"));
  EXPECT_EQ(json_of(second).at("status"), "repeated");
  EXPECT_EQ(code_of(post(visitor, "/visits", entry("k-1", "2025-06-11"))), "visit.key_reused");
  js::object shown = json_of(get(visitor, "/visits/" + std::string(json_of(first).at("id").as_string())));
  EXPECT_EQ(shown.at("visitor"), js::value("visitor." + kVillage)) << "a visitor speaks for nobody else";
  EXPECT_EQ(shown.at("recorded_by"), js::value("account:visitor." + kVillage));
  EXPECT_FALSE(shown.contains("answers"));
}

TEST_P(VisitRoutesTest, CountsWhatIsOwedAndMet) {
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(json_of(get(town, "/coverage?month=2025-06")).at("scheme_fulfilment").at("met"), 0);
  EXPECT_EQ(json_of(get(town, "/coverage/people?month=2025-06&state=overdue")).at("people").as_array().size(), 1u);
  for (const char* day : {"2025-06-03", "2025-06-17"}) {
    ASSERT_EQ(post(town, "/visits", entry(day, day)).status, 201);
  }
  js::object coverage = json_of(get(town, "/coverage?month=2025-06"));
  EXPECT_EQ(coverage.at("scheme_fulfilment").at("met"), 1);
  EXPECT_EQ(coverage.at("monthly_visit_rate").at("visited"), 1);
  EXPECT_EQ(json_of(get(town, "/coverage/people?month=2025-06&state=overdue")).at("people").as_array().size(), 0u);
  EXPECT_EQ(json_of(get(town, "/coverage/people?month=2025-06&state=met")).at("people").as_array().size(), 1u);
  EXPECT_EQ(code_of(get(town, "/coverage?area=" + kCounty + "&month=2025-06")), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/coverage?month=2024-01")), "coverage.month_not_open");
  js::object county = json_of(get(as(Role::county_bureau, kCounty), "/coverage/people?month=2025-06&limit=1"));
  ASSERT_TRUE(county.at("next").is_string());
  js::object next = json_of(get(as(Role::county_bureau, kCounty), "/coverage/people?month=2025-06&limit=1&cursor=" +
                                                                      std::string(county.at("next").as_string())));
  EXPECT_NE(next.at("people").at(0).at("id"), county.at("people").at(0).at("id"));
}

TEST_P(VisitRoutesTest, NamesWhoWasVisitedAndByWhom) {
  Client town = as(Role::town_office, kTown);
  Client visitor = as(Role::visitor, kVillage);
  std::string id(json_of(post(visitor, "/visits", entry("k-1"))).at("id").as_string());
  js::object other = entry("k-2", "2025-06-12");
  other["visitor"] = "paper-only";
  std::string paper(json_of(post(town, "/visits", other)).at("id").as_string());
  std::string list = "/visits?from=2025-06-01&to=2025-06-30";
  EXPECT_FALSE(json_of(get(town, list)).at("visits").at(0).as_object().contains("person_name"));
  js::object named = json_of(get(town, list + "&names=true"));
  js::object first = named.at("visits").at(1).as_object();
  EXPECT_EQ(first.at("person_name"), "张*");
  EXPECT_NE(first.at("village_name"), "");
  EXPECT_EQ(first.at("visitor_name"), "测试员");
  EXPECT_EQ(named.at("visits").at(0).at("visitor_name"), nullptr);
  EXPECT_EQ(json_of(get(town, "/visits/" + id)).at("person_name"), "张*");
  EXPECT_EQ(get(town, "/attempts?names=true").status, 200);
  js::object better = entry("k-3", "2025-06-11");
  better["reason"] = "日期写错";
  ASSERT_EQ(post(town, "/visits/" + id + "/corrections", better).status, 201);
  js::object corrected = json_of(get(town, "/work-lists/corrections"));
  ASSERT_EQ(corrected.at("visits").as_array().size(), 1u);
  EXPECT_EQ(corrected.at("visits").at(0).at("person_name"), "张*");
  EXPECT_EQ(get(town, list + "&names=yes").status, 422);
}

TEST_P(VisitRoutesTest, CorrectsAndStrikesWithAReason) {
  Client town = as(Role::town_office, kTown);
  std::string id(json_of(post(town, "/visits", entry("k-1"))).at("id").as_string());
  js::object better = entry("k-2", "2025-06-11");
  EXPECT_EQ(code_of(post(town, "/visits/" + id + "/corrections", better)), "visit.reason_missing");
  better["reason"] = "日期写错";
  http::Answer corrected = post(town, "/visits/" + id + "/corrections", better);
  ASSERT_EQ(corrected.status, 201) << corrected.body;
  std::string fresh(json_of(corrected).at("id").as_string());
  EXPECT_EQ(json_of(get(town, "/visits/" + id)).at("corrected_by"), js::value(fresh));
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(code_of(post(county, "/visits/" + id + "/strike", js::object{{"reason", "核查不实"}})),
            "visit.already_corrected");
  http::Answer struck = post(county, "/visits/" + fresh + "/strike", js::object{{"reason", "核查不实"}});
  ASSERT_EQ(struck.status, 200) << struck.body;
  EXPECT_EQ(json_of(struck).at("struck_reason"), "核查不实");
}

TEST_P(VisitRoutesTest, RefusesWhatIsNoRecord) {
  Client town = as(Role::town_office, kTown);
  std::string id(json_of(post(town, "/visits", entry("k-1"))).at("id").as_string());
  for (const std::string& path : {std::string("/visits"), "/visits/" + id + "/corrections"}) {
    for (const auto& [body, code] :
         std::map<std::string, std::string>{{"{\"key\":", "json.malformed"},
                                            {R"({"key":"a","key":"b"})", "json.duplicate_key"},
                                            {R"({"key":"a\u0000b"})", "json.nul"}}) {
      http::TestClient wire(serving_->port());
      EXPECT_EQ(
          code_of(wire.ask("POST " + std::string(kRoot) + path + " HTTP/1.1\r\nHost: h\r\nCookie: " + town.cookie +
                           "\r\nX-CSRF-Token: " + town.csrf + "\r\nContent-Type: application/json\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body)),
          code)
          << path << body;
    }
  }
  EXPECT_EQ(code_of(post(town, "/visits", js::array{})), "visit.malformed");
  Client city = as(Role::city_supervisor, "5105");
  EXPECT_EQ(get(city, "/visits/" + id).status, 200);
  EXPECT_EQ(code_of(get(as(Role::city_supervisor, "5106"), "/visits/" + id)), "visit.unknown");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/visits/" + id)), "visit.unknown");
}

TEST_P(VisitRoutesTest, ShowsAnswersOnlyForAReason) {
  Client town = as(Role::town_office, kTown);
  std::string id(json_of(post(town, "/visits", entry("k-1"))).at("id").as_string());
  http::Answer revealed = post(town, "/visits/" + id + "/reveal", js::object{{"reason", "核对记录"}});
  ASSERT_EQ(revealed.status, 200) << revealed.body;
  EXPECT_EQ(json_of(revealed).at("answers").at("gas"), "safe");
}

TEST_P(VisitRoutesTest, ListsWhatIsAskedFor) {
  Client county = as(Role::county_bureau, kCounty);
  for (int i = 1; i <= 5; ++i) {
    ASSERT_EQ(post(county, "/visits", entry("k-" + std::to_string(i), "2025-06-0" + std::to_string(i))).status, 201);
  }
  js::object other = visit("o-1", format_id(neighbour_.id), "2025-06-04");
  other["outcome"] = "not_home";
  other["answers"] = js::object();
  other["form"] = "";
  http::Answer attempt = post(county, "/visits", other);
  ASSERT_EQ(attempt.status, 201) << attempt.body;
  auto count = [&](const std::string& query) {
    return json_of(get(county, "/visits?" + query)).at("visits").as_array().size();
  };
  EXPECT_EQ(count(""), 6u);
  EXPECT_EQ(count("area=" + kTown), 5u);
  EXPECT_EQ(count("area=" + kOtherVillage), 1u);
  EXPECT_EQ(count("from=2025-06-02&to=2025-06-03"), 2u);
  EXPECT_EQ(count("outcome=not_home"), 1u);
  EXPECT_EQ(count("method=phone"), 0u);
  for (const char* wrong : {"method=hom", "from=2024-03-02&to=2024-03-01"}) {
    EXPECT_EQ(code_of(get(county, std::string("/visits?") + wrong)), "request.invalid") << wrong;
  }
  EXPECT_EQ(count("visitor=v1"), 6u);
  EXPECT_EQ(count("person=" + format_id(neighbour_.id)), 1u);
  EXPECT_EQ(count("area=" + kVillage + "&person=" + format_id(neighbour_.id)), 0u);
  std::vector<std::string> days;
  for (std::string cursor;;) {
    js::object page = json_of(get(county, "/visits?limit=4" + cursor));
    for (const js::value& found : page.at("visits").as_array()) {
      days.emplace_back(found.at("started_at").as_string().subview(0, 10));
    }
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + std::string(page.at("next").as_string());
  }
  EXPECT_EQ(days.size(), 6u);
  EXPECT_TRUE(std::is_sorted(days.rbegin(), days.rend()));
  EXPECT_EQ(code_of(get(county, "/visits?area=51")), "request.invalid");
  EXPECT_EQ(code_of(get(county, "/visits?area=" + kOtherCounty)), "identity.outside_area");
}

}  // namespace
}  // namespace tanfang::app::server
