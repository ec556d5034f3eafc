// People over HTTP: registered, edited, revealed, moved between statuses.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class PeopleRoutesTest : public ServerTest {};
TANFANG_ON_EACH_ENGINE(PeopleRoutesTest);

TEST_P(PeopleRoutesTest, RegistersAPersonAsALedgerWould) {
  Client town = as(Role::town_office, kTown);
  js::object person{{"citizen_number", number_of(kCounty, 7)},
                    {"name", "李四"},
                    {"area", kVillage},
                    {"phone", "13800001007"},
                    {"registered_on", "2025-06-01"},
                    {"contacts", js::array{js::object{{"kind", "child"}, {"name", "李五"}, {"phone", "13900001007"}}}},
                    {"facts", js::object{{"children", js::array{}}, {"living_with", js::array{}}}}};
  http::Answer made = post(town, "/people", person);
  ASSERT_EQ(made.status, 201) << made.body;
  js::object file = json_of(made);
  EXPECT_EQ(file.at("name"), "李四");
  EXPECT_EQ(file.at("status"), "active");
  EXPECT_EQ(made.body.find(number_of(kCounty, 7)), std::string::npos);
  EXPECT_EQ(made.body.find("13900001007"), std::string::npos);
  EXPECT_EQ(get(town, made.value("location").substr(std::string(kRoot).size())).status, 200);
  EXPECT_EQ(post(town, "/people", person).status, 200);
  person["area"] = kOtherVillage;
  EXPECT_EQ(code_of(post(town, "/people", person)), "identity.outside_area");
  person["area"] = kCounty;
  person["citizen_number"] = "510521194003020019";
  person["contacts"] = js::array{js::object{{"kind", 1}, {"mobile", "1"}}, "x"};
  http::Answer refused = post(town, "/people", person);
  EXPECT_EQ(refused.status, 422);
  for (const char* field :
       {"\"area\"", "\"citizen_number\"", "contacts[0].kind", "contacts[0].mobile", "contacts[1]"}) {
    EXPECT_NE(refused.body.find(field), std::string::npos) << field << refused.body;
  }
}

TEST_P(PeopleRoutesTest, ShowsNothingOfAFileThatIsElsewhere) {
  Client town = as(Role::town_office, kTown);
  http::Answer answer =
      post(town, "/people",
           js::object{{"citizen_number", number_of(kOtherCounty, 3)}, {"name", "张三"}, {"area", kVillage}});
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(answer.body.find(kOtherCounty), std::string::npos) << answer.body;
  EXPECT_EQ(answer.body.find(format_id(stranger_.id)), std::string::npos) << answer.body;
}

TEST_P(PeopleRoutesTest, EditsAFileFromTheStateThatWasSeen) {
  Client town = as(Role::town_office, kTown);
  std::string path = path_of(key_);
  http::Answer corrected = ask(town, "PATCH", path, js::object{{"name", "张三丰"}}, match(town, key_));
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  EXPECT_EQ(json_of(corrected).at("name"), "张三丰");
  std::string seen = get(town, path).value("etag");
  EXPECT_EQ(corrected.value("etag"), seen);
  EXPECT_EQ(ask(town, "GET", path, nullptr, "If-None-Match: " + seen + "\r\n").status, 200)
      << "today's verdicts can be others though the file is the same";
  EXPECT_EQ(post(town, path + "/facts",
                 js::object{{"facts", js::object{{"ability", "severe"}}}, {"said_on", "2025-06-02"}}, match(town, key_))
                .status,
            200);
  js::object fact = json_of(get(town, path)).at("facts").at("ability").as_object();
  EXPECT_EQ(fact.at("source"), "clerk");
  EXPECT_EQ(fact.at("date"), "2025-06-02");
  EXPECT_EQ(
      ask(town, "PUT", path + "/contacts",
          js::object{{"contacts", js::array{js::object{{"kind", "emergency"}, {"name", "王五"}}}}}, match(town, key_))
          .status,
      200);
  EXPECT_EQ(
      ask(town, "PUT", path + "/household",
          js::object{{"household", js::array{js::object{{"name", "张三"}, {"relation", "户主"}}}}}, match(town, key_))
          .status,
      200);
  js::object file = json_of(get(town, path));
  EXPECT_EQ(file.at("contacts").as_array().size(), 1u);
  EXPECT_EQ(file.at("household").as_array().size(), 1u);
  EXPECT_EQ(
      code_of(post(town, path + "/facts", js::object{{"facts", js::object{{"no_such_fact", 1}}}}, match(town, key_))),
      "fact.unknown");
  EXPECT_GE(json_of(get(town, path + "/history")).at("statements").as_array().size(), 2u);
  EXPECT_EQ(code_of(ask(town, "PATCH", path, js::object{{"area", kOtherVillage}}, match(town, key_))),
            "identity.outside_area");
}

TEST_P(PeopleRoutesTest, SaysWhyAndSinceWhen) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::array verdicts = json_of(get(clerk, path_of(key_) + "/verdicts?from=2025-06-01")).at("verdicts").as_array();
  ASSERT_FALSE(verdicts.empty());
  EXPECT_EQ(verdicts[0].at("scheme"), "luzhou-2023");
  js::array reasons = json_of(get(clerk, path_of(key_) + "/reasons?on=2025-06-01")).at("reasons").as_array();
  ASSERT_FALSE(reasons.empty());
  EXPECT_FALSE(reasons[0].at("because").as_array().empty());
}

TEST_P(PeopleRoutesTest, RevealsForAReasonSoOftenADayAndNotForEverybody) {
  settings_.identity.reveals_a_day = 2;
  Client town = as(Role::town_office, kTown);
  std::string path = path_of(key_) + "/reveal";
  EXPECT_EQ(code_of(post(as(Role::city_supervisor, "5105"), path, js::object{{"reason", "核对身份"}})),
            "identity.forbidden");
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "x"}})), "reveal.reason_missing");
  http::Answer shown = post(town, path, js::object{{"reason", "核对身份"}, {"fields", js::array{"citizen_number"}}});
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(json_of(shown).at("citizen_number"), js::value(number_of(kCounty, 1)));
  EXPECT_EQ(post(town, path, js::object{{"reason", "核对身份"}}).status, 200);
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "核对身份"}})), "identity.reveal_limit");
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "核对身份"}}, "Idempotency-Key: k\r\n")),
            "identity.reveal_limit");
  Client county = as(Role::county_bureau, kCounty);
  for (int i = 0; i < 2; ++i) {
    http::Answer each = post(county, path, js::object{{"reason", "核对身份"}}, "Idempotency-Key: k\r\n");
    EXPECT_EQ(each.value("idempotency-replayed"), "(none)") << "what was revealed is kept nowhere";
  }
  clock_.set(*parse_instant("2025-06-21T09:00"));
  EXPECT_EQ(post(sign_in("town_office." + kTown, kPassword), path, js::object{{"reason", "核对身份"}}).status, 200);
  std::vector<audit::Entry> entries;
  serving_->service().database().read([&](db::Session& session) {
    entries = audit::list(session, {.county = kCounty, .kind = "field_revealed", .subject = std::nullopt});
  });
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[0].actor, "account:town_office." + kTown);
}

TEST_P(PeopleRoutesTest, OpensAnotherAreaInAnEmergencyAndTellsItsSupervisor) {
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(get(town, path_of(stranger_)).status, 404);
  http::Answer opened =
      post(town, "/emergency-access", js::object{{"area", kOtherCounty}, {"reason", "老人走失，协助寻找"}});
  ASSERT_EQ(opened.status, 201) << opened.body;
  EXPECT_EQ(get(town, path_of(stranger_)).status, 200);
  EXPECT_EQ(
      code_of(post(town, path_of(stranger_) + "/status", js::object{{"status", "deceased"}}, match(town, stranger_))),
      "person.unknown");
  js::array notices = json_of(get(as(Role::county_bureau, kOtherCounty), "/notices")).at("notices").as_array();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].at("login"), js::value("town_office." + kTown));
  clock_.set(*parse_instant("2025-06-20T12:00:01"));
  EXPECT_EQ(get(sign_in("town_office." + kTown, kPassword), path_of(stranger_)).status, 404);
}

TEST_P(PeopleRoutesTest, ChangesTheStatusAndWhatIsOwed) {
  Client town = as(Role::town_office, kTown);
  std::string path = path_of(key_) + "/status";
  js::object suspend{{"status", "suspended"}, {"on", "2025-06-01"}, {"last", "2025-06-30"}, {"reason", "住院"}};
  http::Answer suspended = post(town, path, suspend, match(town, key_));
  ASSERT_EQ(suspended.status, 200) << suspended.body;
  EXPECT_EQ(json_of(suspended).at("status"), "suspended");
  js::object coverage = json_of(get(town, "/coverage?month=2025-06"));
  EXPECT_EQ(coverage.at("suspended"), 1);
  auto reason = [&](const Client& client) {
    return std::string(json_of(get(client, path)).at("spans").as_array().back().at("reason").as_string());
  };
  EXPECT_EQ(reason(town), "住院");
  EXPECT_EQ(reason(as(Role::visitor, kVillage)), "") << "it may name an illness";
  EXPECT_EQ(post(town, path, js::object{{"status", "active"}}, match(town, key_)).status, 200);
  EXPECT_EQ(post(town, path, js::object{{"status", "deceased"}, {"on", "2025-06-19"}}, match(town, key_)).status, 200);
  EXPECT_EQ(post(town, path, js::object{{"status", "corrected"}, {"reason", "登记错误"}}, match(town, key_)).status,
            200);
  EXPECT_EQ(post(town, path, js::object{{"status", "moved_out"}, {"reason", "随子女"}}, match(town, key_)).status, 200);
  EXPECT_EQ(json_of(get(town, path)).at("spans").as_array().size(), 2u);
  EXPECT_EQ(code_of(post(town, path, js::object{{"status", "gone"}}, match(town, key_))), "request.invalid");
}

TEST_P(PeopleRoutesTest, RefusesDaysThatAreSlips) {
  Client town = as(Role::town_office, kTown);
  for (const char* day : {"0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"}) {
    js::object facts{{"facts", js::object{{"dementia", true}}}, {"said_on", day}};
    EXPECT_EQ(code_of(post(town, path_of(key_) + "/facts", facts, match(town, key_))), "request.invalid") << day;
    js::object event{{"event", "x"}, {"at", std::string(day) + "T09:00"}};
    EXPECT_EQ(code_of(post(town, path_of(key_) + "/events", event)), "request.invalid") << day;
  }
  js::object facts{{"facts", js::object{{"dementia", true}}}, {"said_on", "1900-01-01"}};
  EXPECT_EQ(post(town, path_of(key_) + "/facts", facts, match(town, key_)).status, 200);
}

TEST_P(PeopleRoutesTest, NotesAnEventOnce) {
  Client town = as(Role::town_office, kTown);
  std::string path = path_of(key_) + "/events";
  http::Answer unknown = post(town, path, js::object{{"event", "no_such_event"}});
  EXPECT_EQ(code_of(unknown), "event.unknown");
  EXPECT_EQ(code_of(post(town, path, js::object{{"event", "x"}, {"at", "yesterday"}})), "request.invalid");
}

TEST_P(PeopleRoutesTest, ListsAnAreaPageByPage) {
  Client county = as(Role::county_bureau, kCounty);
  for (int serial = 10; serial < 13; ++serial) register_person(kCounty, kVillage, serial);
  std::set<std::string> seen;
  js::object search{{"area", kVillage}, {"limit", 2}};
  for (;;) {
    js::object page = json_of(post(county, "/people/search", search));
    for (const js::value& person : page.at("people").as_array()) {
      EXPECT_TRUE(seen.insert(std::string(person.at("id").as_string())).second);
    }
    if (page.at("next").is_null()) break;
    search["cursor"] = page.at("next");
  }
  EXPECT_EQ(seen.size(), 4u);
}

}  // namespace
}  // namespace tanfang::app::server
