// Emergencies over HTTP: reported once, told at once, acknowledged, closed.
#include "alarms/alarms.h"
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class EmergencyRoutesTest : public ServerTest {
 protected:
  js::object fall() {
    return {{"what", "fall"},
            {"at", "2025-06-20T08:50:00+08:00"},
            {"person", format_id(key_.id)},
            {"where", "灶房"},
            {"called", js::array{js::object{{"who", "120"}, {"at", "2025-06-20T08:52:00+08:00"}}}}};
  }
  std::string report(const Client& client, const std::string& key) {
    http::Answer answer = post(client, "/emergencies", fall(), "Idempotency-Key: " + key + "\r\n");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  /// Opens the stream of events of the area.
  std::unique_ptr<http::TestClient> follow(const Client& client, const std::string& area) {
    auto wire = std::make_unique<http::TestClient>(serving_->port());
    wire->send("GET " + std::string(kRoot) + "/emergencies/events?area=" + area +
               " HTTP/1.1\r\nHost: h\r\nCookie: " + client.cookie + "\r\n\r\n");
    EXPECT_NE(wire->read_until("\r\n\r\n").find("200"), std::string::npos);
    return wire;
  }
  std::int64_t counted(const Client& client, const std::string& list) {
    js::array lists = json_of(get(client, "/work-lists")).at("lists").as_array();
    for (const js::value& each : lists) {
      if (each.at("list").as_string() == list) return each.at("count").as_int64();
    }
    return -1;
  }
};
TANFANG_ON_EACH_ENGINE(EmergencyRoutesTest);

TEST_P(EmergencyRoutesTest, VillageTownAndCountyAreToldAtOnceAndOneAnswers) {
  Client visitor = as(Role::visitor, kVillage);
  Client clerk = as(Role::village_clerk, kVillage);
  Client town = as(Role::town_office, kTown);
  Client county = as(Role::county_bureau, kCounty);
  auto at_village = follow(clerk, kVillage);
  auto at_county = follow(county, kCounty);
  std::string id = report(visitor, "e1");
  EXPECT_EQ(report(visitor, "e1"), id) << "the same key is the same report";
  for (http::TestClient* wire : {at_village.get(), at_county.get()}) {
    EXPECT_NE(wire->read_until("\"reported\"}").find(id), std::string::npos);
  }
  EXPECT_EQ(counted(clerk, "emergencies"), 1);
  EXPECT_EQ(counted(county, "emergencies"), 1);
  EXPECT_EQ(counted(visitor, "emergencies"), -1);
  js::object listed = json_of(get(town, "/emergencies?state=reported")).at("emergencies").as_array().at(0).as_object();
  EXPECT_EQ(listed.at("id"), js::value(id));
  EXPECT_EQ(listed.at("area"), js::value(kVillage));
  EXPECT_EQ(listed.at("person").at("name"), "张三");
  EXPECT_EQ(listed.at("where"), "灶房");
  EXPECT_EQ(listed.at("called").at(0).at("who"), "120");
  EXPECT_EQ(listed.at("reported_by"), js::value("account:visitor." + kVillage));
  http::Answer seen = post(town, "/emergencies/" + id + "/acknowledgement", nullptr);
  EXPECT_EQ(json_of(seen).at("state"), "acknowledged") << seen.body;
  EXPECT_NE(at_village->read_until("\"acknowledged\"}").find(id), std::string::npos);
  EXPECT_EQ(counted(clerk, "emergencies"), 0);
  http::Answer closed = post(clerk, "/emergencies/" + id + "/closing", js::object{{"outcome", "送县医院"}});
  EXPECT_EQ(json_of(closed).at("outcome"), "送县医院") << closed.body;
  EXPECT_NE(at_county->read_until("\"closed\"}").find(id), std::string::npos);
  EXPECT_EQ(code_of(post(town, "/emergencies/" + id + "/closing", js::object{{"outcome", "再次"}})),
            "emergency.closed");
  EXPECT_EQ(json_of(get(county, "/emergencies/" + id)).at("acknowledged_by"),
            js::value("account:town_office." + kTown));
  EXPECT_TRUE(json_of(get(town, "/emergencies?state=reported")).at("emergencies").as_array().empty());
}

TEST_P(EmergencyRoutesTest, ACountyMayLeaveItsOwnOfficeOut) {
  Client visitor = as(Role::visitor, kVillage);
  Client clerk = as(Role::village_clerk, kVillage);
  Client town = as(Role::town_office, kTown);
  Client county = as(Role::county_bureau, kCounty);
  const std::string path = "/emergencies/telling";
  http::Answer shown = get(town, path);
  EXPECT_EQ(json_of(shown).at("county_told"), true) << "unless the county says otherwise";
  std::string seen = "If-Match: " + shown.value("etag") + "\r\n";
  EXPECT_EQ(ask(town, "PUT", path, js::object{{"county_told", false}}).status, 403);
  EXPECT_EQ(code_of(ask(county, "PUT", path, js::object())), "request.invalid");
  EXPECT_EQ(code_of(ask(county, "PUT", path, js::object{{"county_told", false}})), "precondition.needed");
  EXPECT_EQ(json_of(ask(county, "PUT", path, js::object{{"county_told", false}}, seen)).at("county"),
            js::value(kCounty));
  EXPECT_EQ(code_of(ask(county, "PUT", path, js::object{{"county_told", false}}, seen)), "precondition.failed");
  EXPECT_EQ(json_of(get(clerk, path)).at("county_told"), false);
  auto at_county = follow(county, kCounty);
  auto at_town = follow(town, kTown);
  std::string quiet = report(visitor, "e1");
  EXPECT_NE(at_town->read_until("\"reported\"}").find(quiet), std::string::npos);
  EXPECT_EQ(counted(clerk, "emergencies"), 1);
  EXPECT_EQ(counted(town, "emergencies"), 1);
  EXPECT_EQ(counted(county, "emergencies"), 0);
  EXPECT_EQ(json_of(get(county, "/emergencies/" + quiet)).at("state"), "reported") << "it may still look";
  seen = "If-Match: " + get(county, path).value("etag") + "\r\n";
  EXPECT_EQ(ask(county, "PUT", path, js::object{{"county_told", true}}, seen).status, 200);
  EXPECT_EQ(counted(county, "emergencies"), 1);
  std::string loud = report(visitor, "e2");
  std::string told = at_county->read_until("\"reported\"}");
  EXPECT_NE(told.find(loud), std::string::npos);
  EXPECT_EQ(told.find(quiet), std::string::npos) << "it was not told of this one";
  js::array trail =
      json_of(get(as(Role::auditor, kCounty), "/audit?kind=emergency_telling_changed")).at("entries").as_array();
  EXPECT_EQ(trail.size(), 2u);
}

TEST_P(EmergencyRoutesTest, WhatCameAnotherWayIsToldToo) {
  auto wire = follow(as(Role::town_office, kTown), kTown);
  // As another process or a phone's parcel does it: nobody asks this one to look.
  write([&](audit::Work& work) {
    alarms::Report said = alarms::read_report(R"({"what":"fire"})");
    alarms::report_emergency(work, {kCounty, kOtherVillage, Id{}, "account:a", "k1", 0}, said);
    alarms::report_emergency(work, {kCounty, kVillage, Id{}, "account:a", "k2", 0}, said);
  });
  std::string told = wire->read_until("\"reported\"}");
  EXPECT_NE(told.find(kVillage), std::string::npos);
  EXPECT_EQ(told.find(kOtherVillage), std::string::npos) << "not theirs";
}

TEST_P(EmergencyRoutesTest, NobodySeesWhatIsNotTheirs) {
  std::string id = report(as(Role::visitor, kVillage), "e1");
  Client neighbour = as(Role::village_clerk, kOtherVillage);
  Client stranger = as(Role::county_bureau, kOtherCounty);
  EXPECT_EQ(code_of(get(neighbour, "/emergencies/" + id)), "emergency.unknown");
  EXPECT_EQ(code_of(get(stranger, "/emergencies/" + id)), "emergency.unknown");
  EXPECT_EQ(code_of(post(neighbour, "/emergencies/" + id + "/acknowledgement", nullptr)), "emergency.unknown");
  EXPECT_EQ(code_of(post(neighbour, "/emergencies/" + id + "/closing", js::object{{"outcome", "误报"}})),
            "emergency.unknown");
  EXPECT_EQ(code_of(get(neighbour, "/emergencies?area=" + kVillage)), "identity.outside_area");
  EXPECT_EQ(code_of(get(neighbour, "/emergencies/events?area=" + kVillage)), "identity.outside_area");
  EXPECT_EQ(code_of(get(as(Role::visitor, kVillage), "/emergencies")), "identity.forbidden");
  EXPECT_EQ(code_of(post(as(Role::auditor, kCounty), "/emergencies", fall())), "identity.forbidden");
  EXPECT_TRUE(json_of(get(neighbour, "/emergencies")).at("emergencies").as_array().empty());
}

TEST_P(EmergencyRoutesTest, AnAccountHasSoManyStreamsAndNoMore) {
  Client clerk = as(Role::village_clerk, kVillage);
  const std::string path = "/emergencies/events?area=" + kVillage;
  std::vector<std::unique_ptr<http::TestClient>> open;
  for (std::size_t i = 0; i < StreamPlaces::kMostOfAccount; ++i) open.push_back(follow(clerk, kVillage));
  http::Answer further = get(clerk, path);
  EXPECT_EQ(further.status, 429);
  EXPECT_EQ(code_of(further), "events.too_many");
  auto of_another = follow(as(Role::town_office, kTown), kVillage);
  open.pop_back();
  // The server learns that a client has gone when it next hears of its connection.
  for (int tries = 0; tries < 10'000 && get(clerk, "/session").status == 200; ++tries) {
    http::TestClient wire(serving_->port());
    wire.send("GET " + std::string(kRoot) + path + " HTTP/1.1\r\nHost: h\r\nCookie: " + clerk.cookie + "\r\n\r\n");
    if (wire.read_until("\r\n\r\n").find(" 200 ") != std::string::npos) return;
  }
  ADD_FAILURE() << "whoever has closed a window has no place for another";
}

TEST_P(EmergencyRoutesTest, APersonUnknownToTheCountyDoesNotStopAReport) {
  Client visitor = as(Role::visitor, kTown);
  js::object said = fall();
  said["person"] = format_id(stranger_.id);
  EXPECT_EQ(post(visitor, "/emergencies", said).status, 201);
  // Of another village of the county: its offices are told.
  said["person"] = format_id(neighbour_.id);
  EXPECT_EQ(post(visitor, "/emergencies", said).status, 201);
  js::array town = json_of(get(as(Role::town_office, kTown), "/emergencies")).at("emergencies").as_array();
  ASSERT_EQ(town.size(), 1u);
  EXPECT_TRUE(town[0].at("person").is_null());
  EXPECT_EQ(town[0].at("area"), js::value(kTown));
  js::array page = json_of(get(as(Role::county_bureau, kCounty), "/emergencies?limit=1")).at("emergencies").as_array();
  EXPECT_EQ(page.at(0).at("area"), js::value(kOtherVillage));
}

TEST_P(EmergencyRoutesTest, RefusesWhatItCannotRead) {
  Client visitor = as(Role::visitor, kVillage);
  EXPECT_EQ(code_of(post(visitor, "/emergencies", js::object{{"what", "flood"}})), "emergency.malformed");
  EXPECT_EQ(code_of(post(visitor, "/emergencies", nullptr)), "body.type");
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(get(clerk, "/emergencies?state=lost")), "request.invalid");
  EXPECT_EQ(code_of(get(clerk, "/emergencies/0")), "emergency.unknown");
  std::string id = report(visitor, "e1");
  EXPECT_EQ(code_of(post(clerk, "/emergencies/" + id + "/closing", js::object{{"outcome", "x"}})), "emergency.outcome");
}

}  // namespace
}  // namespace tanfang::app::server
