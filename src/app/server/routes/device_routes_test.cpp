// Phones over HTTP: a cookie of their own that opens nothing else.
#include "app/server/test_server.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class DeviceRoutesTest : public ServerTest {};
TANFANG_ON_EACH_ENGINE(DeviceRoutesTest);

TEST_P(DeviceRoutesTest, ALinkBindsAPhoneOnce) {
  Client town = as(Role::town_office, kTown);
  Client county = as(Role::county_bureau, kCounty);
  as(Role::visitor, kVillage);
  std::string path = "/accounts/" + account_id("visitor." + kVillage) + "/device-invitation";
  EXPECT_EQ(code_of(post(as(Role::town_office, "510521101"), path, js::object{})), "identity.account_unknown");
  http::Answer invited = post(town, path, js::object{});
  ASSERT_EQ(invited.status, 201) << invited.body;
  js::object token{{"token", json_of(invited).at("token")}};
  js::object told = json_of(post({}, "/device-invitations/lookup", token));
  EXPECT_EQ(told.at("name").as_string(), "测试员");
  EXPECT_EQ(told.at("role").as_string(), "visitor");
  EXPECT_EQ(told.at("area").as_string(), kVillage);
  EXPECT_FALSE(told.at("area_name").as_string().empty());
  EXPECT_FALSE(told.contains("login"));
  js::object fresh = token;
  fresh["label"] = "红米";
  fresh["reading_digest"] = "not base64";
  EXPECT_EQ(code_of(post({}, "/devices", fresh)), "device.reading_digest");
  fresh["reading_digest"] = crypto::to_base64(crypto::sha256("secret"));
  http::Answer bound = post({}, "/devices", fresh);
  ASSERT_EQ(bound.status, 201) << bound.body;
  for (const char* part : {"tanfang-device=", "HttpOnly", "SameSite=Strict", "Max-Age=34560000"}) {
    EXPECT_NE(bound.value("set-cookie").find(part), std::string::npos) << bound.value("set-cookie");
  }
  EXPECT_EQ(json_of(bound).at("account").at("login").as_string(), "visitor." + kVillage);
  EXPECT_GT(json_of(bound).at("key").at("spki").as_string().size(), 500u);
  EXPECT_EQ(code_of(post({}, "/devices", fresh)), "device.invitation_over");
  EXPECT_EQ(code_of(post({}, "/device-invitations/lookup", token)), "device.invitation_over");
  js::array listed = json_of(get(county, "/devices?area=" + kVillage)).at("devices").as_array();
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].at("label").as_string(), "红米");
}

TEST_P(DeviceRoutesTest, TheDevicesCookieOpensItsRoutesOnly) {
  Phone phone = bind(Role::visitor, kVillage);
  http::Answer state = ask_phone(phone, "GET", "/device");
  ASSERT_EQ(state.status, 200) << state.body;
  EXPECT_EQ(json_of(state).at("device").as_string(), phone.device);
  EXPECT_EQ(json_of(state).at("state").as_string(), "active");
  EXPECT_NE(state.value("set-cookie").find("Max-Age=34560000"), std::string::npos);
  EXPECT_EQ(code_of(get({phone.cookie, "", ""}, path_of(key_))), "session.needed");
  EXPECT_EQ(code_of(get({phone.cookie, "", ""}, "/session")), "session.needed");
  Client visitor = as(Role::visitor, kVillage);
  EXPECT_EQ(code_of(get(visitor, "/device")), "device.needed");
  Client forged = visitor;
  forged.cookie = "tanfang-device=" + visitor.cookie.substr(visitor.cookie.find('=') + 1);
  EXPECT_EQ(code_of(get(forged, "/device")), "device.needed");
  forged.cookie = "tanfang=" + phone.cookie.substr(phone.cookie.find('=') + 1);
  EXPECT_EQ(code_of(get(forged, "/session")), "session.needed");
  EXPECT_EQ(code_of(ask({phone.cookie, "", ""}, "DELETE", "/device")), "device.header");
  EXPECT_EQ(code_of(ask_phone(phone, "DELETE", "/device", nullptr, "Sec-Fetch-Site: cross-site\r\n")),
            "session.cross_site");
  EXPECT_EQ(ask_phone(phone, "DELETE", "/device").status, 204);
  EXPECT_EQ(code_of(ask_phone(phone, "GET", "/device")), "device.needed");
}

TEST_P(DeviceRoutesTest, AnOfficeRevokesThePhoneOfItsArea) {
  Phone phone = bind(Role::visitor, kVillage);
  std::string path = "/devices/" + phone.device + "/revocation";
  js::object reason{{"reason", "手机丢失了"}};
  EXPECT_EQ(code_of(post(as(Role::town_office, "510521101"), path, reason)), "device.unknown");
  EXPECT_EQ(code_of(post(as(Role::visitor, kVillage), path, reason)), "identity.forbidden");
  http::Answer revoked = post(as(Role::town_office, kTown), path, reason);
  ASSERT_EQ(revoked.status, 200) << revoked.body;
  EXPECT_EQ(json_of(revoked).at("state").as_string(), "revoked");
  EXPECT_EQ(json_of(ask_phone(phone, "GET", "/device")).at("state").as_string(), "revoked");
}

}  // namespace
}  // namespace tanfang::app::server
