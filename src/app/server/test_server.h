// For tests: the whole server on each engine, with invented people in two counties and an account for every role.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>

#include "app/server/serving.h"
#include "platform/crypto/base64.h"
#include "platform/crypto/envelope.h"
#include "platform/db/test_database.h"
#include "platform/http/test_client.h"

namespace tanfang::app::server {

namespace js = boost::json;

inline const std::string kCounty = "510521";
inline const std::string kTown = "510521100";
inline const std::string kVillage = "510521100231";
inline const std::string kOtherVillage = "510521101227";
inline const std::string kOtherCounty = "510522";
inline const std::string kPassword = "探访 correct horse 1";

/// Who signs in, as the test speaks to the server.
struct Client {
  std::string cookie;
  std::string csrf;
  std::string bearer;
};

/// A phone that was bound, with what it keeps.
struct Phone {
  std::string cookie;
  std::string device;
  std::string key;   // id of the server's key
  std::string spki;  // DER
  std::string secret;
};

class ServerTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    database_ = std::make_unique<db::TestDatabase>(GetParam(), db::TestDatabase::Schema::empty);
    surroundings_.data_folder = database_->folder().path();
    if (GetParam() == "postgresql") surroundings_.database_address = database_->address();
    start();
    key_ = register_person(kCounty, kVillage, 1);
    neighbour_ = register_person(kCounty, kOtherVillage, 2);
    stranger_ = register_person(kOtherCounty, kOtherCounty + "001001", 3);
    for (const std::string& county : {kCounty, kOtherCounty}) {
      write([&](audit::Work& work) { planning::open_month(work, serving_->service().policies(), county, {2025, 6}); });
    }
  }

  void start() {
    settings_.server.port = 0;
    settings_.jobs.enabled = false;
    if (settings_.limits.requests_a_minute == Settings().limits.requests_a_minute) {
      settings_.limits.requests_a_minute = 1'000'000;
    }
    settings_.identity.hash_cost = {8, 1, 1};
    settings_.identity.second_factor_required.clear();
    serving_ = std::make_unique<Serving>(surroundings_, clock_, settings_,
                                         [this](const http::AccessEntry& entry) { log_.add(entry); });
  }

  void write(const std::function<void(audit::Work&)>& use_case) {
    Service& service = serving_->service();
    service.database().write([&](db::Session& session) {
      audit::Work work(session, clock_.now(), service.ids(), "command:test", service.keys());
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }

  static std::string number_of(const std::string& county, int serial) {
    std::string digits = county + "19400302" + std::to_string(1000 + serial).substr(1);
    return digits + citizen_number_check(digits);
  }
  /// 85 years old and alone: owed two home visits a month by luzhou-2023.
  registry::PersonKey register_person(const std::string& county, const std::string& village, int serial) {
    registry::PersonStatement said;
    said.citizen_number = number_of(county, serial);
    said.birth_date = *Date::parse("1940-03-02");
    said.sex = serial % 2 ? Sex::male : Sex::female;
    said.name = "张三";
    said.area = village;
    said.phone = "1380000" + std::to_string(1000 + serial);
    said.facts = {{"children", "[]"}, {"living_with", "[]"}, {"has_spouse", "false"}, {"willing", "true"}};
    registry::Terms terms{
        county, registry::Source::ledger, "", *Date::parse("2025-01-01"), *Date::parse("2025-01-01"), "ledger:test"};
    registry::PersonKey key;
    write([&](audit::Work& work) {
      key = registry::register_people(work, serving_->service().classifier(), terms, std::span(&said, 1)).at(0).person;
    });
    return key;
  }

  /// An account of the role in the area, signed in once and kept.
  Client as(identity::Role role, const std::string& area) {
    std::string login = std::string(to_text(role)) + "." + (area.empty() ? "nation" : area);
    auto known = clients_.find(login);
    if (known != clients_.end()) return known->second;
    identity::Principal operator_ = identity::operator_at_command();
    if (role == identity::Role::machine) return clients_[login] = machine(login, area);
    identity::create_account(serving_->service().identity(), clock_.now(), "command:test", operator_,
                             {login, "测试员", role, area}, kPassword);
    return clients_[login] = sign_in(login, kPassword);
  }
  /// With all that its county may give it.
  static identity::Permissions machine_permissions() {
    return identity::permissions_of(identity::Role::machine) & identity::permissions_of(identity::Role::county_bureau);
  }
  Client machine(const std::string& login, const std::string& area) {
    Client county = as(identity::Role::county_bureau, area.substr(0, 6));
    js::object made = json_of(
        post(county, "/accounts", js::object{{"login", login}, {"name", "接口"}, {"role", "machine"}, {"area", area}}));
    js::array permissions;
    for (std::size_t i = 0; i < identity::kPermissions; ++i) {
      if (machine_permissions()[i]) permissions.emplace_back(to_text(static_cast<identity::Permission>(i)));
    }
    http::Answer issued = post(county, "/accounts/" + std::string(made.at("id").as_string()) + "/tokens",
                               js::object{{"name", "测试"},
                                          {"area", area},
                                          {"last_day", china_date(clock_.now()).iso()},
                                          {"permissions", std::move(permissions)}});
    EXPECT_EQ(issued.status, 201) << issued.body;
    return {"", "", std::string(json_of(issued).at("token").as_string())};
  }
  Client sign_in(const std::string& login, const std::string& password) {
    http::Answer answer = ask({}, "POST", "/sessions", js::object{{"login", login}, {"password", password}});
    EXPECT_EQ(answer.status, 201) << answer.body;
    if (answer.status != 201) return {};
    std::string cookie = answer.value("set-cookie");
    return {cookie.substr(0, cookie.find(';')), std::string(js::parse(answer.body).at("csrf").as_string()), ""};
  }

  http::Answer ask(const Client& client, const std::string& method, const std::string& path,
                   const js::value& body = nullptr, const std::string& more = "") {
    std::string head = method + " " + (path.starts_with("/metrics") ? "" : std::string(kRoot)) + path +
                       " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + more;
    if (!client.cookie.empty()) head += "Cookie: " + client.cookie + "\r\n";
    if (!client.csrf.empty()) head += "X-CSRF-Token: " + client.csrf + "\r\n";
    if (!client.bearer.empty()) head += "Authorization: Bearer " + client.bearer + "\r\n";
    std::string text = body.is_null() ? "" : js::serialize(body);
    if (!text.empty()) head += "Content-Type: application/json\r\n";
    if (method != "GET") head += "Content-Length: " + std::to_string(text.size()) + "\r\n";
    http::TestClient wire(serving_->port());
    return wire.ask(head + "\r\n" + text);
  }
  /// A phone of an account of the role in the area, invited by its county.
  Phone bind(identity::Role role, const std::string& area) {
    as(role, area);
    return bind(std::string(to_text(role)) + "." + area, area);
  }
  Phone bind(const std::string& login, const std::string& area) {
    http::Answer invited = post(as(identity::Role::county_bureau, area.substr(0, 6)),
                                "/accounts/" + account_id(login) + "/device-invitation", js::object());
    EXPECT_EQ(invited.status, 201) << invited.body;
    Phone phone;
    phone.secret = crypto::to_base64(std::string(32, 's'));
    js::object fresh{{"token", json_of(invited).at("token")},
                     {"label", "测试手机"},
                     {"reading_digest", crypto::to_base64(crypto::sha256(std::string(32, 's')))}};
    http::Answer bound = post({}, "/devices", fresh);
    EXPECT_EQ(bound.status, 201) << bound.body;
    js::object state = json_of(bound);
    std::string cookie = bound.value("set-cookie");
    phone.cookie = cookie.substr(0, cookie.find(';'));
    phone.device = std::string(state.at("device").as_string());
    phone.key = std::string(state.at("key").at("id").as_string());
    phone.spki = crypto::from_base64(std::string(state.at("key").at("spki").as_string())).value();
    return phone;
  }
  std::string account_id(const std::string& login) {
    std::optional<identity::Account> found;
    serving_->service().database().read([&](db::Session& session) { found = identity::find_account(session, login); });
    return format_id(found.value().id);
  }
  http::Answer ask_phone(const Phone& phone, const std::string& method, const std::string& path,
                         const js::value& body = nullptr, const std::string& more = "") {
    return ask({phone.cookie, "", ""}, method, path, body, "X-Tanfang-Device: " + phone.device + "\r\n" + more);
  }
  /// What the phone sends: sealed for the server as a browser does.
  js::object parcel(const Phone& phone, const std::string& kind, const std::string& key, const std::string& content) {
    std::string context = "tanfang-parcel-1|" + phone.device + "|" + kind + "|" + key;
    crypto::Envelope sealed = crypto::seal_envelope(phone.spki, content, context);
    return {{"key", key},
            {"kind", kind},
            {"sealed", js::object{{"key_id", phone.key},
                                  {"wrapped_key", crypto::to_base64(sealed.wrapped_key)},
                                  {"iv", crypto::to_base64(sealed.iv)},
                                  {"data", crypto::to_base64(sealed.data)}}},
            {"sent_at", format_instant(clock_.now())},
            {"saved_order", 1}};
  }
  http::Answer send(const Phone& phone, const std::string& kind, const std::string& key, const std::string& content) {
    return ask_phone(phone, "POST", "/device/parcels", parcel(phone, kind, key, content));
  }
  /// The content of a visit as a phone has it.
  static js::object phone_visit(const std::string& person, const std::string& day) {
    js::object made = visit("", person, day);
    made["person"] = person;
    made.erase("key");
    made.erase("visitor");
    made["form_version"] = 1;
    made["attachments"] = js::array();
    return made;
  }
  http::Answer get(const Client& client, const std::string& path) { return ask(client, "GET", path); }
  http::Answer post(const Client& client, const std::string& path, const js::value& body,
                    const std::string& more = "") {
    return ask(client, "POST", path, body, more);
  }
  static js::object json_of(const http::Answer& answer) {
    js::error_code error;
    js::value value = js::parse(answer.body, error);
    EXPECT_FALSE(error) << answer.status << " " << answer.body;
    return value.is_object() ? value.as_object() : js::object();
  }
  std::string path_of(const registry::PersonKey& person) { return "/people/" + format_id(person.id); }
  /// `If-Match` with the tag that the person's file has now.
  std::string match(const Client& client, const registry::PersonKey& person) {
    return "If-Match: " + get(client, path_of(person)).value("etag") + "\r\n";
  }

  static js::object visit(const std::string& key, const std::string& person, const std::string& day) {
    return {{"key", key},
            {"person", js::object{{"id", person}}},
            {"visitor", "v1"},
            {"method", "home"},
            {"started_at", day + "T09:00"},
            {"ended_at", day + "T09:20"},
            {"outcome", "met"},
            {"form", "luzhou-2023/visit"},
            {"answers", js::parse(R"({"family_size":"unchanged","expression":"unchanged","mobility":"unchanged",
              "disease":"unchanged","mood":"unchanged","gas":"safe","plumbing_heating":"safe","electricity":"safe",
              "personal_hygiene":"unchanged","home_hygiene":"unchanged","indoor":"unchanged"})")}};
  }

  FixedClock clock_{*parse_instant("2025-06-20T09:00")};
  Settings settings_;
  std::unique_ptr<db::TestDatabase> database_;
  Surroundings surroundings_;
  http::TestLog log_;
  std::unique_ptr<Serving> serving_;
  std::map<std::string, Client> clients_;
  registry::PersonKey key_;
  registry::PersonKey neighbour_;
  registry::PersonKey stranger_;
};

}  // namespace tanfang::app::server
