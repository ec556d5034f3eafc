// The wrapper: who comes in, what is told to whom, and that nothing is done twice.
#include "app/server/api.h"

#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class ApiTest : public ServerTest {};
TANFANG_ON_EACH_ENGINE(ApiTest);

std::string without_request(const http::Answer& answer) {
  js::object body = js::parse(answer.body).as_object();
  body.erase("request");
  return js::serialize(body);
}

TEST_P(ApiTest, AsksForASessionAndForItsProofOnChanges) {
  EXPECT_EQ(code_of(get({}, path_of(key_))), "session.needed");
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(get(clerk, path_of(key_)).status, 200);
  Client forged = clerk;
  forged.csrf = "x";
  EXPECT_EQ(code_of(post(forged, "/visits", visit("a", format_id(key_.id), "2025-06-10"))), "session.csrf");
  EXPECT_EQ(
      code_of(post(clerk, "/visits", visit("a", format_id(key_.id), "2025-06-10"), "Sec-Fetch-Site: cross-site\r\n")),
      "session.cross_site");
  EXPECT_EQ(code_of(get({"", "", "no-such-token"}, path_of(key_))), "session.needed");
  EXPECT_EQ(code_of(get({"tanfang=no-such-session", "", ""}, path_of(key_))), "session.needed");
}

TEST_P(ApiTest, AnswersAlikeForStrangersAndForNobody) {
  Client clerk = as(Role::village_clerk, kVillage);
  http::Answer nobody = get(clerk, "/people/0000000000001");
  EXPECT_EQ(nobody.status, 404);
  for (const auto& person : {neighbour_, stranger_}) {
    http::Answer outside = get(clerk, path_of(person));
    EXPECT_EQ(outside.status, 404);
    EXPECT_EQ(without_request(outside), without_request(nobody));
  }
  js::object search{{"citizen_number", number_of(kOtherCounty, 3)}};
  EXPECT_EQ(json_of(post(clerk, "/people/search", search)).at("people").as_array().size(), 0u);
  search["citizen_number"] = number_of(kCounty, 1);
  EXPECT_EQ(json_of(post(clerk, "/people/search", search)).at("people").as_array().size(), 1u);
  EXPECT_EQ(code_of(post(clerk, "/people/search", js::object{{"name", "张"}, {"area", kCounty}})),
            "identity.outside_area");
  http::Answer seen = post(clerk, "/visits", visit("b", format_id(neighbour_.id), "2025-06-10"));
  http::Answer unseen = post(clerk, "/visits", visit("c", "0000000000001", "2025-06-10"));
  EXPECT_EQ(seen.status, 422);
  EXPECT_EQ(without_request(seen), without_request(unseen));
}

TEST_P(ApiTest, NamesEveryFaultOfAnInputAtOnce) {
  Client clerk = as(Role::village_clerk, kVillage);
  http::Answer answer = post(clerk, "/people/search", js::object{{"nmae", "张"}, {"limit", 0}, {"area", "12345"}});
  EXPECT_EQ(code_of(answer), "request.invalid");
  for (const char* part : {"nmae", "field.unknown", "limit", "field.type", "area"}) {
    EXPECT_NE(answer.body.find(part), std::string::npos) << part << answer.body;
  }
  EXPECT_EQ(code_of(ask(clerk, "POST", "/people/search", js::array{})), "body.object");
  http::Answer missing = post(clerk, path_of(key_) + "/reveal", js::object{});
  EXPECT_NE(missing.body.find("field.missing"), std::string::npos) << missing.body;
  EXPECT_EQ(code_of(get(clerk, "/visits?from=2025-06-31")), "request.invalid");
  EXPECT_NE(get(clerk, "/visits?limit=5&limit=6").body.find("field.repeated"), std::string::npos);
  http::Answer cursor = get(clerk, "/visits?cursor=x");
  EXPECT_EQ(code_of(cursor), "request.cursor");
  EXPECT_EQ(json_of(cursor).at("fields").at(0).at("field"), "cursor");
  http::TestClient wire(serving_->port());
  EXPECT_EQ(code_of(wire.ask(
                "POST " + std::string(kRoot) + "/people/search HTTP/1.1\r\nHost: h\r\nCookie: " + clerk.cookie +
                "\r\nX-CSRF-Token: " + clerk.csrf + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")),
            "body.type");
}

TEST_P(ApiTest, TellsOfParametersThatARouteDoesNotRead) {
  Client county = as(Role::county_bureau, kCounty);
  for (std::string path : {path_of(key_), std::string("/schemes"), std::string("/session/views")}) {
    http::Answer answer = get(county, path + "?aera=510521");
    EXPECT_EQ(answer.status, 422) << path;
    EXPECT_EQ(json_of(answer).at("fields").at(0).at("field"), "aera") << path;
  }
  js::object view{{"screen", "people"}, {"name", "n"}, {"view", js::object{}}};
  EXPECT_EQ(code_of(post(county, "/session/views?shared=true", view)), "request.invalid");
  EXPECT_EQ(json_of(get(county, "/session/views")).at("views").as_array().size(), 0u);
  EXPECT_EQ(post(county, "/session/views", view).status, 201);
}

TEST_P(ApiTest, RefusesValuesOfAnotherKindThanTheDocumentSays) {
  Client county = as(Role::county_bureau, kCounty);
  auto refused = [&](const js::object& body, const char* field) {
    http::Answer answer = post(county, "/people/search", body);
    EXPECT_EQ(code_of(answer), "request.invalid") << answer.body;
    EXPECT_EQ(json_of(answer).at("fields").at(0).at("field").as_string(), field);
  };
  refused({{"name", true}}, "name");
  refused({{"name", "张"}, {"limit", "5"}}, "limit");
  refused({{"name", "张"}, {"limit", 1.5}}, "limit");
  refused({{"name", "张"}, {"area", 510521}}, "area");
  http::Answer answer = post(as(Role::village_clerk, kVillage), path_of(key_) + "/consents",
                             js::object{{"kind", "photo"}, {"given", "true"}});
  EXPECT_EQ(code_of(answer), "request.invalid") << answer.body;
}

/// A slip in a code would else make an account that reaches nobody, or an empty list that reads like peace.
TEST_P(ApiTest, RefusesAnAreaThatNobodyKnows) {
  Client county = as(Role::county_bureau, kCounty);
  const std::string nowhere = "510521999";
  auto refused = [&](const http::Answer& answer, const std::string& field) {
    EXPECT_EQ(code_of(answer), "request.invalid") << answer.body;
    js::array errors = json_of(answer).at("fields").as_array();
    ASSERT_EQ(errors.size(), 1u) << answer.body;
    EXPECT_EQ(errors[0].at("field").as_string(), field);
    EXPECT_EQ(errors[0].at("code"), "area.unknown");
  };
  js::object account{{"login", "wang.wu"}, {"name", "王五"}, {"role", "town_office"}, {"area", nowhere}};
  refused(post(county, "/accounts", account), "area");
  account["area"] = kTown;
  std::string path = "/accounts/" + std::string(json_of(post(county, "/accounts", account)).at("id").as_string());
  std::string seen = "If-Match: " + get(county, path).value("etag") + "\r\n";
  refused(ask(county, "PATCH", path, js::object{{"area", nowhere}}, seen), "area");
  refused(post(county, "/people",
               js::object{{"citizen_number", number_of(kCounty, 9)}, {"name", "王五"}, {"area", nowhere}}),
          "area");
  refused(post(county, "/transfers", js::object{{"citizen_number", number_of(kCounty, 1)}, {"to_area", nowhere}}),
          "to_area");
  refused(get(county, "/visits?area=" + nowhere), "area");
  refused(get(county, "/plan/obligations?month=2025-06&area=" + nowhere), "area");
}

TEST_P(ApiTest, AnswersASecondDeliveryLikeTheFirst) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object consent{{"kind", "photo"}, {"given", true}};
  std::string first_match = match(clerk, key_);
  std::string key = "Idempotency-Key: k-1\r\n";
  http::Answer first = post(clerk, path_of(key_) + "/consents", consent, key + first_match);
  ASSERT_EQ(first.status, 200) << first.body;
  http::Answer second = post(clerk, path_of(key_) + "/consents", consent, key + first_match);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.value("idempotency-replayed"), "true");
  EXPECT_EQ(json_of(get(clerk, path_of(key_))).at("consents").as_array().size(), 1u);
  consent["given"] = false;
  EXPECT_EQ(code_of(post(clerk, path_of(key_) + "/consents", consent, key + first_match)), "idempotency.reused");
  EXPECT_EQ(code_of(post(clerk, path_of(key_) + "/consents", consent,
                         "Idempotency-Key: " + std::string(101, 'k') + "\r\n" + first_match)),
            "idempotency.key");
}

/// So that whoever goes on with the second answer can.
TEST_P(ApiTest, ASecondDeliveryGetsTheTagAndTheAddressToo) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object fresh{{"citizen_number", number_of(kCounty, 31)}, {"name", "李四"}, {"area", kVillage}};
  http::Answer first = post(clerk, "/people", fresh, "Idempotency-Key: k-2\r\n");
  ASSERT_EQ(first.status, 201) << first.body;
  http::Answer second = post(clerk, "/people", fresh, "Idempotency-Key: k-2\r\n");
  EXPECT_EQ(second.value("idempotency-replayed"), "true");
  for (const char* name : {"etag", "location"}) {
    EXPECT_NE(first.value(name), "(none)") << name;
    EXPECT_EQ(second.value(name), first.value(name)) << name;
  }
}

TEST_P(ApiTest, AnswersAnAddressOnlySoOftenAMinute) {
  settings_.limits.requests_a_minute = 3;
  settings_.limits.body_bytes = 1024;
  serving_.reset();
  start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(get({}, "/session").status, 401);
  http::Answer fourth = get({}, "/session");
  EXPECT_EQ(code_of(fourth), "request.too_many");
  EXPECT_EQ(fourth.value("retry-after"), "60");
  clock_.set(*parse_instant("2025-06-20T09:01"));
  http::Answer next = get({}, "/session");
  EXPECT_EQ(next.status, 401);
  EXPECT_EQ(next.value("www-authenticate"), "Bearer");
}

TEST_P(ApiTest, AFloodOfMadeUpSessionsIsNotLookedUp) {
  Client clerk = as(Role::village_clerk, kVillage);
  settings_.limits.requests_a_minute = 2;
  serving_.reset();
  start();
  Client made_up{"tanfang=" + std::string(43, 'a'), "", ""};
  auto reads = [&] {
    return serving_->service().database().reads().done + serving_->service().database().reads().refused;
  };
  EXPECT_EQ(get(made_up, "/session").status, 401);
  for (int i = 0; i < 5; ++i) get(made_up, "/session");
  EXPECT_EQ(code_of(get(made_up, "/session")), "request.too_many");
  EXPECT_EQ(get(clerk, "/session").status, 200) << "a neighbour who asks too often shuts nobody out";
  for (int i = 0; i < 20; ++i) get(made_up, "/session");
  auto before = reads();
  http::Answer flooded = get(made_up, "/session");
  EXPECT_EQ(code_of(flooded), "request.too_many");
  EXPECT_EQ(flooded.value("retry-after"), "60");
  EXPECT_EQ(reads(), before);
}

/// As an import or a month that is opened may take.
TEST_P(ApiTest, WhoReadsDoesNotWaitForALongWrite) {
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(get(clerk, "/session").status, 200);
  clock_.set({clock_.now().milliseconds + identity::kMinute});
  serving_->service().database().write([&](db::Session&) {
    EXPECT_EQ(get(clerk, "/session").status, 200);
    auto writes = serving_->service().database().writes();
    EXPECT_EQ(writes.running + writes.waiting, 1u) << "nothing waits for this one";
  });
}

/// Behind one address there may be a whole county.
TEST_P(ApiTest, AnswersAnAccountOnlySoOftenAMinute) {
  Client clerk = as(Role::village_clerk, kVillage);
  Client town = as(Role::town_office, kTown);
  settings_.limits.requests_a_minute = 1;
  settings_.limits.body_bytes = 1024;
  serving_.reset();
  start();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(get(clerk, "/session").status, 200) << i;
  http::Answer further = get(clerk, "/session");
  EXPECT_EQ(code_of(further), "request.too_many_of_account");
  EXPECT_EQ(further.value("retry-after"), "60");
  EXPECT_EQ(get(town, "/session").status, 200);
  EXPECT_EQ(post(town, "/people/search", js::object{{"name", std::string(2000, 'a')}}).status, 413);
}

TEST_P(ApiTest, RefusesAnEditOfWhatSomebodyElseHasChanged) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object facts{{"facts", js::object{{"dementia", true}}}};
  EXPECT_EQ(code_of(post(clerk, path_of(key_) + "/facts", facts)), "precondition.needed");
  std::string seen = match(clerk, key_);
  EXPECT_EQ(post(clerk, path_of(key_) + "/facts", facts, seen).status, 200);
  facts["facts"].as_object()["dementia"] = false;
  EXPECT_EQ(code_of(post(clerk, path_of(key_) + "/facts", facts, seen)), "precondition.failed");
}

TEST_P(ApiTest, KeepsWhatIsPersonalOutOfTheLog) {
  Client clerk = as(Role::village_clerk, kVillage);
  get(clerk, path_of(key_));
  post(clerk, "/people/search", js::object{{"citizen_number", number_of(kCounty, 1)}});
  for (const http::AccessEntry& entry : log_.all()) {
    std::string line = http::json_line(entry);
    for (const std::string& secret : {format_id(key_.id), number_of(kCounty, 1), std::string("127.0.0.1")}) {
      EXPECT_EQ(line.find(secret), std::string::npos) << line;
    }
  }
}

TEST_P(ApiTest, TellsItsHealthToAnybodyAndItsFiguresToWhomTheyAreGranted) {
  http::TestClient wire(serving_->port());
  http::Answer health = wire.ask("GET /health HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(health.body, R"({"status":"ok"})");
  EXPECT_EQ(get({}, "/metrics").status, 401);
  EXPECT_EQ(get(as(Role::village_clerk, kVillage), "/metrics").status, 403);
  http::Answer metrics = get(as(Role::system_administrator, ""), "/metrics");
  EXPECT_NE(metrics.body.find(R"(tanfang_http_requests_total{method="POST",route="/api/v1/sessions",status="201"} )"),
            std::string::npos)
      << metrics.body;
  for (const char* name :
       {"tanfang_http_turned_away_total 0", "tanfang_http_event_streams_cut_total 0",
        "tanfang_log_lines_dropped_total 0", "tanfang_db_transactions_total{kind=\"write\",outcome=\"done\"} ",
        "tanfang_db_transactions_total{kind=\"read\",outcome=\"refused\"} ",
        "tanfang_db_transactions{kind=\"write\",state=\"waiting\"} 0",
        "tanfang_db_transaction_seconds_total{kind=\"write\",state=\"running\"} 0.", "tanfang_jobs_due ",
        "process_cpu_seconds_total ", "process_resident_memory_bytes "}) {
    EXPECT_NE(metrics.body.find(name), std::string::npos) << name << "\n" << metrics.body;
  }
  EXPECT_EQ(metrics.body.find("tanfang_db_connections_most") != std::string::npos, GetParam() == "postgresql");
}

}  // namespace
}  // namespace tanfang::app::server
