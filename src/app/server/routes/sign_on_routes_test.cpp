// Signing on through an outside platform, as far as it goes without one; tests/oidc goes the whole way.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class SignOnRoutesTest : public ServerTest {};
TANFANG_ON_EACH_ENGINE(SignOnRoutesTest);

TEST_P(SignOnRoutesTest, IsOffUntilThePlatformIsNamed) {
  EXPECT_TRUE(json_of(get({}, "/sign-on")).at("name").is_null());
  EXPECT_EQ(code_of(ask({}, "POST", "/sign-on")), "sign_on.off");
  http::Answer back = get({}, "/sign-on/callback?code=c&state=s");
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(back.value("location"), "/sign-in?refused=sign_on.off");
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(ask(clerk, "POST", "/session/sign-on")), "sign_on.off");
  EXPECT_EQ(code_of(ask(clerk, "DELETE", "/session/sign-on")), "sign_on.off");
}

class SignOnPlatformTest : public ServerTest {
 protected:
  void SetUp() override {
    settings_.oidc.issuer = "http://127.0.0.1:1";  // nobody listens there
    settings_.oidc.client_id = "tanfang";
    settings_.oidc.redirect_base = "http://127.0.0.1";
    ServerTest::SetUp();
  }
  std::string account_path(Role role) {
    Client county = as(Role::county_bureau, kCounty);
    js::object page = json_of(get(county, "/accounts?role=" + std::string(to_text(role))));
    return "/accounts/" + std::string(page.at("accounts").at(0).at("id").as_string()) + "/sign-on";
  }
};
TANFANG_ON_EACH_ENGINE(SignOnPlatformTest);

TEST_P(SignOnPlatformTest, SaysThatThePlatformDoesNotAnswer) {
  EXPECT_EQ(json_of(get({}, "/sign-on")).at("name"), "统一身份认证");
  http::Answer begun = ask({}, "POST", "/sign-on");
  EXPECT_EQ(begun.status, 502);
  EXPECT_EQ(code_of(begun), "sign_on.unreachable");
  EXPECT_EQ(get({}, "/sign-on/callback?code=c&state=s").value("location"), "/sign-in?refused=identity.sign_on_over");
}

TEST_P(SignOnPlatformTest, AnOfficeLinksTheAccountsThatItManages) {
  Client county = as(Role::county_bureau, kCounty);
  Client other = as(Role::county_bureau, kOtherCounty);
  as(Role::village_clerk, kVillage);
  as(Role::visitor, kVillage);
  std::string clerk = account_path(Role::village_clerk);
  js::object subject{{"subject", "u-1"}};
  EXPECT_EQ(code_of(post(other, clerk, subject)), "identity.account_unknown");
  EXPECT_EQ(post(county, clerk, subject).status, 204);
  EXPECT_EQ(code_of(post(county, account_path(Role::visitor), subject)), "identity.link_taken");
  EXPECT_EQ(ask(county, "DELETE", clerk).status, 204);
  EXPECT_EQ(post(county, account_path(Role::visitor), subject).status, 204);
}

}  // namespace
}  // namespace tanfang::app::server
