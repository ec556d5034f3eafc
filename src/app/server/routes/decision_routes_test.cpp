// Plan, transfers, differences, schemes and audit over HTTP.
#include <algorithm>

#include "app/server/test_ledger.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kRealVillage = "510521100015";  // 大田社区

class DecisionRoutesTest : public LedgerSender {};
TANFANG_ON_EACH_ENGINE(DecisionRoutesTest);

TEST_P(DecisionRoutesTest, ARoundMayBeForPeopleChosen) {
  Client town = as(Role::town_office, kTown);
  registry::PersonKey another = register_person(kCounty, kVillage, 9);
  js::object round{{"kind", "heat"},
                   {"area", kTown},
                   {"first_day", "2025-06-20"},
                   {"last_day", "2025-06-30"},
                   {"people", js::array{format_id(key_.id)}}};
  ASSERT_EQ(post(town, "/plan/rounds", round).status, 201);
  auto rounds_of = [&](const registry::PersonKey& person) {
    js::array owed = json_of(get(town, path_of(person) + "/obligations")).at("obligations").as_array();
    return std::count_if(owed.begin(), owed.end(), [](const js::value& one) { return one.at("kind") == "round"; });
  };
  EXPECT_EQ(rounds_of(key_), 1);
  EXPECT_EQ(rounds_of(another), 0);
  EXPECT_EQ(json_of(get(town, "/plan/rounds")).at("rounds").at(0).at("chosen"), 1);
  Client other_town = as(Role::town_office, "510521101");
  EXPECT_TRUE(json_of(get(other_town, "/plan/rounds")).at("rounds").at(0).at("chosen").is_null());
  round["people"] = js::array{format_id(neighbour_.id)};
  EXPECT_EQ(code_of(post(town, "/plan/rounds", round)), "person.unknown");
  round["people"] = js::array{"x"};
  EXPECT_EQ(code_of(post(town, "/plan/rounds", round)), "request.invalid");
}

TEST_P(DecisionRoutesTest, HasACalendarOfTheMonth) {
  Client county = as(Role::county_bureau, kCounty);
  Client town = as(Role::town_office, kTown);
  std::string wang(
      json_of(
          post(town, "/visitors",
               js::object{
                   {"name", "王敏"}, {"kind", "grid_worker"}, {"villages", js::array{kVillage}}, {"capacity", 100}}))
          .at("id")
          .as_string());
  js::object given{{"assignments", js::array{js::object{{"person", format_id(key_.id)}, {"visitor", wang}}}}};
  ASSERT_EQ(post(town, "/plan/assignments", given).status, 204);
  ASSERT_EQ(post(town, "/visits", visit("k-1", format_id(key_.id), "2025-06-10")).status, 201);
  js::object whole = json_of(get(county, "/plan/calendar?month=2025-06"));
  std::int64_t due = 0;
  std::int64_t met = 0;
  std::int64_t due_met = 0;
  for (const js::value& day : whole.at("days").as_array()) {
    due += day.at("due").as_int64();
    met += day.at("met").as_int64();
    due_met += day.at("due_met").as_int64();
    EXPECT_EQ(day.at("met").as_int64(), day.at("day") == "2025-06-10" ? 1 : 0);
    EXPECT_EQ(day.at("overdue").as_int64(), day.at("day") == "2025-06-15" ? 1 : 0) << "the neighbour's first half";
  }
  EXPECT_EQ(due, 4) << "two people, twice a month";
  EXPECT_EQ(met, 1);
  EXPECT_EQ(due_met, 1);
  EXPECT_TRUE(whole.at("parts").as_array().empty());
  js::array towns = json_of(get(county, "/plan/calendar?month=2025-06&by=area")).at("parts").as_array();
  ASSERT_EQ(towns.size(), 2u);
  EXPECT_EQ(towns[0].at("part"), js::value(kTown));
  EXPECT_FALSE(towns[0].at("name").as_string().empty());
  js::object village = json_of(get(town, "/plan/calendar?month=2025-06&by=area"));
  EXPECT_EQ(village.at("parts").at(0).at("part"), js::value(kVillage));
  EXPECT_EQ(village.at("parts").at(0).at("days"), village.at("days"));
  register_person(kCounty, kVillage, 9);
  write([&](audit::Work& work) { planning::open_month(work, serving_->service().policies(), kCounty, {2025, 6}); });
  js::array visitors = json_of(get(town, "/plan/calendar?month=2025-06&by=visitor")).at("parts").as_array();
  ASSERT_EQ(visitors.size(), 2u);
  EXPECT_EQ(visitors[0].at("part"), "");
  EXPECT_EQ(visitors[1].at("part"), js::value(wang));
  EXPECT_EQ(visitors[1].at("name"), "王敏");
  EXPECT_EQ(code_of(get(county, "/plan/calendar?month=2025-06&by=visitor")), "request.invalid");
  EXPECT_EQ(code_of(get(town, "/plan/calendar?area=" + kCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/plan/calendar?month=2025-09")), "coverage.month_not_open");
  EXPECT_EQ(get(town, "/plan/calendar?by=weather").status, 422);
  EXPECT_EQ(code_of(get(as(Role::city_supervisor, "5105"), "/plan/calendar?month=2025-06")), "forecast.area");
}

TEST_P(DecisionRoutesTest, OpensMonthsAndRounds) {
  Client county = as(Role::county_bureau, kCounty);
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(post(county, "/plan/months", js::object{{"month", "2025-07"}}).status, 201);
  EXPECT_EQ(post(county, "/plan/months", js::object{{"month", "2025-07"}}).status, 200);
  EXPECT_EQ(code_of(post(county, "/plan/months", js::object{{"month", "2025-13"}})), "month.malformed");
  EXPECT_EQ(json_of(get(town, "/plan/months")).at("months").as_array().size(), 2u);
  EXPECT_EQ(code_of(get(town, "/plan/months?county=" + kOtherCounty)), "identity.outside_area");
  js::object round{
      {"kind", "heat"}, {"name", "高温"}, {"area", kTown}, {"first_day", "2025-06-20"}, {"last_day", "2025-06-30"}};
  http::Answer added = post(town, "/plan/rounds", round);
  ASSERT_EQ(added.status, 201) << added.body;
  std::string id(json_of(added).at("id").as_string());
  EXPECT_EQ(post(town, "/plan/rounds", round).status, 200);
  round["area"] = kCounty;
  EXPECT_EQ(code_of(post(town, "/plan/rounds", round)), "identity.outside_area");
  EXPECT_EQ(json_of(get(county, "/plan/rounds")).at("rounds").as_array().size(), 1u);
  js::array owed = json_of(get(town, "/plan/obligations?month=2025-06")).at("obligations").as_array();
  EXPECT_TRUE(std::any_of(owed.begin(), owed.end(), [](const js::value& one) { return one.at("kind") == "round"; }));
  Client other = as(Role::town_office, "510521101");
  EXPECT_EQ(code_of(post(other, "/plan/rounds/" + id + "/end", js::object{{"last_day", "2025-06-25"}})),
            "round.unknown");
  EXPECT_EQ(post(town, "/plan/rounds/" + id + "/end", js::object{{"last_day", "2025-06-25"}}).status, 204);
  js::object epidemic{
      {"area", kCounty}, {"first_day", "2025-06-20"}, {"last_day", "2025-06-30"}, {"reason", "疫情防控"}};
  std::string declared(json_of(post(county, "/plan/declarations", epidemic)).at("id").as_string());
  EXPECT_EQ(json_of(get(town, "/plan/declarations")).at("declarations").as_array().size(), 1u);
  EXPECT_EQ(post(county, "/plan/declarations/" + declared + "/end", js::object{{"last_day", "2025-06-21"}}).status,
            204);
  EXPECT_FALSE(json_of(get(town, "/plan/festivals?year=2025")).at("festivals").as_array().empty());
}

TEST_P(DecisionRoutesTest, MovesAFileToWhereThePersonLivesNow) {
  Client here = as(Role::town_office, kTown);
  Client there = as(Role::town_office, kOtherCounty + "001");
  http::Answer proposed =
      post(here, "/transfers", js::object{{"citizen_number", number_of(kOtherCounty, 3)}, {"to_area", kVillage}});
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  EXPECT_EQ(proposed.body.find(kOtherCounty), std::string::npos);
  std::string path = "/transfers/" + std::string(json_of(proposed).at("id").as_string());
  js::array arriving = json_of(get(here, "/transfers")).at("transfers").as_array();
  ASSERT_EQ(arriving.size(), 1u);
  EXPECT_TRUE(arriving[0].at("person").is_null());
  EXPECT_EQ(json_of(get(there, "/transfers")).at("transfers").as_array().size(), 1u);
  EXPECT_EQ(json_of(get(as(Role::town_office, "510521101"), "/transfers")).at("transfers").as_array().size(), 0u);
  EXPECT_EQ(code_of(post(there, path + "/acceptance", nullptr)), "transfer.unknown");
  EXPECT_EQ(json_of(get(there, "/transfers")).at("transfers").at(0).at("person"), js::value(format_id(stranger_.id)));
  EXPECT_EQ(code_of(post(here, path + "/acceptance", nullptr)), "transfer.own");
  http::Answer accepted = post(as(Role::county_bureau, kCounty), path + "/acceptance", nullptr);
  ASSERT_EQ(accepted.status, 200) << accepted.body;
  EXPECT_EQ(get(here, "/people/" + std::string(json_of(accepted).at("person").as_string())).status, 200);
  http::Answer again = post(
      there, "/transfers", js::object{{"citizen_number", number_of(kCounty, 1)}, {"to_area", kOtherCounty + "001001"}});
  std::string second = "/transfers/" + std::string(json_of(again).at("id").as_string());
  EXPECT_EQ(post(here, second + "/rejection", js::object{{"reason", "仍在本村居住"}}).status, 204);
}

/// Neither how many there are elsewhere nor when they came.
TEST_P(DecisionRoutesTest, APageOfTransfersPassesOverThoseOfOthers) {
  Client town = as(Role::town_office, kTown);
  Client other = as(Role::town_office, "510521101");
  auto propose = [&](const Client& client, int serial, const std::string& to) {
    register_person(kOtherCounty, kOtherCounty + "001001", serial);
    http::Answer made =
        post(client, "/transfers", js::object{{"citizen_number", number_of(kOtherCounty, serial)}, {"to_area", to}});
    EXPECT_EQ(made.status, 201) << made.body;
  };
  for (int serial = 11; serial < 15; ++serial) propose(other, serial, kOtherVillage);
  js::object none = json_of(get(town, "/transfers?limit=2"));
  EXPECT_EQ(none.at("transfers").as_array().size(), 0u);
  EXPECT_TRUE(none.at("next").is_null());
  for (int serial = 15; serial < 18; ++serial) {
    propose(town, serial, kVillage);
    propose(other, serial + 10, kOtherVillage);
  }
  js::object first = json_of(get(town, "/transfers?limit=2"));
  ASSERT_EQ(first.at("transfers").as_array().size(), 2u);
  EXPECT_EQ(first.at("next"), first.at("transfers").at(1).at("id"));
  std::string cursor(first.at("next").as_string());
  js::object second = json_of(get(town, "/transfers?limit=2&cursor=" + cursor));
  EXPECT_EQ(second.at("transfers").as_array().size(), 1u);
  EXPECT_TRUE(second.at("next").is_null());
}

TEST_P(DecisionRoutesTest, NumbersCannotBeTriedWithoutEndOrTrace) {
  Client town = as(Role::town_office, kTown);
  js::object unknown{{"citizen_number", number_of(kOtherCounty, 77)}, {"to_area", kVillage}};
  for (int i = 0; i < serving_->service().settings().identity.reveals_a_day; ++i) {
    ASSERT_EQ(code_of(post(town, "/transfers", unknown)), "person.unknown");
  }
  EXPECT_EQ(code_of(post(town, "/transfers", unknown)), "identity.reveal_limit");
  http::Answer kept;
  for (bool again : {false, true}) {
    kept = post(as(Role::town_office, "510521101"), "/transfers",
                js::object{{"citizen_number", number_of(kOtherCounty, 77)}, {"to_area", kOtherVillage}},
                "Idempotency-Key: in-vain\r\n");
    EXPECT_EQ(kept.value("idempotency-replayed"), again ? "true" : "(none)");
    EXPECT_EQ(kept.status, 404);
    EXPECT_EQ(kept.value("content-type"), "application/problem+json");
  }
  unknown["citizen_number"] = number_of(kOtherCounty, 3);
  EXPECT_EQ(code_of(post(town, "/transfers", unknown)), "identity.reveal_limit") << "nor is a known one told";
  Client auditor = as(Role::auditor, kCounty);
  js::object tries = json_of(get(auditor, "/audit?county=" + kCounty + "&kind=transfer_sought&limit=200"));
  EXPECT_EQ(tries.at("entries").as_array().size(), 51u) << "one of them was delivered twice";
}

TEST_P(DecisionRoutesTest, DecidesWhatADepartmentSaysOtherwise) {
  Client county = as(Role::county_bureau, kCounty);
  std::string list = "姓名,身份证号码,残疾等级\n张三," + number_of(kCounty, 1) + ",一级\n";
  http::Answer sent = upload(as(Role::department_liaison, kCounty), list, "kind=disabled&area=" + kCounty);
  ASSERT_EQ(sent.status, 202) << sent.body;
  await(as(Role::department_liaison, kCounty), std::string(json_of(sent).at("id").as_string()));
  js::array differences = json_of(get(county, "/differences?kind=fact")).at("differences").as_array();
  ASSERT_FALSE(differences.empty());
  EXPECT_EQ(differences[0].at("name"), "张*");
  EXPECT_NE(differences[0].at("village_name"), "");
  std::string path = "/differences/" + std::string(differences[0].at("id").as_string()) + "/decision";
  EXPECT_EQ(code_of(post(as(Role::town_office, "510521101"), path, js::object{{"decision", "accept"}})),
            "difference.unknown");
  http::Answer decided = post(county, path, js::object{{"decision", "accept"}});
  ASSERT_EQ(decided.status, 200) << decided.body;
  EXPECT_EQ(json_of(get(county, path_of(key_))).at("facts").at(differences[0].at("topic").as_string()).at("source"),
            "department");
  EXPECT_EQ(code_of(post(county, path, js::object{{"decision", "accept"}})), "difference.decided");
  EXPECT_EQ(code_of(post(county, path, js::object{{"decision", "perhaps"}})), "request.invalid");
}

TEST_P(DecisionRoutesTest, ReadsSchemesAndAsksThemForAVerdict) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::array schemes = json_of(get(clerk, "/schemes")).at("schemes").as_array();
  EXPECT_GE(schemes.size(), 5u);
  auto national = std::find_if(schemes.begin(), schemes.end(),
                               [](const js::value& scheme) { return scheme.at("id").as_string() == "national-2022"; });
  ASSERT_NE(national, schemes.end());
  EXPECT_EQ(national->at("short").at("zh"), "国家指导意见");
  EXPECT_EQ(json_of(get(clerk, "/schemes/luzhou-2023")).at("id"), "luzhou-2023");
  EXPECT_EQ(get(clerk, "/schemes/no-such").status, 404);
  js::object question{{"id", "a"}, {"on", "2025-06-01"}, {"facts", js::object{{"birth_date", "1940-03-02"}}}};
  http::Answer answer = post(clerk, "/schemes/luzhou-2023/verdicts", question);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json_of(answer).at("scheme"), "luzhou-2023");
  question["facts"] = js::object{{"birth_date", "never"}};
  http::Answer refused = post(clerk, "/schemes/luzhou-2023/verdicts", question);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.value("content-type"), "application/problem+json");
  EXPECT_EQ(code_of(refused), "verdict.refused");
  EXPECT_FALSE(json_of(refused).at("fields").as_array().empty());
}

TEST_P(DecisionRoutesTest, ShowsTheTrailOfOnesOwnCounty) {
  post(as(Role::town_office, kTown), path_of(key_) + "/reveal", js::object{{"reason", "核对身份"}});
  Client auditor = as(Role::auditor, kCounty);
  js::array entries = json_of(get(auditor, "/audit?kind=field_revealed")).at("entries").as_array();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].at("actor"), js::value("account:town_office." + kTown));
  EXPECT_EQ(code_of(get(auditor, "/audit?county=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(post(auditor, "/audit/verification", nullptr)), "audit.whole_trail");
  Client national = as(Role::auditor, "");
  {
    std::lock_guard lock(serving_->service().verification());
    EXPECT_EQ(code_of(post(national, "/audit/verification", nullptr)), "audit.busy");
  }
  js::object found = json_of(post(national, "/audit/verification", nullptr));
  EXPECT_TRUE(found.at("ok").as_bool());
  EXPECT_GT(found.at("entries").as_int64(), 0);
}

TEST_P(DecisionRoutesTest, ShowsJobsAndRunsOneThatIsAskedFor) {
  Client administrator = as(Role::system_administrator, "");
  serving_->service().jobs().tick();
  js::array jobs = json_of(get(administrator, "/jobs")).at("jobs").as_array();
  EXPECT_TRUE(std::any_of(jobs.begin(), jobs.end(), [](const js::value& job) { return job.at("kind") == "seal"; }));
  EXPECT_TRUE(
      std::any_of(jobs.begin(), jobs.end(), [](const js::value& job) { return job.at("kind") == "purge_answers"; }));
  EXPECT_EQ(code_of(post(administrator, "/jobs/no-such/runs", js::object())), "job.unknown");
  js::array shown = json_of(get(as(Role::county_bureau, kCounty), "/jobs")).at("jobs").as_array();
  for (const js::value& job : shown) {
    EXPECT_TRUE(job.at("subject") == "" || job.at("subject") == kCounty.c_str()) << job;
    if (job.at("subject") != "") continue;
    EXPECT_EQ(job.at("note"), "");
  }
  Client of_county = as(Role::system_administrator, kCounty);
  EXPECT_EQ(code_of(post(of_county, "/jobs/refresh_list/runs", js::object{{"county", kOtherCounty}})),
            "identity.outside_area");
  EXPECT_EQ(json_of(post(of_county, "/jobs/refresh_list/runs", js::object())).at("asked"), 1);
  EXPECT_EQ(json_of(post(administrator, "/jobs/refresh_list/runs", js::object())).at("asked"), 2);
  http::Answer asked = post(administrator, "/jobs/refresh_list/runs", js::object{{"county", kCounty}});
  ASSERT_EQ(asked.status, 202) << asked.body;
  clock_.set(*parse_instant("2026-03-01T09:00"));
  serving_->service().jobs().run_now("refresh_list", kCounty);
  Client town = as(Role::town_office, kTown);
  js::array stale = json_of(get(town, "/work-lists/refresh")).at("people").as_array();
  ASSERT_EQ(stale.size(), 1u);
  EXPECT_EQ(stale[0].at("name"), "张*");
  EXPECT_EQ(json_of(get(town, "/work-lists/refresh/counts")).at("towns").at(0).at("people"), 1);
  EXPECT_EQ(code_of(get(town, "/work-lists/refresh?area=" + kOtherVillage)), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/work-lists/refresh?cursor=x")), "request.cursor");
}

TEST_P(DecisionRoutesTest, GoesDownTheTreeOfAreas) {
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_FALSE(json_of(get(clerk, "/areas")).at("below").as_array().empty());
  js::object county = json_of(get(clerk, "/areas/" + kCounty));
  EXPECT_EQ(county.at("name"), "泸县");
  EXPECT_EQ(county.at("above").as_array().size(), 2u);
  EXPECT_FALSE(county.at("below").as_array().empty());
  EXPECT_EQ(code_of(get(clerk, "/areas/99")), "area.unknown");
}

}  // namespace
}  // namespace tanfang::app::server
