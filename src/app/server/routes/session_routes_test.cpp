// Signing in, and accounts made for others.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class SessionRoutesTest : public ServerTest {};
TANFANG_ON_EACH_ENGINE(SessionRoutesTest);

TEST_P(SessionRoutesTest, SignsInAndOut) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object session = json_of(get(clerk, "/session"));
  EXPECT_EQ(session.at("role"), "village_clerk");
  EXPECT_EQ(session.at("area"), js::value(kVillage));
  EXPECT_EQ(session.at("csrf"), js::value(clerk.csrf));
  EXPECT_EQ(json_of(get(clerk, "/sessions")).at("sessions").as_array().size(), 1u);
  http::Answer out = ask(clerk, "DELETE", "/session");
  EXPECT_EQ(out.status, 204) << out.body;
  EXPECT_NE(out.value("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(code_of(get(clerk, "/session")), "session.needed");
}

TEST_P(SessionRoutesTest, AnswersAlikeForAWrongPasswordAndAnUnknownLogin) {
  as(Role::village_clerk, kVillage);
  http::Answer wrong = post({}, "/sessions", js::object{{"login", "village_clerk." + kVillage}, {"password", "x"}});
  http::Answer unknown = post({}, "/sessions", js::object{{"login", "nobody"}, {"password", "x"}});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(code_of(wrong), code_of(unknown));
  EXPECT_EQ(
      code_of(post({}, "/sessions", js::object{{"login", "a"}, {"password", "x"}}, "Sec-Fetch-Site: cross-site\r\n")),
      "session.cross_site");
}

TEST_P(SessionRoutesTest, TellsHowLongToWaitAfterManyFailures) {
  as(Role::village_clerk, kVillage);
  js::object wrong{{"login", "village_clerk." + kVillage}, {"password", "x"}};
  http::Answer answer;
  for (int i = 0; i <= settings_.identity.failures_before_wait; ++i) answer = post({}, "/sessions", wrong);
  EXPECT_EQ(code_of(answer), "identity.too_many_tries");
  EXPECT_EQ(answer.value("retry-after"), "60");
}

TEST_P(SessionRoutesTest, InvitesAnAccountThatSetsItsOwnPassword) {
  Client county = as(Role::county_bureau, kCounty);
  js::object fresh{{"login", "zhang.san"}, {"name", "张三"}, {"role", "visitor"}, {"area", kVillage}};
  http::Answer invited = post(county, "/accounts", fresh);
  ASSERT_EQ(invited.status, 201) << invited.body;
  js::value token = json_of(invited).at("invitation").at("token");
  http::Answer looked = post({}, "/invitations/lookup", js::object{{"token", token}});
  EXPECT_EQ(json_of(looked).at("login"), "zhang.san");
  EXPECT_EQ(post({}, "/invitations/acceptance", js::object{{"token", token}, {"password", kPassword}}).status, 201);
  EXPECT_EQ(code_of(post({}, "/invitations/lookup", js::object{{"token", token}})), "invitation.over");
  Client visitor = sign_in("zhang.san", kPassword);
  EXPECT_EQ(json_of(get(visitor, "/session")).at("role"), "visitor");
  fresh["login"] = "li.si";
  fresh["area"] = kOtherCounty + "001001";
  EXPECT_EQ(post(county, "/accounts", fresh).status, 403);
  fresh["role"] = "emperor";
  EXPECT_EQ(code_of(post(county, "/accounts", fresh)), "request.invalid");
}

TEST_P(SessionRoutesTest, ChangesAndListsAccountsOfItsArea) {
  Client county = as(Role::county_bureau, kCounty);
  Client clerk = as(Role::village_clerk, kVillage);
  as(Role::village_clerk, kOtherCounty + "001001");
  js::array accounts = json_of(get(county, "/accounts?role=village_clerk")).at("accounts").as_array();
  ASSERT_EQ(accounts.size(), 1u);
  std::string path = "/accounts/" + std::string(accounts[0].at("id").as_string());
  std::string tag = "If-Match: " + get(county, path).value("etag") + "\r\n";
  EXPECT_EQ(code_of(ask(county, "PATCH", path, js::object{{"enabled", false}})), "precondition.needed");
  http::Answer off = ask(county, "PATCH", path, js::object{{"enabled", false}}, tag);
  ASSERT_EQ(off.status, 200) << off.body;
  EXPECT_EQ(code_of(get(clerk, "/session")), "session.needed");
  EXPECT_EQ(code_of(ask(county, "PATCH", path, js::object{{"enabled", true}}, tag)), "precondition.failed");
}

TEST_P(SessionRoutesTest, GivesAMachineATokenOfItsOwn) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer made =
      post(county, "/accounts",
           js::object{{"login", "platform"}, {"name", "县平台"}, {"role", "machine"}, {"area", kCounty}});
  ASSERT_EQ(made.status, 201) << made.body;
  std::string path = "/accounts/" + std::string(json_of(made).at("id").as_string()) + "/tokens";
  js::object wanted{
      {"name", "对接"}, {"area", kCounty}, {"last_day", "2025-12-31"}, {"permissions", js::array{"coverage_read"}}};
  http::Answer issued = post(county, path, wanted);
  ASSERT_EQ(issued.status, 201) << issued.body;
  Client machine{.cookie = "", .csrf = "", .bearer = std::string(json_of(issued).at("token").as_string())};
  EXPECT_EQ(get(machine, "/coverage?month=2025-06").status, 200);
  EXPECT_EQ(code_of(get(machine, path_of(key_))), "identity.forbidden");
  Client officer = as(Role::security_officer, kCounty);
  EXPECT_EQ(json_of(get(officer, path)).at("tokens").as_array().size(), 1u);
  EXPECT_EQ(code_of(post(officer, path, wanted)), "identity.forbidden") << "who revokes does not issue";
  EXPECT_EQ(ask(officer, "DELETE", "/tokens/" + std::string(json_of(issued).at("id").as_string())).status, 204);
  EXPECT_EQ(code_of(get(machine, "/coverage?month=2025-06")), "session.needed");
  wanted["permissions"] = js::array{"no_such_thing"};
  EXPECT_EQ(code_of(post(county, path, wanted)), "request.invalid");
}

}  // namespace
}  // namespace tanfang::app::server
