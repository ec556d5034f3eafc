// The canvass over HTTP: who lists, who visits, who sees how far it is.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class CanvassRoutesTest : public ServerTest {
 protected:
  static js::object listing(const std::string& village, std::initializer_list<const char*> places) {
    js::array households;
    for (const char* place : places) households.push_back(js::object{{"group", "1组"}, {"place", place}});
    return {{"village", village}, {"households", std::move(households)}};
  }
  std::string begin() {
    http::Answer begun = post(as(Role::county_bureau, kCounty), "/canvasses", js::object{{"name", "上半年排查"}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    return std::string(json_of(begun).at("id").as_string());
  }
  js::array households(const Client& client, const std::string& more = "") {
    return json_of(get(client, "/households?village=" + kVillage + more)).at("households").as_array();
  }
};
TANFANG_ON_EACH_ENGINE(CanvassRoutesTest);

TEST_P(CanvassRoutesTest, AVillageGoesFromDoorToDoorAndTheCountySeesHowFar) {
  Client clerk = as(Role::village_clerk, kVillage);
  http::Answer listed = post(clerk, "/households", listing(kVillage, {"1号", "2号", "3号"}));
  ASSERT_EQ(listed.status, 201) << listed.body;
  EXPECT_EQ(listed.body, R"({"added":3,"repeated":0})");
  EXPECT_EQ(post(clerk, "/households", listing(kVillage, {"3号"})).body, R"({"added":0,"repeated":1})");
  js::array all = households(clerk);
  ASSERT_EQ(all.size(), 3u);
  std::string first = "/households/" + std::string(all[0].at("id").as_string());
  js::object met{{"result", "registered"}, {"on", "2025-06-20"}, {"note", "两位老人"}};
  EXPECT_EQ(code_of(post(clerk, first + "/results", met)), "canvass.none");
  std::string canvass = begin();
  http::Answer noted = post(clerk, first + "/results", met, "Idempotency-Key: c1\r\n");
  ASSERT_EQ(noted.status, 201) << noted.body;
  EXPECT_EQ(post(clerk, first + "/results", met, "Idempotency-Key: c1\r\n").body, noted.body);
  EXPECT_EQ(json_of(noted).at("result").as_string(), "registered");
  EXPECT_EQ(json_of(get(clerk, first + "/results")).at("results").at(0).at("note").as_string(), "两位老人");
  EXPECT_EQ(households(clerk, "&result=open").size(), 2u);
  js::object one = json_of(get(clerk, "/households?limit=2&village=" + kVillage));
  EXPECT_EQ(households(clerk, "&cursor=" + std::string(one.at("next").as_string())).size(), 1u);
  std::string listed_tag = "If-Match: " + std::string(all[0].at("etag").as_string()) + "\r\n";
  EXPECT_EQ(code_of(ask(clerk, "PATCH", first, js::object{{"group", "2组"}})), "precondition.needed");
  http::Answer answered = ask(clerk, "PATCH", first, js::object{{"group", "2组"}}, listed_tag);
  js::object changed = json_of(answered);
  EXPECT_EQ(changed.at("group").as_string(), "2组") << "what was found there meanwhile is no other edit";
  EXPECT_EQ(changed.at("place").as_string(), "1号");
  EXPECT_EQ(code_of(ask(clerk, "PATCH", first, js::object{{"group", ""}}, listed_tag)), "precondition.failed");
  std::string seen = "If-Match: " + answered.value("etag") + "\r\n";
  EXPECT_EQ(json_of(ask(clerk, "PATCH", first, js::object{{"group", ""}}, seen)).at("group").as_string(), "");
  EXPECT_EQ(households(clerk, "&ungrouped=true").size(), 1u);
  EXPECT_EQ(households(clerk, "&ungrouped=false").size(), 3u);
  EXPECT_EQ(get(clerk, "/households?village=" + kVillage + "&ungrouped=true&group=1").status, 422);
  js::object county = json_of(get(as(Role::county_bureau, kCounty), "/canvasses/" + canvass + "/completeness"));
  EXPECT_EQ(county.at("households"), 3);
  EXPECT_EQ(county.at("done"), 1);
  EXPECT_EQ(county.at("parts").at(0).at("part").as_string(), kTown);
  EXPECT_FALSE(county.at("parts").at(0).at("name").as_string().empty());
  EXPECT_EQ(json_of(get(as(Role::city_supervisor, "5105"), "/canvasses?area=" + kCounty)).at("canvasses").at(0),
            js::value(js::object{
                {"id", canvass}, {"name", "上半年排查"}, {"begun_on", "2025-06-20"}, {"ended_on", nullptr}}));
  Client bureau = as(Role::county_bureau, kCounty);
  EXPECT_EQ(post(bureau, "/canvasses/" + canvass + "/end", nullptr).status, 204);
  EXPECT_EQ(code_of(post(bureau, "/canvasses/" + format_id(Id{5}) + "/end", nullptr)), "canvass.unknown");
}

TEST_P(CanvassRoutesTest, NobodySeesDoorsOutsideTheirArea) {
  Client clerk = as(Role::village_clerk, kVillage);
  Client neighbour = as(Role::village_clerk, kOtherVillage);
  post(clerk, "/households", listing(kVillage, {"1号"}));
  std::string canvass = begin();
  std::string door = "/households/" + std::string(households(clerk).at(0).at("id").as_string());
  js::object met{{"result", "declined"}};
  EXPECT_EQ(code_of(get(neighbour, "/households?village=" + kVillage)), "identity.outside_area");
  EXPECT_EQ(code_of(post(neighbour, "/households", listing(kVillage, {"2号"}))), "identity.outside_area");
  EXPECT_EQ(code_of(post(neighbour, door + "/results", met)), "household.unknown");
  EXPECT_EQ(code_of(get(neighbour, door + "/results")), "household.unknown");
  EXPECT_EQ(code_of(ask(neighbour, "PATCH", door, js::object{{"place", "9号"}})), "household.unknown");
  EXPECT_EQ(code_of(post(as(Role::county_bureau, kOtherCounty), door + "/results", met)), "household.unknown");
  EXPECT_EQ(code_of(get(neighbour, "/canvasses/" + canvass + "/completeness?area=" + kVillage)),
            "identity.outside_area");
  EXPECT_EQ(code_of(get(neighbour, "/canvasses?area=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/canvasses/" + canvass + "/completeness")),
            "canvass.unknown");
  EXPECT_EQ(code_of(post(as(Role::town_office, kTown), "/canvasses", js::object{{"name", "本镇"}})),
            "identity.outside_area");
  for (Role role : {Role::visitor, Role::care_organisation}) {
    EXPECT_EQ(code_of(get(as(role, kVillage), "/households?village=" + kVillage)), "identity.forbidden");
  }
  EXPECT_EQ(code_of(get(as(Role::auditor, kCounty), "/canvasses")), "identity.forbidden");
}

TEST_P(CanvassRoutesTest, RefusesWhatCannotBe) {
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(post(clerk, "/households", js::object{{"village", kVillage}, {"households", js::array{}}})),
            "request.invalid");
  js::array many;
  for (int i = 0; i < 501; ++i) many.push_back(js::object{{"place", std::to_string(i)}});
  EXPECT_EQ(code_of(post(clerk, "/households", js::object{{"village", kVillage}, {"households", many}})),
            "request.invalid");
  EXPECT_EQ(code_of(post(clerk, "/households", js::object{{"village", kVillage}, {"households", js::array{7}}})),
            "household.invalid");
  EXPECT_EQ(code_of(get(clerk, "/households?village=" + kTown)), "request.invalid");
  EXPECT_EQ(code_of(get(clerk, "/households?village=" + kVillage + "&result=maybe")), "request.invalid");
  EXPECT_EQ(code_of(get(clerk, "/households?village=" + kVillage + "&cursor=h." + format_id(Id{7}))),
            "household.unknown");
  EXPECT_EQ(code_of(post(clerk, "/households/" + format_id(Id{7}) + "/results", js::object{{"result", "declined"}})),
            "household.unknown");
  EXPECT_EQ(code_of(post(clerk, "/households/" + format_id(Id{7}) + "/results", js::object{{"note", "x"}})),
            "request.invalid");
}

}  // namespace
}  // namespace tanfang::app::server
