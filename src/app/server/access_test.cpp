// Who comes in where: every route with every role, with nobody and with a phone.
#include "app/server/api.h"
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;
using Kind = Access::Kind;

const std::map<Role, std::string> kAreas = {
    {Role::visitor, kVillage},           {Role::village_clerk, kVillage},  {Role::town_office, kTown},
    {Role::county_bureau, kCounty},      {Role::city_supervisor, "5105"},  {Role::province_supervisor, "51"},
    {Role::department_liaison, kCounty}, {Role::care_organisation, kTown}, {Role::auditor, kCounty},
    {Role::security_officer, kCounty},   {Role::system_administrator, ""}, {Role::machine, kCounty}};

class AccessTest : public ServerTest {
 protected:
  /// All there is, the one beside the interface too.
  std::vector<Endpoint> endpoints() const {
    std::vector<Endpoint> all = serving_->api().endpoints();
    all.push_back({http::Method::get, "/metrics", Access::needs({identity::Permission::metrics_read}), nullptr, {}});
    return all;
  }
  /// The least that comes past the reading of the request; of whatever it names there is none.
  http::Answer try_out(const Client& client, const Endpoint& endpoint, const std::string& more = "") {
    std::string path = endpoint.pattern;
    for (std::size_t open; (open = path.find('{')) != std::string::npos;) {
      path.replace(open, path.find('}') - open + 1, "0000000000001");
    }
    std::string method(http::name_of(endpoint.method));
    if (endpoint.body.kind == http::BodyKind::none) return ask(client, method, path, nullptr, more);
    if (endpoint.body.kind != http::BodyKind::multipart) return ask(client, method, path, js::object(), more);
    const std::string form = "--x\r\nContent-Disposition: form-data; name=\"area\"\r\n\r\n" + kCounty + "\r\n--x--\r\n";
    std::string head = method + " " + std::string(kRoot) + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + more;
    if (!client.cookie.empty()) head += "Cookie: " + client.cookie + "\r\nX-CSRF-Token: " + client.csrf + "\r\n";
    if (!client.bearer.empty()) head += "Authorization: Bearer " + client.bearer + "\r\n";
    http::TestClient wire(serving_->port());
    return wire.ask(head + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " +
                    std::to_string(form.size()) + "\r\n\r\n" + form);
  }
  static std::string told(const Endpoint& endpoint, const http::Answer& answer) {
    return std::string(http::name_of(endpoint.method)) + " " + endpoint.pattern + " " + std::to_string(answer.status) +
           " " + answer.body;
  }
};
TANFANG_ON_EACH_ENGINE(AccessTest);

/// Closed unless the table grants it.
TEST_P(AccessTest, OpensEveryRouteToTheRolesWhomTheTableGrantsItAndToNoOther) {
  ASSERT_EQ(kAreas.size(), identity::kRoles);
  for (const auto& [role, area] : kAreas) {
    Client client = as(role, area);
    identity::Principal principal;
    principal.permissions = role == Role::machine ? machine_permissions() : identity::permissions_of(role);
    std::size_t forms = 0;
    for (const Endpoint& endpoint : endpoints()) {
      if (endpoint.access.kind != Kind::permitted) continue;
      forms += endpoint.body.kind == http::BodyKind::multipart;
      http::Answer answer = try_out(client, endpoint);
      EXPECT_EQ(http::code_of(answer) == "identity.forbidden", !endpoint.access.grants(principal))
          << to_text(role) << " " << told(endpoint, answer);
      EXPECT_LT(answer.status, 500) << told(endpoint, answer);
    }
    EXPECT_GE(forms, 2u) << "ledgers and scans come as forms";
  }
}

/// What is open to all who are signed in: to every role, and never by a phone's cookie.
TEST_P(AccessTest, OpensTheRoutesOfASessionToEveryRole) {
  for (const auto& [role, area] : kAreas) {
    for (const Endpoint& endpoint : endpoints()) {
      if (endpoint.access.kind != Kind::signed_in) continue;
      http::Answer answer = try_out(as(role, area), endpoint);
      EXPECT_NE(answer.status, 401) << to_text(role) << " " << told(endpoint, answer);
      EXPECT_LT(answer.status, 500) << told(endpoint, answer);
      // Whoever has signed out signs in again.
      if (role != Role::machine && endpoint.method == http::Method::del && endpoint.pattern == "/session") {
        std::string login = std::string(to_text(role)) + "." + (area.empty() ? "nation" : area);
        clients_[login] = sign_in(login, kPassword);
      }
    }
  }
}

TEST_P(AccessTest, OpensNothingToNobodyThatIsNotForAnybody) {
  for (const Endpoint& endpoint : endpoints()) {
    if (endpoint.access.kind == Kind::anybody) continue;
    http::Answer answer = try_out({}, endpoint);
    EXPECT_EQ(answer.status, 401) << told(endpoint, answer);
    EXPECT_EQ(http::code_of(answer), endpoint.access.kind == Kind::device ? "device.needed" : "session.needed")
        << told(endpoint, answer);
  }
}

TEST_P(AccessTest, OpensRoutesOfPhonesToPhonesAndToNoRole) {
  std::size_t routes = 0;
  for (const Endpoint& endpoint : endpoints()) {
    if (endpoint.access.kind != Kind::device) continue;
    ++routes;
    for (const auto& [role, area] : kAreas) {
      EXPECT_EQ(http::code_of(try_out(as(role, area), endpoint)), "device.needed")
          << to_text(role) << " " << endpoint.pattern;
    }
    Phone phone = bind(Role::visitor, kVillage);
    Client by_cookie{phone.cookie, "", ""};
    if (endpoint.method != http::Method::get) {
      EXPECT_EQ(http::code_of(try_out(by_cookie, endpoint)), "device.header") << endpoint.pattern;
    }
    http::Answer answer =
        try_out(by_cookie, endpoint,
                "X-Tanfang-Device: " + phone.device + "\r\nX-Tanfang-Reading: " + phone.secret + "\r\n");
    EXPECT_TRUE(answer.status < 500 && answer.status != 401 && answer.status != 403) << told(endpoint, answer);
  }
  EXPECT_EQ(routes, 4u);
}

TEST_P(AccessTest, OpensNoRouteOfAccountsToAPhone) {
  Phone phone = bind(Role::visitor, kVillage);
  for (const Endpoint& endpoint : endpoints()) {
    if (endpoint.access.kind == Kind::anybody || endpoint.access.kind == Kind::device) continue;
    http::Answer answer = try_out({phone.cookie, "", ""}, endpoint, "X-Tanfang-Device: " + phone.device + "\r\n");
    EXPECT_EQ(http::code_of(answer), "session.needed") << told(endpoint, answer);
  }
}

}  // namespace
}  // namespace tanfang::app::server
