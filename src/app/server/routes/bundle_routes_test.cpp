// What a phone keeps: its own people with what a visit needs, and afterwards only what is new.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class BundleRoutesTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    phone_ = bind(Role::visitor, kVillage);
  }
  http::Answer ask_bundle(const Phone& phone, const std::string& cursor, const std::string& secret) {
    js::object body;
    if (!cursor.empty()) body["cursor"] = cursor;
    return ask_phone(phone, "POST", "/device/bundle", body, "X-Tanfang-Reading: " + secret + "\r\n");
  }
  js::object bundle(const Phone& phone, const std::string& cursor = "") {
    http::Answer answer = ask_bundle(phone, cursor, phone.secret);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer);
  }
  js::array why(const Phone& phone) { return bundle(phone).at("people").at(0).at("why").as_array(); }
  static std::string cursor_of(const js::object& bundle) { return std::string(bundle.at("cursor").as_string()); }
  Id visitor(const std::string& login) {
    Id id;
    write([&](audit::Work& work) {
      planning::Visitor visitor;
      visitor.name = login;
      visitor.kind = "volunteer";
      visitor.login = login;
      visitor.capacity = 500;
      id = planning::put_visitor(work, kCounty, visitor);
    });
    return id;
  }
  void assign(const registry::PersonKey& person, Id visitor) {
    write([&](audit::Work& work) { planning::assign_people(work, kCounty, {{person.id, visitor, true}}); });
  }

  Phone phone_;
};
TANFANG_ON_EACH_ENGINE(BundleRoutesTest);

TEST_P(BundleRoutesTest, HoldsOnesOwnPeopleWithWhatAVisitNeeds) {
  EXPECT_EQ(bundle(phone_).at("people").as_array().size(), 0u);
  assign(key_, visitor("visitor." + kVillage));
  js::object visited = phone_visit(format_id(key_.id), "2025-06-10");
  EXPECT_EQ(send(phone_, "visit", "v1", js::serialize(visited)).status, 200);
  js::object whole = bundle(phone_);
  ASSERT_EQ(whole.at("people").as_array().size(), 1u);
  js::object person = whole.at("people").at(0).as_object();
  EXPECT_EQ(person.at("id").as_string(), format_id(key_.id));
  EXPECT_EQ(person.at("name").as_string(), "张三");
  EXPECT_EQ(person.at("age").as_int64(), 85);
  EXPECT_EQ(person.at("phone").as_string(), "13800001001");
  EXPECT_TRUE(person.at("first_contact").as_bool());
  EXPECT_FALSE(person.at("village").at("name").as_string().empty());
  EXPECT_FALSE(person.at("tier").at("id").as_string().empty());
  EXPECT_FALSE(person.at("obligations").as_array().empty());
  EXPECT_FALSE(person.at("obligations").at(0).at("words").at("zh").as_string().empty());
  EXPECT_FALSE(person.at("obligations").at(0).as_object().contains("why")) << "it is met";
  EXPECT_EQ(person.at("obligations").at(1).at("why").at("zh").as_string(), "重点对象，每半月 1 次");
  EXPECT_EQ(person.at("methods").as_array().size(), 6u);
  EXPECT_TRUE(person.at("methods").at(0).at("counts").as_bool());
  EXPECT_EQ(person.at("form").at("scheme").as_string(), "luzhou-2023");
  EXPECT_EQ(person.at("last").at("answers").at("gas").as_string(), "safe");
  EXPECT_EQ(person.at("recent").as_array().size(), 1u);
  EXPECT_EQ(js::serialize(whole).find("citizen_number"), std::string::npos);
  EXPECT_EQ(js::serialize(whole).find(number_of(kCounty, 1)), std::string::npos);
  EXPECT_EQ(whole.at("forms").at(0).at("definition").at("id").as_string(), "luzhou-2023/visit");
  EXPECT_EQ(whole.at("limit").at("left_out").to_number<int>(), 0);
  js::array trail = json_of(get(as(Role::auditor, kCounty), "/audit?kind=bundle_taken")).at("entries").as_array();
  ASSERT_EQ(trail.size(), 1u);
  EXPECT_EQ(trail[0].at("details").at("people").as_int64(), 1);
}

TEST_P(BundleRoutesTest, SaysWhySomebodyIsDueNow) {
  Client county = as(Role::county_bureau, kCounty);
  assign(key_, visitor("visitor." + kVillage));
  js::array late = why(phone_);
  ASSERT_EQ(late.size(), 3u);
  EXPECT_EQ(late[0].at("zh").as_string(), "重点对象，每半月 1 次（6月15日到期，已逾期）");
  EXPECT_EQ(late[0].at("en").as_string(), "key, 1 visit(s) each half-month (overdue since 2025-06-15)");
  EXPECT_EQ(late[1].at("zh").as_string(), "重点对象，每半月 1 次");
  EXPECT_EQ(late[2].at("zh").as_string(), "独居") << "why they are visited at all";
  for (const char* day : {"2025-06-10", "2025-06-18"}) {
    std::string visited = js::serialize(phone_visit(format_id(key_.id), day));
    EXPECT_EQ(json_of(send(phone_, "visit", day, visited)).at("state").as_string(), "received");
  }
  EXPECT_EQ(why(phone_).at(0).at("zh").as_string(), "独居") << "nothing is due";
  js::object round{
      {"kind", "heat"}, {"name", "三伏"}, {"area", kCounty}, {"first_day", "2025-06-19"}, {"last_day", "2025-06-30"}};
  EXPECT_EQ(post(county, "/plan/rounds", round).status, 201);
  EXPECT_EQ(why(phone_).at(0).at("zh").as_string(), "高温专项探访：三伏");
}

TEST_P(BundleRoutesTest, AnEpidemicIsAReasonAndMakesCallsCount) {
  assign(key_, visitor("visitor." + kVillage));
  auto call = [&] { return bundle(phone_).at("people").at(0).at("methods").at(1).as_object(); };
  EXPECT_EQ(call().at("method").as_string(), "phone");
  EXPECT_FALSE(call().at("counts").as_bool());
  js::object epidemic{{"area", kTown}, {"first_day", "2025-06-20"}, {"last_day", "2025-06-30"}, {"reason", "疫情防控"}};
  EXPECT_EQ(post(as(Role::county_bureau, kCounty), "/plan/declarations", epidemic).status, 201);
  EXPECT_TRUE(call().at("counts").as_bool());
  EXPECT_EQ(why(phone_).at(1).at("zh").as_string(), "重点对象，每半月 1 次，目前不能上门");
}

TEST_P(BundleRoutesTest, AfterwardsTellsOnlyWhatIsNew) {
  Id mine = visitor("visitor." + kVillage);
  Phone next = bind(Role::visitor, kCounty);
  Id other = visitor("visitor." + kCounty);
  registry::PersonKey second = register_person(kCounty, kVillage, 5);
  assign(key_, mine);
  assign(second, mine);
  js::object whole = bundle(phone_);
  EXPECT_EQ(whole.at("people").as_array().size(), 2u);
  js::object same = bundle(phone_, cursor_of(whole));
  EXPECT_EQ(same.at("people").as_array().size(), 0u);
  EXPECT_EQ(same.at("forms").as_array().size(), 0u);
  EXPECT_EQ(same.at("cursor"), whole.at("cursor"));
  EXPECT_EQ(send(phone_, "visit", "v1", js::serialize(phone_visit(format_id(second.id), "2025-06-10"))).status, 200);
  assign(key_, other);
  js::object changed = bundle(phone_, cursor_of(whole));
  ASSERT_EQ(changed.at("people").as_array().size(), 1u);
  EXPECT_EQ(changed.at("people").at(0).at("id").as_string(), format_id(second.id));
  ASSERT_EQ(changed.at("gone").as_array().size(), 1u);
  EXPECT_EQ(changed.at("gone").at(0).as_string(), format_id(key_.id));
  EXPECT_EQ(bundle(phone_, cursor_of(changed)).at("gone").as_array().size(), 0u);
  EXPECT_EQ(bundle(phone_, "no cursor").at("people").as_array().size(), 1u);
  // Late records of somebody who is another's by now still arrive, and are shown to that one.
  js::object theirs = bundle(next);
  ASSERT_EQ(theirs.at("people").as_array().size(), 1u);
  EXPECT_FALSE(theirs.at("people").at(0).as_object().contains("last"));
  EXPECT_EQ(json_of(send(phone_, "visit", "v2", js::serialize(phone_visit(format_id(key_.id), "2025-06-11"))))
                .at("state")
                .as_string(),
            "received");
  js::array taken_over = bundle(next, cursor_of(theirs)).at("people").as_array();
  ASSERT_EQ(taken_over.size(), 1u);
  EXPECT_EQ(taken_over[0].at("id").as_string(), format_id(key_.id));
  EXPECT_TRUE(taken_over[0].at("last").at("at").as_string().starts_with("2025-06-11T"));
  EXPECT_EQ(taken_over[0].at("recent").as_array().size(), 1u);
}

TEST_P(BundleRoutesTest, IsClosedToAWrongSecretAndARevokedPhone) {
  EXPECT_EQ(code_of(ask_bundle(phone_, "", "d3Jvbmc=")), "device.reading");
  EXPECT_EQ(code_of(ask_phone(phone_, "POST", "/device/bundle", js::object{})), "device.reading");
  for (int i = 0; i < 3; ++i) ask_bundle(phone_, "", "d3Jvbmc=");
  http::Answer waiting = ask_bundle(phone_, "", phone_.secret);
  EXPECT_EQ(code_of(waiting), "identity.too_many_tries");
  EXPECT_FALSE(waiting.value("retry-after").empty());
  clock_.set(Instant{clock_.now().milliseconds + 60'000});
  EXPECT_EQ(ask_bundle(phone_, "", phone_.secret).status, 200);
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(post(county, "/devices/" + phone_.device + "/revocation", js::object{{"reason", "手机丢失了"}}).status,
            200);
  EXPECT_EQ(code_of(ask_bundle(phone_, "", phone_.secret)), "device.revoked");
}

TEST_P(BundleRoutesTest, WhoWorksInATownOrCountyHasItsVillages) {
  EXPECT_FALSE(bundle(phone_).contains("villages"));
  Phone of_town = bind(Role::visitor, kVillage.substr(0, 9));
  js::object first = bundle(of_town);
  js::array villages = first.at("villages").as_array();
  ASSERT_FALSE(villages.empty());
  for (const js::value& each : villages) {
    EXPECT_TRUE(each.at("area").as_string().starts_with(kVillage.substr(0, 9)));
    EXPECT_EQ(each.at("area").as_string().size(), 12u);
    EXPECT_FALSE(each.at("name").as_string().empty());
  }
  EXPECT_FALSE(bundle(of_town, cursor_of(first)).contains("villages")) << "only when they are news";
  js::array of_county = bundle(bind(Role::visitor, kCounty)).at("villages").as_array();
  EXPECT_GT(of_county.size(), villages.size());
  js::object person{{"name", "李新"}, {"village", villages[0].at("area")}};
  js::object proposed{{"what", "new_person"}, {"new_person", person}};
  EXPECT_EQ(json_of(send(of_town, "proposal", "n1", js::serialize(proposed))).at("state").as_string(), "received");
}

TEST_P(BundleRoutesTest, AClerkHasTheVillageAndItsCanvass) {
  Phone clerk = bind(Role::village_clerk, kVillage);
  Client desk = as(Role::village_clerk, kVillage);
  js::object listing{{"village", kVillage}, {"households", js::array{js::object{{"group", "1组"}, {"place", "1号"}}}}};
  EXPECT_EQ(post(desk, "/households", listing).status, 201);
  js::object before = bundle(clerk);
  ASSERT_EQ(before.at("people").as_array().size(), 1u);
  EXPECT_FALSE(before.contains("canvass"));
  EXPECT_EQ(post(as(Role::county_bureau, kCounty), "/canvasses", js::object{{"name", "排查"}}).status, 201);
  js::object canvass = bundle(clerk, cursor_of(before)).at("canvass").as_object();
  ASSERT_EQ(canvass.at("households").as_array().size(), 1u);
  EXPECT_EQ(canvass.at("households").at(0).at("number").as_string(), "1号");
}

}  // namespace
}  // namespace tanfang::app::server
