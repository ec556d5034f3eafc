// Proposals over HTTP: a visitor's word waits for who keeps the file, a clerk's is done while the base holds.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ProposalRoutesTest : public ServerTest {
 protected:
  std::string version() {
    std::string tag = get(as(Role::village_clerk, kVillage), path_of(key_)).value("etag");
    return tag.substr(1, tag.size() - 2);
  }
  js::object about(const char* what, const js::value& part) {
    return {{"what", what}, {"person", format_id(key_.id)}, {"base_version", version()}, {what, part}};
  }
  js::object send(const Client& client, const js::object& said, const std::string& more = "") {
    http::Answer answer = post(client, "/proposals", said, more);
    EXPECT_TRUE(answer.status == 201 || answer.status == 200) << answer.body;
    return json_of(answer);
  }
  std::string waiting(const js::object& said) {
    return "/proposals/" + std::string(send(as(Role::visitor, kVillage), said).at("id").as_string());
  }
  http::Answer accept(const Client& client, const std::string& path, const js::value& body = nullptr) {
    return post(client, path + "/acceptance", body, "If-Match: " + get(client, path).value("etag") + "\r\n");
  }
  js::value fact(const char* name) {
    js::object facts = json_of(get(as(Role::village_clerk, kVillage), path_of(key_))).at("facts").as_object();
    return facts.contains(name) ? facts.at(name) : js::value(nullptr);
  }
};
TANFANG_ON_EACH_ENGINE(ProposalRoutesTest);

TEST_P(ProposalRoutesTest, AVisitorsWordIsTakenByTheClerk) {
  Client visitor = as(Role::visitor, kVillage);
  Client clerk = as(Role::village_clerk, kVillage);
  js::object said = about("facts", js::object{{"ability", "severe"}});
  said["on"] = "2025-06-18";
  js::object made = send(visitor, said, "Idempotency-Key: p1\r\n");
  EXPECT_EQ(made.at("applied"), false);
  EXPECT_EQ(made.at("state"), "open");
  EXPECT_EQ(send(visitor, said, "Idempotency-Key: p1\r\n").at("id"), made.at("id"));
  EXPECT_TRUE(fact("ability").is_null());
  js::array lists = json_of(get(clerk, "/work-lists")).at("lists").as_array();
  EXPECT_EQ(lists.at(1), js::value(js::object{{"list", "proposals"}, {"count", 1}, {"path", "/proposals"}}));
  js::object listed = json_of(get(clerk, "/proposals")).at("proposals").as_array().at(0).as_object();
  EXPECT_EQ(listed.at("base_holds"), true);
  EXPECT_EQ(listed.at("person").at("name"), "张三");
  EXPECT_EQ(listed.at("content").at("facts").at("ability"), "severe");
  EXPECT_TRUE(listed.at("now").at("facts").at("ability").is_null());
  std::string path = "/proposals/" + std::string(listed.at("id").as_string());
  EXPECT_EQ(code_of(post(clerk, path + "/acceptance", nullptr)), "precondition.needed");
  http::Answer done = accept(clerk, path);
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(json_of(done).at("applied"), true);
  EXPECT_EQ(fact("ability").at("source"), "visit");
  EXPECT_EQ(fact("ability").at("speaker"), js::value("visitor." + kVillage));
  EXPECT_EQ(fact("ability").at("date"), "2025-06-18");
  EXPECT_EQ(json_of(post(clerk, path + "/acceptance", nullptr)).at("applied"), false) << "again it changes nothing";
  EXPECT_EQ(json_of(get(clerk, "/proposals?state=accepted")).at("proposals").at(0).at("decided_by"),
            js::value("account:village_clerk." + kVillage));
}

TEST_P(ProposalRoutesTest, TheLaterWordDoesNotWinByBeingLater) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object early = about("facts", js::object{{"ability", "mild"}});
  js::object at_once = send(clerk, about("facts", js::object{{"ability", "severe"}}));
  EXPECT_EQ(at_once.at("applied"), true);
  EXPECT_EQ(at_once.at("person"), js::value(format_id(key_.id)));
  EXPECT_EQ(fact("ability").at("source"), "clerk");
  js::object late = send(clerk, early);
  EXPECT_EQ(late.at("applied"), false);
  std::string path = "/proposals/" + std::string(late.at("id").as_string());
  http::Answer shown = get(clerk, path);
  EXPECT_EQ(json_of(shown).at("base_holds"), false);
  EXPECT_EQ(json_of(shown).at("changed"), (js::value{"ability"}));
  EXPECT_EQ(json_of(shown).at("now").at("facts").at("ability").at("value"), "severe");
  // Somebody changes the file between the look and the decision.
  send(clerk, about("facts", js::object{{"phone", "13800009999"}}));
  EXPECT_EQ(code_of(post(clerk, path + "/acceptance", nullptr, "If-Match: " + shown.value("etag") + "\r\n")),
            "precondition.failed");
  EXPECT_EQ(accept(clerk, path).status, 200);
  EXPECT_EQ(fact("ability").at("value"), "mild");
}

TEST_P(ProposalRoutesTest, WhatIsOwedFollowsAnAcceptedStatus) {
  Client town = as(Role::town_office, kTown);
  std::string path = waiting(about("status", js::object{{"status", "hospital"}, {"from", "2025-06-01"}}));
  EXPECT_EQ(json_of(get(town, path)).at("now").at("status"), "active");
  EXPECT_EQ(json_of(get(town, "/coverage?month=2025-06")).at("suspended"), 0);
  EXPECT_EQ(accept(town, path).status, 200);
  EXPECT_EQ(json_of(get(town, path_of(key_))).at("status"), "suspended");
  EXPECT_EQ(json_of(get(town, "/coverage?month=2025-06")).at("suspended"), 1);
}

TEST_P(ProposalRoutesTest, SomebodyNewWaitsForTheirNumber) {
  Client town = as(Role::town_office, kTown);
  js::object person{{"name", "李四"}, {"village", kVillage}, {"phone", "13800001009"}};
  std::string path = waiting(js::object{{"what", "new_person"}, {"new_person", person}});
  js::object shown = json_of(get(town, path));
  EXPECT_TRUE(shown.at("person").is_null());
  EXPECT_EQ(shown.at("content").at("new_person").at("phone"), "138****1009");
  EXPECT_EQ(code_of(accept(town, path)), "proposal.citizen_number");
  http::Answer done = accept(town, path, js::object{{"citizen_number", number_of(kCounty, 9)}});
  ASSERT_EQ(done.status, 200) << done.body;
  std::string file = "/people/" + std::string(json_of(done).at("person").as_string());
  EXPECT_EQ(json_of(get(town, file)).at("name"), "李四");
  person["village"] = kOtherVillage;
  EXPECT_EQ(code_of(post(as(Role::visitor, kVillage), "/proposals",
                         js::object{{"what", "new_person"}, {"new_person", person}})),
            "identity.outside_area");
}

TEST_P(ProposalRoutesTest, NumbersAreShownForAReasonAndARejectionSaysWhy) {
  Client clerk = as(Role::village_clerk, kVillage);
  std::string path = waiting(about("contact", js::object{{"name", "王五六"}, {"phone", "13900001234"}}));
  js::object shown = json_of(get(clerk, path));
  EXPECT_EQ(shown.at("content").at("contact").at("phone"), "139****1234");
  EXPECT_EQ(shown.at("content").at("contact").at("name"), "王**");
  http::Answer revealed = post(clerk, path + "/reveal", js::object{{"reason", "核对号码"}});
  EXPECT_EQ(json_of(revealed).at("content").at("contact").at("phone"), "13900001234") << revealed.body;
  EXPECT_EQ(code_of(post(clerk, path + "/reveal", js::object{{"reason", "x"}})), "proposal.look_reason");
  EXPECT_EQ(code_of(post(clerk, path + "/rejection", js::object{{"reason", "x"}})), "proposal.reason");
  http::Answer rejected = post(clerk, path + "/rejection", js::object{{"reason", "号码打不通"}});
  EXPECT_EQ(json_of(rejected).at("state"), "rejected") << rejected.body;
  EXPECT_EQ(json_of(rejected).at("reason"), "号码打不通");
  EXPECT_EQ(code_of(accept(clerk, path)), "proposal.decided");
  EXPECT_EQ(code_of(post(clerk, path + "/rejection", js::object{{"reason", "再次"}})), "proposal.decided");
}

TEST_P(ProposalRoutesTest, NobodyReachesWhatIsNotTheirs) {
  std::string path = waiting(about("status", js::object{{"status", "moved"}}));
  Client neighbour = as(Role::village_clerk, kOtherVillage);
  Client visitor = as(Role::visitor, kVillage);
  EXPECT_EQ(code_of(get(neighbour, path)), "proposal.unknown");
  EXPECT_EQ(code_of(accept(neighbour, path)), "proposal.unknown");
  EXPECT_EQ(code_of(post(neighbour, path + "/rejection", js::object{{"reason", "不属实"}})), "proposal.unknown");
  EXPECT_EQ(code_of(post(neighbour, path + "/reveal", js::object{{"reason", "核对号码"}})), "proposal.unknown");
  EXPECT_EQ(code_of(get(neighbour, "/proposals?area=" + kVillage)), "identity.outside_area");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), path)), "proposal.unknown");
  EXPECT_EQ(code_of(get(visitor, "/proposals")), "identity.forbidden");
  EXPECT_EQ(code_of(post(visitor, path + "/acceptance", nullptr)), "identity.forbidden");
  EXPECT_EQ(
      code_of(post(as(Role::visitor, kOtherVillage), "/proposals", about("status", js::object{{"status", "moved"}}))),
      "person.unknown");
  EXPECT_EQ(code_of(post(as(Role::auditor, kCounty), "/proposals", js::object{})), "identity.forbidden");
  EXPECT_EQ(code_of(post(visitor, "/proposals", js::object{{"what", "death"}})), "proposal.malformed");
  EXPECT_EQ(code_of(get(as(Role::village_clerk, kVillage), "/proposals?state=lost")), "request.invalid");
}

}  // namespace
}  // namespace tanfang::app::server
