// What a draft would change: asked for, worked out by the job, read person by person with reasons, dropped.
#include <gmock/gmock.h>

#include "app/jobs/runner.h"
#include "app/server/test_server.h"
#include "platform/files/files.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class SimulationRoutesTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    jobs().tick();
    county_ = as(Role::county_bureau, kCounty);
  }

  jobs::JobRunner& jobs() { return serving_->service().jobs(); }

  static std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
    std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return at == std::string::npos ? text : text.replace(at, old.size(), fresh);
  }
  static std::string shipped() { return files::read_whole(TANFANG_SOURCE_DIR "/schemes/luzhou-2023/scheme.toml"); }
  /// From July on, who is of great age and lives alone is no longer of the key tier.
  static std::string milder() {
    return replaced(replaced(shipped(), "in_force = 2023-12-14", "in_force = 2025-07-01"),
                    "or (advanced_age and living_alone)\n", "");
  }
  std::string draft_with(const std::string& text) {
    http::Answer begun = post(county_, "/scheme-drafts",
                              js::object{{"based_on", "luzhou-2023"}, {"files", js::object{{"scheme.toml", text}}}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    return "/scheme-drafts/" + std::string(json_of(begun).at("id").as_string());
  }
  http::Answer simulate(const std::string& draft, const js::object& body = {}) {
    return post(county_, draft + "/simulation", body);
  }

  Client county_;
};
TANFANG_ON_EACH_ENGINE(SimulationRoutesTest);

TEST_P(SimulationRoutesTest, TellsWhoChangesAndWhatWouldBeOwed) {
  std::string draft = draft_with(milder());
  http::Answer asked = simulate(draft);
  ASSERT_EQ(asked.status, 202) << asked.body;
  EXPECT_EQ(json_of(asked).at("state").as_string(), "waiting");
  EXPECT_EQ(json_of(asked).at("on").as_string(), "2025-07-01");
  jobs().run_now("simulate", "");
  js::object done = json_of(get(county_, draft + "/simulation"));
  ASSERT_EQ(done.at("state").as_string(), "done") << js::serialize(done);
  EXPECT_FALSE(done.at("stale").as_bool());
  const js::object& result = done.at("result").as_object();
  EXPECT_EQ(result.at("people").as_int64(), 2);
  EXPECT_EQ(result.at("kinds"), (js::object{{"lowered", 2}}));
  EXPECT_EQ(result.at("tiers"),
            js::parse(R"([{"before":0,"after":2,"tier":"general"},{"before":2,"after":0,"tier":"key"}])"));
  // Of each person in twelve months: 24 half-months or 12 months, and six festivals.
  EXPECT_EQ(result.at("visits"), js::parse(R"({"before":60,"after":36,"first_day":"2025-07-01","last_day":"2026-06-30",
                          "villages":2,"changed":2,"most":30})"))
      << "however many villages there are";
  EXPECT_TRUE(result.at("visitors").is_null());
}

TEST_P(SimulationRoutesTest, ListsVillagesThoseThatChangeMostFirst) {
  registry::PersonKey second = register_person(kCounty, kOtherVillage, 9);
  ASSERT_NE(second.id, neighbour_.id);
  std::string draft = draft_with(milder());
  ASSERT_EQ(simulate(draft).status, 202);
  auto listed = [&](const std::string& query) { return json_of(get(county_, draft + "/simulation/villages" + query)); };
  EXPECT_EQ(listed("").at("villages"), js::array()) << "it is not done";
  jobs().run_now("simulate", "");
  js::object first = listed("?limit=1");
  EXPECT_EQ(first.at("villages"), js::parse(R"([{"area":"510521101227","before":60,"after":36}])"));
  js::object rest = listed("?limit=1&cursor=" + std::string(first.at("next").as_string()));
  EXPECT_EQ(rest.at("villages"), js::parse(R"([{"area":"510521100231","before":30,"after":18}])"));
  EXPECT_TRUE(rest.at("next").is_null()) << "no further page where nothing follows";
  EXPECT_TRUE(listed("?limit=2").at("next").is_null());
  EXPECT_EQ(code_of(get(county_, draft + "/simulation/villages?cursor=" + kTown)), "request.cursor")
      << "what has gone from the list since";
  EXPECT_EQ(listed("?limit=1&cursor=510521100231"), (js::object{{"villages", js::array()}, {"next", nullptr}}));
  EXPECT_EQ(listed("?area=" + kTown).at("villages").as_array().size(), 1u);
  EXPECT_EQ(code_of(get(county_, draft + "/simulation/villages?area=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), draft + "/simulation/villages")), "draft.unknown");
  EXPECT_EQ(get(as(Role::town_office, kTown), draft + "/simulation/villages").status, 403);
}

TEST_P(SimulationRoutesTest, ShowsThePeopleByAreaWithReasonsAndClause) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(simulate(draft).status, 202);
  jobs().run_now("simulate", "");
  js::object first = json_of(get(county_, draft + "/simulation/people?limit=1"));
  ASSERT_EQ(first.at("people").as_array().size(), 1u) << js::serialize(first);
  const js::object& person = first.at("people").as_array()[0].as_object();
  EXPECT_EQ(person.at("person").as_string(), format_id(key_.id));
  EXPECT_EQ(person.at("name").as_string(), "张*");
  EXPECT_EQ(person.at("kind").as_string(), "lowered");
  EXPECT_EQ(person.at("before").at("tier").as_string(), "key");
  EXPECT_EQ(person.at("after").at("tier").as_string(), "general");
  std::string before = js::serialize(person.at("before").at("reasons"));
  EXPECT_NE(before.find("\"tier.key\""), std::string::npos) << before;
  EXPECT_NE(before.find("三(五)1"), std::string::npos) << before;
  EXPECT_NE(js::serialize(person.at("after").at("reasons")), before);
  std::string next(first.at("next").as_string());
  js::object second = json_of(get(county_, draft + "/simulation/people?limit=1&cursor=" + next));
  ASSERT_EQ(second.at("people").as_array().size(), 1u);
  EXPECT_EQ(second.at("people").at(0).at("person").as_string(), format_id(neighbour_.id));
  auto count = [&](const std::string& query) {
    return json_of(get(county_, draft + "/simulation/people" + query)).at("people").as_array().size();
  };
  EXPECT_EQ(count("?area=" + kTown), 1u);
  EXPECT_EQ(count("?kind=lowered"), 2u);
  EXPECT_EQ(count("?kind=raised"), 0u);
  EXPECT_EQ(code_of(get(county_, draft + "/simulation/people?kind=x")), "request.invalid");
  EXPECT_EQ(code_of(get(county_, draft + "/simulation/people?area=" + kOtherCounty)), "identity.outside_area");
}

TEST_P(SimulationRoutesTest, SaysHowManyVisitorsWouldBeShort) {
  js::object visitor{{"name", "李四"}, {"kind", "volunteer"}, {"villages", js::array{kVillage}}, {"capacity", 1}};
  ASSERT_EQ(post(county_, "/visitors", visitor).status, 201);
  std::string draft = draft_with(milder());
  ASSERT_EQ(simulate(draft).status, 202);
  jobs().run_now("simulate", "");
  js::object done = json_of(get(county_, draft + "/simulation"));
  // Twelve visits a year: too few for either person before (30 each) and after (18 each).
  EXPECT_EQ(done.at("result").at("visitors"),
            js::parse(R"({"visitors":1,"capacity":1,"uncovered":{"before":60,"after":36},
                          "shortage":{"before":5,"after":3}})"))
      << js::serialize(done);
}

TEST_P(SimulationRoutesTest, IsStaleOnceTheDraftChangesAndThenTellsNoReasons) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(simulate(draft).status, 202);
  jobs().run_now("simulate", "");
  std::string tag = get(county_, draft).value("etag");
  ASSERT_EQ(ask(county_, "PATCH", draft, js::object{{"files", js::object{{"scheme.toml", milder() + "\n# said\n"}}}},
                "If-Match: " + tag + "\r\n")
                .status,
            200);
  EXPECT_TRUE(json_of(get(county_, draft + "/simulation")).at("stale").as_bool());
  js::object page = json_of(get(county_, draft + "/simulation/people"));
  EXPECT_TRUE(page.at("stale").as_bool());
  ASSERT_EQ(page.at("people").as_array().size(), 2u);
  EXPECT_EQ(page.at("people").at(0).at("after").at("reasons").as_array().size(), 0u);
}

TEST_P(SimulationRoutesTest, RefusesWhatCannotBeWorkedOut) {
  EXPECT_EQ(code_of(simulate(draft_with("id = "))), "draft.invalid");
  EXPECT_EQ(code_of(simulate(draft_with(replaced(milder(), "id = \"luzhou-2023\"", "id = \"another\"")))),
            "draft.invalid");
  EXPECT_EQ(code_of(simulate(draft_with(replaced(milder(), "area = \"5105\"", "area = \"5106\"")))),
            "simulation.not_in_force");
  std::string draft = draft_with(milder());
  EXPECT_EQ(code_of(simulate(draft, {{"on", "2025-06-25"}})), "simulation.not_in_force");
  EXPECT_EQ(code_of(simulate(draft, {{"on", "2025-06-19"}})), "request.invalid");
  EXPECT_EQ(code_of(get(county_, draft + "/simulation")), "simulation.unknown");
  EXPECT_EQ(code_of(get(county_, draft + "/simulation/people")), "simulation.unknown");
  EXPECT_EQ(code_of(ask(county_, "DELETE", draft + "/simulation")), "simulation.unknown");
  Client other = as(Role::county_bureau, kOtherCounty);
  EXPECT_EQ(code_of(post(other, draft + "/simulation", js::object{})), "draft.unknown");
}

TEST_P(SimulationRoutesTest, IsDroppedOrAskedForAnewAndEndsWithItsDraft) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(simulate(draft).status, 202);
  ASSERT_EQ(ask(county_, "DELETE", draft + "/simulation").status, 204);
  jobs().run_now("simulate", "");
  EXPECT_EQ(code_of(get(county_, draft + "/simulation")), "simulation.unknown");
  ASSERT_EQ(simulate(draft).status, 202);
  jobs().run_now("simulate", "");
  ASSERT_EQ(simulate(draft, {{"on", "2025-08-01"}}).status, 202);
  EXPECT_EQ(json_of(get(county_, draft + "/simulation")).at("state").as_string(), "waiting");
  jobs().run_now("simulate", "");
  js::object again = json_of(get(county_, draft + "/simulation"));
  EXPECT_EQ(again.at("result").at("visits").at("first_day").as_string(), "2025-08-01") << js::serialize(again);
  EXPECT_EQ(ask(county_, "DELETE", draft).status, 204);
  EXPECT_EQ(code_of(get(county_, draft + "/simulation")), "draft.unknown");
}

/// What a trial says is what the nightly work says once the draft holds.
TEST_P(SimulationRoutesTest, FindsNobodyWhereNothingIsOtherwise) {
  std::string draft = draft_with(replaced(shipped(), "in_force = 2023-12-14", "in_force = 2025-07-01"));
  ASSERT_EQ(simulate(draft).status, 202);
  jobs().run_now("simulate", "");
  js::object done = json_of(get(county_, draft + "/simulation"));
  EXPECT_EQ(done.at("result").at("kinds"), js::object()) << js::serialize(done);
  EXPECT_EQ(done.at("result").at("visits").at("before"), done.at("result").at("visits").at("after"));
}

}  // namespace
}  // namespace tanfang::app::server
