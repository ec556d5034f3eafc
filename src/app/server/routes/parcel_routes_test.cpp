// Parcels over HTTP: done once and only once, moved by the phone's clock, set aside where the phone may send no more.
#include <set>

#include "app/server/test_server.h"
#include "canvass/canvass.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kPhoto = "\xff\xd8\xff\xe0 and what it shows\xff\xd9";

class ParcelRoutesTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    phone_ = bind(Role::visitor, kVillage);
    county_ = as(Role::county_bureau, kCounty);
  }
  js::object content(const std::string& day = "2025-06-10") { return phone_visit(format_id(key_.id), day); }
  js::object told(const http::Answer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer);
  }
  std::string refused(const http::Answer& answer) {
    js::object verdict = told(answer);
    EXPECT_EQ(verdict.at("state").as_string(), "refused") << answer.body;
    if (!verdict.contains("problem")) return "";
    return std::string(verdict.at("problem").at("code").as_string());
  }
  std::string state(const http::Answer& answer) { return std::string(told(answer).at("state").as_string()); }
  js::array records() { return json_of(get(county_, "/visits?from=2025-01-01")).at("visits").as_array(); }
  js::object revealed(const std::string& visit) {
    return json_of(post(county_, "/visits/" + visit + "/reveal", js::object{{"reason", "核对现场证据"}}));
  }
  void revoke() {
    EXPECT_EQ(post(county_, "/devices/" + phone_.device + "/revocation", js::object{{"reason", "手机丢失了"}}).status,
              200);
  }
  /// Bytes that are kept of what was set aside.
  std::int64_t kept_of(const std::string& key) {
    std::int64_t bytes = -1;
    serving_->service().database().read([&](db::Session& session) {
      bytes = session
                  .first("select length(content) from set_aside where key = $1", {key},
                         [](const db::Row& row) { return row.integer(0); })
                  .value();
    });
    return bytes;
  }
  js::array set_aside() { return json_of(get(county_, "/set-aside")).at("set_aside").as_array(); }

  Phone phone_;
  Client county_;
};
TANFANG_ON_EACH_ENGINE(ParcelRoutesTest);

TEST_P(ParcelRoutesTest, AVisitArrivesOnceWithItsEvidence) {
  std::string digest = crypto::to_hex(crypto::sha256(kPhoto));
  js::object visited = content();
  visited["signature"] = digest;
  visited["position"] = js::object{{"latitude", 29.1}, {"longitude", 105.4}, {"accuracy_metres", 12}};
  visited["next_on"] = "2025-06-25";
  visited["method_reason"] = "老人要求";
  std::string text = js::serialize(visited);
  EXPECT_EQ(refused(send(phone_, "visit", "v1", text)), "visit.invalid");
  EXPECT_EQ(state(send(phone_, "attachment", digest, kPhoto)), "received");
  js::object first = told(send(phone_, "visit", "v1", text));
  EXPECT_EQ(first.at("state").as_string(), "received");
  EXPECT_FALSE(first.contains("clock_off_seconds"));
  js::object second = told(send(phone_, "visit", "v1", text));
  EXPECT_EQ(second.at("state").as_string(), "repeated");
  EXPECT_EQ(second.at("id"), first.at("id"));
  visited["next_on"] = "2025-06-26";
  EXPECT_EQ(refused(send(phone_, "visit", "v1", js::serialize(visited))), "parcel.key_reused");
  ASSERT_EQ(records().size(), 1u);
  EXPECT_EQ(records()[0].at("visitor").as_string(), "visitor." + kVillage);
  std::string id(first.at("id").as_string());
  EXPECT_FALSE(json_of(get(county_, "/visits/" + id)).contains("evidence"));
  js::object evidence = revealed(id).at("evidence").as_object();
  EXPECT_EQ(evidence.at("signature").as_string(), digest);
  EXPECT_EQ(evidence.at("next_on").as_string(), "2025-06-25");
  EXPECT_EQ(evidence.at("device").as_string(), phone_.device);
  EXPECT_EQ(evidence.at("position").at("accuracy_metres").to_number<double>(), 12);
}

TEST_P(ParcelRoutesTest, WhatCannotBeReadIsRefusedForGood) {
  EXPECT_EQ(refused(send(phone_, "gift", "k", "{}")), "parcel.kind");
  EXPECT_EQ(refused(send(phone_, "visit", "k", "[]")), "parcel.content");
  EXPECT_EQ(refused(send(phone_, "visit", "k", "{")), "json.malformed");
  EXPECT_EQ(refused(send(phone_, "visit", std::string(101, 'k'), "{}")), "parcel.key");
  EXPECT_EQ(refused(send(phone_, "attachment", std::string(64, '0'), kPhoto)), "attachment.digest");
  js::object visited = content();
  visited["position"] = js::object{{"latitude", 91}, {"longitude", 0}, {"accuracy_metres", 1}};
  EXPECT_EQ(refused(send(phone_, "visit", "k", js::serialize(visited))), "visit.malformed");
  js::object moved = parcel(phone_, "visit", "k", js::serialize(content()));
  moved["key"] = "another";
  EXPECT_EQ(code_of(ask_phone(phone_, "POST", "/device/parcels", moved)), "parcel.unreadable");
  Phone other = bind(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(ask_phone(other, "POST", "/device/parcels", parcel(phone_, "visit", "k", "{}"))),
            "parcel.unreadable");
  js::object broken = parcel(phone_, "visit", "k", "{}");
  broken["sealed"].as_object()["iv"] = "!";
  EXPECT_EQ(code_of(ask_phone(phone_, "POST", "/device/parcels", broken)), "request.invalid");
  js::object stranger = content();
  stranger["person"] = format_id(stranger_.id);
  EXPECT_EQ(refused(send(phone_, "visit", "k", js::serialize(stranger))), "visit.invalid");
  EXPECT_TRUE(records().empty());
}

TEST_P(ParcelRoutesTest, AWrongClockIsMovedAndMarked) {
  js::object visited = content("2025-06-22");
  js::object sent = parcel(phone_, "visit", "v1", js::serialize(visited));
  sent["sent_at"] = "2025-06-23T09:00:00+08:00";
  js::object verdict = told(ask_phone(phone_, "POST", "/device/parcels", sent));
  EXPECT_EQ(verdict.at("state").as_string(), "received") << js::serialize(verdict);
  EXPECT_EQ(verdict.at("clock_off_seconds").as_int64(), -3 * 86'400);
  ASSERT_EQ(records().size(), 1u);
  EXPECT_TRUE(records()[0].at("started_at").as_string().starts_with("2025-06-19T"));
  js::object evidence = revealed(std::string(verdict.at("id").as_string())).at("evidence").as_object();
  EXPECT_EQ(evidence.at("clock_off_seconds").as_int64(), -3 * 86'400);
  // A minute ahead is no visit in the future.
  js::object ahead = content("2025-06-20");
  ahead["started_at"] = "2025-06-20T09:00:30+08:00";
  ahead["ended_at"] = "2025-06-20T09:01:00+08:00";
  EXPECT_EQ(state(send(phone_, "visit", "v2", js::serialize(ahead))), "received");
}

TEST_P(ParcelRoutesTest, ARevokedPhonesParcelsWaitForAnOffice) {
  std::string digest = crypto::to_hex(crypto::sha256(kPhoto));
  js::object visited = content();
  visited["attachments"] = js::array{digest};
  revoke();
  EXPECT_EQ(state(send(phone_, "attachment", digest, kPhoto)), "set_aside");
  EXPECT_EQ(state(send(phone_, "visit", "v1", js::serialize(visited))), "set_aside");
  EXPECT_EQ(state(send(phone_, "visit", "v1", js::serialize(visited))), "set_aside");
  EXPECT_EQ(state(send(phone_, "visit", "v2", js::serialize(content("2025-06-11")))), "set_aside");
  EXPECT_TRUE(records().empty());
  js::array waiting = set_aside();
  ASSERT_EQ(waiting.size(), 3u);
  EXPECT_EQ(waiting[1].at("why").as_string(), "device_revoked");
  EXPECT_EQ(waiting[1].at("person").at("name").as_string(), "张*");
  std::string path = "/set-aside/" + std::string(waiting[1].at("parcel").as_string());
  EXPECT_EQ(code_of(post(as(Role::county_bureau, kOtherCounty), path + "/acceptance", js::object{})), "parcel.unknown");
  EXPECT_EQ(json_of(get(as(Role::county_bureau, kOtherCounty), "/set-aside")).at("set_aside").as_array().size(), 0u);
  js::object accepted = told(post(county_, path + "/acceptance", js::object{}));
  EXPECT_EQ(accepted.at("state").as_string(), "received");
  ASSERT_EQ(records().size(), 1u);
  EXPECT_EQ(records()[0].at("visitor").as_string(), "visitor." + kVillage);
  js::object evidence = revealed(std::string(accepted.at("id").as_string())).at("evidence").as_object();
  EXPECT_EQ(evidence.at("accepted_by").as_string(), "county_bureau." + kCounty);
  EXPECT_EQ(code_of(post(county_, path + "/acceptance", js::object{})), "parcel.judged");
  EXPECT_EQ(kept_of("v1"), 0);
  EXPECT_GT(kept_of("v2"), 0);
  EXPECT_EQ(state(send(phone_, "visit", "v1", js::serialize(visited))), "repeated");
  std::string other = "/set-aside/" + std::string(waiting[2].at("parcel").as_string());
  EXPECT_EQ(post(county_, other + "/rejection", js::object{{"reason", "不是本人所录"}}).status, 204);
  EXPECT_EQ(refused(send(phone_, "visit", "v2", js::serialize(content("2025-06-11")))), "parcel.rejected");
  EXPECT_TRUE(set_aside().empty());
  EXPECT_EQ(records().size(), 1u);
}

TEST_P(ParcelRoutesTest, WhatAFormerBindingSealedStillArrives) {
  Phone anew = bind(Role::visitor, kVillage);
  js::object sealed = parcel(phone_, "visit", "v1", js::serialize(content()));
  EXPECT_EQ(code_of(ask_phone(anew, "POST", "/device/parcels", sealed)), "parcel.unreadable");
  sealed["device"] = phone_.device;
  EXPECT_EQ(state(ask_phone(anew, "POST", "/device/parcels", sealed)), "received");
  js::object later = parcel(phone_, "visit", "v2", js::serialize(content("2025-06-11")));
  later["device"] = phone_.device;
  EXPECT_EQ(state(ask_phone(bind(Role::village_clerk, kVillage), "POST", "/device/parcels", later)), "set_aside");
  EXPECT_EQ(set_aside().at(0).at("why").as_string(), "other_account");
  EXPECT_EQ(set_aside().at(0).at("login").as_string(), "visitor." + kVillage);
  EXPECT_EQ(records().size(), 1u);
}

TEST_P(ParcelRoutesTest, WhatAnUnknownPhoneSealedIsKept) {
  js::object sealed = parcel(phone_, "visit", "v1", js::serialize(content()));
  write([&](audit::Work& work) {
    work.session.execute("delete from devices where id = $1", {parse_id(phone_.device).value()});
    work.unchanged();
  });
  Phone anew = bind(Role::visitor, kVillage);
  sealed["device"] = phone_.device;
  EXPECT_EQ(state(ask_phone(anew, "POST", "/device/parcels", sealed)), "set_aside");
  ASSERT_EQ(set_aside().size(), 1u);
  EXPECT_EQ(set_aside().at(0).at("why").as_string(), "device_unknown");
  std::string path = "/set-aside/" + std::string(set_aside().at(0).at("parcel").as_string());
  EXPECT_EQ(state(post(county_, path + "/acceptance", js::object{})), "received");
  EXPECT_EQ(records().size(), 1u);
}

TEST_P(ParcelRoutesTest, NobodyAcceptsWhatTheirOwnPhoneSent) {
  Phone own = bind(Role::village_clerk, kVillage);
  EXPECT_EQ(post(county_, "/devices/" + own.device + "/revocation", js::object{{"reason", "手机丢失了"}}).status, 200);
  EXPECT_EQ(state(send(own, "visit", "v1", js::serialize(content()))), "set_aside");
  std::string path = "/set-aside/" + std::string(set_aside().at(0).at("parcel").as_string());
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(code_of(post(clerk, path + "/acceptance", js::object{})), "parcel.own");
  EXPECT_EQ(code_of(post(clerk, path + "/rejection", js::object{{"reason", "记错了"}})), "parcel.own");
  EXPECT_EQ(state(post(county_, path + "/acceptance", js::object{})), "received");
}

TEST_P(ParcelRoutesTest, DaysOfAProposalAreMovedToTheNearest) {
  js::object proposed{{"what", "facts"},
                      {"person", format_id(key_.id)},
                      {"on", "2025-06-19"},
                      {"facts", js::object{{"ability", "severe"}}}};
  // Ten hours behind its calendar shows yesterday, which says nothing of the day that was meant.
  js::object sent = parcel(phone_, "proposal", "p1", js::serialize(proposed));
  sent["sent_at"] = "2025-06-19T23:00:00+08:00";
  EXPECT_EQ(state(ask_phone(phone_, "POST", "/device/parcels", sent)), "received");
  sent = parcel(phone_, "proposal", "p2", js::serialize(proposed));
  sent["sent_at"] = "2025-06-19T20:00:00+08:00";
  EXPECT_EQ(state(ask_phone(phone_, "POST", "/device/parcels", sent)), "received");
  js::array open = json_of(get(county_, "/proposals?state=open")).at("proposals").as_array();
  ASSERT_EQ(open.size(), 2u);
  std::set<std::string> days;
  for (const js::value& each : open) days.emplace(each.at("content").at("on").as_string());
  EXPECT_EQ(days, (std::set<std::string>{"2025-06-19", "2025-06-20"}));
}

TEST_P(ParcelRoutesTest, AVisitorSpeaksForTheirOwnPeopleWhereverTheyMoved) {
  EXPECT_EQ(state(send(phone_, "visit", "v1", js::serialize(content()))), "received");
  write([&](audit::Work& work) {
    work.session.execute("update people set area = $3 where county = $1 and id = $2",
                         {kCounty, key_.id, kOtherVillage});
    work.unchanged();
  });
  js::object proposed{{"what", "facts"}, {"facts", js::object{{"ability", "severe"}}}};
  proposed["person"] = format_id(neighbour_.id);
  EXPECT_EQ(refused(send(phone_, "proposal", "p1", js::serialize(proposed))), "person.unknown");
  proposed["person"] = format_id(key_.id);
  EXPECT_EQ(state(send(phone_, "proposal", "p2", js::serialize(proposed))), "received");
  EXPECT_EQ(json_of(get(as(Role::village_clerk, kOtherVillage), "/proposals")).at("proposals").as_array().size(), 1u);
}

TEST_P(ParcelRoutesTest, AClerkSendsWhatWasFoundAtADoor) {
  Phone clerk = bind(Role::village_clerk, kVillage);
  js::object found{{"canvass", ""},
                   {"result", "not_home"},
                   {"new_household", js::object{{"village", kVillage}, {"group", "1组"}, {"place", "9号"}}}};
  EXPECT_EQ(refused(send(clerk, "household_result", "h1", js::serialize(found))), "canvass.none");
  EXPECT_EQ(post(county_, "/canvasses", js::object{{"name", "排查"}}).status, 201);
  js::object first = told(send(clerk, "household_result", "h1", js::serialize(found)));
  ASSERT_EQ(first.at("state").as_string(), "received");
  js::object again{{"household", first.at("id")}, {"result", "registered"}};
  EXPECT_EQ(state(send(clerk, "household_result", "h2", js::serialize(again))), "received");
  again["result"] = "open";
  EXPECT_EQ(refused(send(clerk, "household_result", "h3", js::serialize(again))), "parcel.result");
  again["result"] = "declined";
  EXPECT_EQ(refused(send(phone_, "household_result", "h4", js::serialize(again))), "household.unknown");
  js::object list = json_of(get(as(Role::village_clerk, kVillage), "/households?village=" + kVillage));
  ASSERT_EQ(list.at("households").as_array().size(), 1u);
  EXPECT_EQ(list.at("households").at(0).at("result").as_string(), "registered");
}

TEST_P(ParcelRoutesTest, WhatWasFoundAtADoorCountsOnTheDayItWasDone) {
  Phone clerk = bind(Role::village_clerk, kVillage);
  EXPECT_EQ(post(county_, "/canvasses", js::object{{"name", "排查"}, {"begun_on", "2025-06-02"}}).status, 201);
  js::object fresh{{"village", kVillage}, {"group", "1组"}, {"place", "9号"}};
  js::object found{{"result", "not_home"}, {"new_household", fresh}, {"on", "2025-06-17"}};
  auto sent = [&](const std::string& key) { return send(clerk, "household_result", key, js::serialize(found)); };
  canvass::Household known;
  auto known_on = [&] {
    serving_->service().database().read([&](db::Session& session) {
      canvass::HouseholdFilter filter;
      filter.village = kVillage;
      known = canvass::find_households(session, serving_->service().keys(), filter).at(0);
    });
    return known.result_on.value().iso();
  };
  EXPECT_EQ(state(sent("h1")), "received");
  EXPECT_EQ(known_on(), "2025-06-17");
  found["on"] = "2025-06-01";
  EXPECT_EQ(refused(sent("h2")), "household.result_day") << "before the canvass began";
  found["on"] = "2025-06-21";
  EXPECT_EQ(refused(sent("h3")), "household.result_day") << "tomorrow";
  found["on"] = "yesterday";
  EXPECT_EQ(refused(sent("h4")), "parcel.content");
  clock_.set(*parse_instant("2025-06-20T23:58"));
  found["on"] = "2025-06-21";
  EXPECT_EQ(state(sent("h5")), "received") << "a clock that is a little ahead";
  EXPECT_EQ(known_on(), "2025-06-20");
  // Nine days behind: what it calls the tenth was the nineteenth.
  found["on"] = "2025-06-10";
  found["result"] = "registered";
  js::object late = parcel(clerk, "household_result", "h6", js::serialize(found));
  late["sent_at"] = "2025-06-11T23:58:00+08:00";
  EXPECT_EQ(state(ask_phone(clerk, "POST", "/device/parcels", late)), "received");
  EXPECT_EQ(known_on(), "2025-06-20") << "an earlier day stays in the history alone";
  found["on"] = "2025-06-11";
  late = parcel(clerk, "household_result", "h7", js::serialize(found));
  late["sent_at"] = "2025-06-11T23:58:00+08:00";
  EXPECT_EQ(state(ask_phone(clerk, "POST", "/device/parcels", late)), "received");
  EXPECT_EQ(known_on(), "2025-06-20");
  EXPECT_EQ(known.result, canvass::Result::registered);
}

TEST_P(ParcelRoutesTest, TwoPhonesAtOneDoorAreDecidedByAClerk) {
  as(Role::village_clerk, kVillage);
  Phone first = bind(Role::village_clerk, kVillage);
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(
      post(county, "/accounts",
           js::object{{"login", "second.clerk"}, {"name", "王文书"}, {"role", "village_clerk"}, {"area", kVillage}})
          .status,
      201);
  Phone second = bind("second.clerk", kVillage);
  std::string canvass(json_of(post(county, "/canvasses", js::object{{"name", "排查"}})).at("id").as_string());
  Client desk = as(Role::village_clerk, kVillage);
  auto to_check = [&] { return json_of(get(desk, "/canvasses/" + canvass + "/completeness")).at("differing"); };
  js::object listing{{"village", kVillage}, {"households", js::array{js::object{{"group", "1组"}, {"place", "1号"}}}}};
  EXPECT_EQ(post(desk, "/households", listing).status, 201);
  auto seen = [&] {
    http::Answer answer =
        ask_phone(first, "POST", "/device/bundle", js::object{}, "X-Tanfang-Reading: " + first.secret + "\r\n");
    return json_of(answer).at("canvass").at("households").at(0).as_object();
  };
  js::object open = seen();
  js::object found{{"household", open.at("id")}, {"base_version", open.at("version")}, {"result", "registered"}};
  EXPECT_EQ(told(send(first, "household_result", "a1", js::serialize(found))).at("notices").as_array().size(), 0u);
  found["result"] = "declined";
  js::object verdict = told(send(second, "household_result", "b1", js::serialize(found)));
  EXPECT_EQ(verdict.at("state").as_string(), "received");
  ASSERT_EQ(verdict.at("notices").as_array().size(), 1u);
  EXPECT_EQ(verdict.at("notices").at(0).at("code").as_string(), "household.differs");
  // The same place, listed anew by a phone that did not know it.
  js::object fresh{{"new_household", js::object{{"village", kVillage}, {"group", "1组"}, {"place", "1号"}}},
                   {"result", "nobody_eligible"}};
  verdict = told(send(second, "household_result", "b2", js::serialize(fresh)));
  EXPECT_EQ(verdict.at("notices").as_array().size(), 1u);

  std::string path = "/households?village=" + kVillage + "&differing=true";
  js::array differing = json_of(get(desk, path)).at("households").as_array();
  ASSERT_EQ(differing.size(), 1u);
  EXPECT_EQ(to_check(), 1);
  EXPECT_EQ(differing[0].at("result").as_string(), "registered");
  EXPECT_EQ(differing[0].at("differs").at("result").as_string(), "nobody_eligible");
  EXPECT_EQ(differing[0].at("differs").at("noted_by").as_string(), "account:second.clerk");
  EXPECT_EQ(seen().at("differs").at("result").as_string(), "nobody_eligible");
  EXPECT_EQ(post(desk, "/households/" + std::string(open.at("id").as_string()) + "/results",
                 js::object{{"result", "declined"}})
                .status,
            201);
  EXPECT_EQ(json_of(get(desk, path)).at("households").as_array().size(), 0u);
  EXPECT_EQ(to_check(), 0);
  EXPECT_EQ(seen().at("result").at("result").as_string(), "declined");
}

TEST_P(ParcelRoutesTest, AnEmergencyOfARevokedPhoneIsToldAtOnceWithTheDoubt) {
  Client town = as(Role::town_office, kVillage.substr(0, 9));
  Phone other = bind("visitor." + kVillage, kVillage);
  revoke();
  js::object fall{{"at", "2025-06-20T08:50:00+08:00"}, {"person", format_id(key_.id)}, {"what", "fall"}};
  EXPECT_EQ(state(send(phone_, "emergency", "e1", js::serialize(fall))), "received");
  EXPECT_EQ(state(send(phone_, "emergency", "e1", js::serialize(fall))), "repeated");
  js::array told_of = json_of(get(town, "/emergencies?state=reported")).at("emergencies").as_array();
  ASSERT_EQ(told_of.size(), 1u);
  EXPECT_EQ(told_of[0].at("doubt").as_string(), "device_revoked");
  EXPECT_EQ(told_of[0].at("reported_by").as_string(), "account:visitor." + kVillage);
  EXPECT_EQ(set_aside().size(), 0u);
  // Sealed on the revoked one, sent by the one that took its place.
  js::object kept = parcel(phone_, "emergency", "e2", js::serialize(fall));
  kept["device"] = phone_.device;
  EXPECT_EQ(state(ask_phone(other, "POST", "/device/parcels", kept)), "received");
  EXPECT_EQ(state(send(other, "emergency", "e3", js::serialize(fall))), "received");
  told_of = json_of(get(county_, "/emergencies?state=reported")).at("emergencies").as_array();
  ASSERT_EQ(told_of.size(), 3u);
  EXPECT_TRUE(told_of[0].at("doubt").is_null());
  EXPECT_EQ(told_of[1].at("doubt").as_string(), "device_revoked");
  EXPECT_EQ(state(send(phone_, "visit", "v1", js::serialize(content()))), "set_aside");
}

TEST_P(ParcelRoutesTest, AnEmergencyIsToldAndAProposalWaitsForAnOffice) {
  js::object fall{{"at", "2025-06-20T08:50:00+08:00"}, {"person", format_id(key_.id)}, {"what", "fall"}};
  EXPECT_EQ(state(send(phone_, "emergency", "e1", js::serialize(fall))), "received");
  EXPECT_EQ(state(send(phone_, "emergency", "e1", js::serialize(fall))), "repeated");
  EXPECT_EQ(json_of(get(county_, "/emergencies?state=reported")).at("emergencies").as_array().size(), 1u);
  fall["what"] = "flood";
  EXPECT_EQ(refused(send(phone_, "emergency", "e2", js::serialize(fall))), "emergency.malformed");

  js::object proposed{{"what", "facts"}, {"person", format_id(key_.id)}, {"facts", js::object{{"ability", "severe"}}}};
  EXPECT_EQ(state(send(phone_, "proposal", "p1", js::serialize(proposed))), "received");
  js::array open = json_of(get(county_, "/proposals?state=open")).at("proposals").as_array();
  ASSERT_EQ(open.size(), 1u);
  js::object mine = json_of(
      ask_phone(phone_, "POST", "/device/bundle", js::object{}, "X-Tanfang-Reading: " + phone_.secret + "\r\n"));
  ASSERT_EQ(mine.at("proposals").as_array().size(), 1u);
  const js::value& told_again = mine.at("proposals").at(0);
  EXPECT_EQ(told_again.at("key").as_string(), "p1");
  EXPECT_EQ(told_again.at("what").as_string(), "facts");
  EXPECT_EQ(told_again.at("state").as_string(), "open");
}

}  // namespace
}  // namespace tanfang::app::server
