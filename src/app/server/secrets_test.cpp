// Routes that make secrets: a second delivery gets the same one, and nothing of it is kept in clear.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class SecretsTest : public ServerTest {
 protected:
  static inline const std::string kKey = "Idempotency-Key: k-1\r\n";

  /// Sent twice under one key; what is answered.
  js::object sent_twice(const Client& client, const std::string& path, const js::value& body) {
    http::Answer first = post(client, path, body, kKey);
    http::Answer second = post(client, path, body, kKey);
    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.value("idempotency-replayed"), "true");
    return json_of(first);
  }
  std::size_t tokens_of(const Client& client, const std::string& account) {
    return json_of(get(client, "/accounts/" + account + "/tokens")).at("tokens").as_array().size();
  }
  /// Whether the text stands in any kept answer as it is.
  bool kept_in_clear(const std::string& text) {
    bool found = false;
    std::size_t kept = 0;
    serving_->service().database().read([&](db::Session& session) {
      session.query("select body from kept_answers", {}, [&](const db::Row& row) {
        ++kept;
        found = found || row.bytes(0).find(text) != std::string_view::npos;
      });
    });
    EXPECT_GT(kept, 0u);
    return found;
  }
  static js::object machine(const char* login) {
    return {{"login", login}, {"name", "接口"}, {"role", "machine"}, {"area", kCounty}};
  }
};
TANFANG_ON_EACH_ENGINE(SecretsTest);

TEST_P(SecretsTest, AnAccountIsInvitedOnceThoughItsLinkWasLostOnTheWay) {
  Client county = as(Role::county_bureau, kCounty);
  js::object fresh{{"login", "wang.wu"}, {"name", "王五"}, {"role", "town_office"}, {"area", kTown}};
  js::object made = sent_twice(county, "/accounts", fresh);
  std::string token(made.at("invitation").at("token").as_string());
  EXPECT_FALSE(kept_in_clear(token));
  EXPECT_EQ(post({}, "/invitations/lookup", js::object{{"token", token}}).status, 200);
  EXPECT_EQ(code_of(post(county, "/accounts", fresh)), "identity.login_taken");
}

TEST_P(SecretsTest, AnotherLinkIsOneLinkHoweverOftenItIsDelivered) {
  Client county = as(Role::county_bureau, kCounty);
  js::object fresh{{"login", "wang.wu"}, {"name", "王五"}, {"role", "visitor"}, {"area", kVillage}};
  std::string path = "/accounts/" + std::string(json_of(post(county, "/accounts", fresh)).at("id").as_string());
  js::object again = sent_twice(county, path + "/invitation", nullptr);
  js::object token{{"token", again.at("invitation").at("token")}};
  EXPECT_EQ(post({}, "/invitations/lookup", token).status, 200);
  ASSERT_EQ(post({}, "/invitations/acceptance",
                 js::object{{"token", again.at("invitation").at("token")}, {"password", kPassword}})
                .status,
            201);
  http::Answer phone = post(county, path + "/device-invitation", nullptr, "Idempotency-Key: k-2\r\n");
  ASSERT_EQ(phone.status, 201) << phone.body;
  EXPECT_EQ(post(county, path + "/device-invitation", nullptr, "Idempotency-Key: k-2\r\n").body, phone.body);
  EXPECT_FALSE(kept_in_clear(std::string(json_of(phone).at("token").as_string())));
}

TEST_P(SecretsTest, AMachineGetsOneTokenWhichOnlyItsIssuerIsToldAgain) {
  Client county = as(Role::county_bureau, kCounty);
  std::string account(json_of(post(county, "/accounts", machine("machine.a"))).at("id").as_string());
  js::object asked{{"name", "接口"},
                   {"area", kCounty},
                   {"last_day", china_date(clock_.now()).iso()},
                   {"permissions", js::array{"people_read"}}};
  js::object issued = sent_twice(county, "/accounts/" + account + "/tokens", asked);
  EXPECT_EQ(tokens_of(county, account), 1u);
  std::string text(issued.at("token").as_string());
  EXPECT_FALSE(kept_in_clear(text));
  EXPECT_EQ(get({"", "", text}, path_of(key_)).status, 200);
  // The key is the account's own: it opens nothing to another, and no other request.
  Client stranger = as(Role::county_bureau, kOtherCounty);
  http::Answer other = post(stranger, "/accounts/" + account + "/tokens", asked, kKey);
  EXPECT_NE(other.status, 201);
  EXPECT_EQ(other.body.find(text), std::string::npos);
  asked["name"] = "另一个";
  EXPECT_EQ(code_of(post(county, "/accounts/" + account + "/tokens", asked, kKey)), "idempotency.reused");
  EXPECT_EQ(tokens_of(county, account), 1u);
}

}  // namespace
}  // namespace tanfang::app::server
