// Lists page by page, work lists, forms, scheme folders and backups over HTTP.
#include <sys/stat.h>

#include <fstream>

#include "app/operation/backup_folder.h"
#include "app/server/routes/scheme_lint.h"
#include "app/server/routes/test_lists.h"
#include "platform/files/files.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

TANFANG_ON_EACH_ENGINE(ListsTest);

TEST_P(ListsTest, ShowsWhatIsOwedPageByPage) {
  for (int serial = 10; serial < 17; ++serial) register_person(kCounty, serial % 2 ? kVillage : kOtherVillage, serial);
  write([&](audit::Work& work) { planning::open_month(work, serving_->service().policies(), kCounty, {2025, 6}); });
  Client county = as(Role::county_bureau, kCounty);
  ASSERT_EQ(post(county, "/visits", visit("k-1", format_id(key_.id), "2025-06-10")).status, 201);
  const std::string path = "/plan/obligations?month=2025-06";
  js::array whole = all(county, path, "obligations", 200);
  ASSERT_GT(whole.size(), 9u);
  for (int limit : {1, 2, 3, 7}) EXPECT_EQ(all(county, path, "obligations", limit), whole) << limit;
  EXPECT_EQ(distinct(whole).size(), whole.size());
  std::size_t counted = 0;
  for (const char* state : {"owed", "met", "overdue", "declined", "suspended", "taken_out"}) {
    js::array some = all(county, path + "&state=" + state, "obligations", 2);
    for (const js::value& one : some) EXPECT_EQ(one.at("state").as_string(), state);
    counted += some.size();
  }
  EXPECT_EQ(counted, whole.size());
  js::array open = all(county, path + "&open_only=true", "obligations", 3);
  EXPECT_EQ(code_of(get(county, path + "&open_only=true&state=met")), "request.invalid");
  EXPECT_GT(open.size(), 0u);
  js::array village = all(county, path + "&village=" + kVillage + "&state=owed", "obligations", 3);
  EXPECT_GT(village.size(), 0u);
  for (const js::value& one : village) EXPECT_EQ(one.at("area"), js::value(kVillage));
  EXPECT_EQ(all(as(Role::village_clerk, kVillage), path + "&state=owed", "obligations", 50), village);
  EXPECT_EQ(code_of(get(county, path + "&village=" + kTown)), "request.invalid");
  EXPECT_EQ(code_of(get(county, path + "&cursor=x")), "plan.cursor");
  EXPECT_EQ(code_of(get(county, path + "&area=51")), "request.invalid");
  EXPECT_EQ(code_of(get(county, path + "&area=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(get(county, "/plan/obligations?month=2031-01")), "month.not_open");
}

TEST_P(ListsTest, ShowsTheTrailPageByPage) {
  as(Role::town_office, kTown);
  for (int i = 0; i < 5; ++i) {
    clock_.set(*parse_instant("2025-06-2" + std::to_string(i) + "T09:00"));
    Client town = sign_in("town_office." + kTown, kPassword);
    post(town, path_of(key_) + "/reveal", js::object{{"reason", "核对身份"}});
    if (i == 2) audit::seal(serving_->service().database(), serving_->service().keys());
  }
  Client auditor = as(Role::auditor, kCounty);
  js::array whole = all(auditor, "/audit", "entries", 200);
  ASSERT_GT(whole.size(), 8u);
  for (int limit : {1, 3}) EXPECT_EQ(all(auditor, "/audit", "entries", limit), whole) << limit;
  EXPECT_EQ(distinct(whole).size(), whole.size());
  js::array revealed = all(auditor, "/audit?kind=field_revealed", "entries", 2);
  EXPECT_EQ(revealed.size(), 5u);
  EXPECT_TRUE(revealed[0].at("number").is_null()) << "not yet sealed";
  EXPECT_TRUE(revealed[4].at("number").is_int64());
  EXPECT_EQ(all(auditor, "/audit?kind=field_revealed&actor=account:town_office." + kTown, "entries", 4), revealed);
  EXPECT_EQ(all(auditor, "/audit?actor=account:nobody", "entries", 4).size(), 0u);
  EXPECT_EQ(all(auditor, "/audit?kind=field_revealed&from=2025-06-21&to=2025-06-22", "entries", 1).size(), 2u);
  EXPECT_EQ(all(auditor, "/audit?kind=field_revealed&from=2025-06-30", "entries", 1).size(), 0u);
  EXPECT_EQ(all(auditor, "/audit?to=2024-12-31", "entries", 1).size(), 0u);
  EXPECT_EQ(all(auditor, "/audit?kind=field_revealed&subject=person:" + format_id(key_.id), "entries", 2).size(), 5u);
  EXPECT_EQ(code_of(get(auditor, "/audit?cursor=moon.0000000000001")), "request.cursor");
  std::string text = js::serialize(whole);
  EXPECT_EQ(text.find(number_of(kCounty, 1)), std::string::npos);
  EXPECT_EQ(text.find("张三"), std::string::npos);
  // What belongs to no county is for who audits the nation.
  for (const js::value& entry : all(as(Role::auditor, ""), "/audit", "entries", 50)) EXPECT_EQ(entry.at("county"), "");
}

TEST_P(ListsTest, GoesOnInTheChainWhereTheTailWasSealedMeanwhile) {
  Client town = as(Role::town_office, kTown);
  for (int i = 0; i < 4; ++i) {
    clock_.set(*parse_instant("2025-06-20T09:0" + std::to_string(i)));
    post(town, path_of(key_) + "/reveal", js::object{{"reason", "核对身份"}});
  }
  Client auditor = as(Role::auditor, kCounty);
  js::array before = all(auditor, "/audit?kind=field_revealed", "entries", 50);
  js::object first = json_of(get(auditor, "/audit?kind=field_revealed&limit=2"));
  audit::seal(serving_->service().database(), serving_->service().keys());
  js::object second =
      json_of(get(auditor, "/audit?kind=field_revealed&limit=2&cursor=" + std::string(first.at("next").as_string())));
  ASSERT_EQ(second.at("entries").as_array().size(), 2u);
  EXPECT_EQ(second.at("entries").at(0).at("id"), before[2].at("id"));
  EXPECT_EQ(second.at("entries").at(1).at("id"), before[3].at("id"));
}

TEST_P(ListsTest, ListsAttemptsApart) {
  Client visitor = as(Role::visitor, kVillage);
  ASSERT_EQ(post(visitor, "/visits", visit("k-1", format_id(key_.id), "2025-06-10")).status, 201);
  for (const char* outcome : {"not_home", "refused"}) {
    js::object attempt = visit(outcome, format_id(key_.id), "2025-06-11");
    attempt["outcome"] = outcome;
    attempt["answers"] = js::object();
    attempt["form"] = "";
    ASSERT_EQ(post(visitor, "/visits", attempt).status, 201);
  }
  EXPECT_EQ(all(visitor, "/attempts", "attempts", 1).size(), 2u);
  EXPECT_EQ(all(visitor, "/attempts?outcome=refused", "attempts", 1).size(), 1u);
  EXPECT_EQ(all(visitor, "/attempts?visitor=visitor." + kVillage, "attempts", 1).size(), 2u);
  EXPECT_EQ(code_of(get(visitor, "/attempts?outcome=met")), "request.invalid");
  EXPECT_EQ(all(visitor, "/visits", "visits", 1).size(), 3u);
}

TEST_P(ListsTest, CountsTheWorkOfAnAreaAndListsIt) {
  Client town = as(Role::town_office, kTown);
  registry::PersonStatement said;
  said.citizen_number = number_of(kCounty, 30);
  said.birth_date = *Date::parse("1940-03-02");
  said.name = "李四";
  said.area = kVillage;
  said.facts = {{"willing", "true"}};
  registry::Terms terms{
      kCounty, registry::Source::ledger, "", *Date::parse("2025-01-01"), *Date::parse("2025-01-01"), "ledger:test"};
  write([&](audit::Work& work) {
    registry::register_people(work, serving_->service().classifier(), terms, std::span(&said, 1));
    planning::open_month(work, serving_->service().policies(), kCounty, {2025, 6});
  });
  post(town, "/transfers", js::object{{"citizen_number", number_of(kOtherCounty, 3)}, {"to_area", kVillage}});
  std::string id(json_of(post(town, "/visits", visit("k-1", format_id(key_.id), "2025-06-10"))).at("id").as_string());
  js::object corrected = visit("k-2", format_id(key_.id), "2025-06-11");
  corrected["reason"] = "日期有误";
  ASSERT_EQ(post(town, "/visits/" + id + "/corrections", corrected).status, 201);
  std::map<std::string, std::int64_t> counts;
  for (const js::value& line : items_of(get(town, "/work-lists"), "lists")) {
    counts[std::string(line.at("list").as_string())] = line.at("count").as_int64();
    EXPECT_EQ(get(town, std::string(line.at("path").as_string())).status, 200);
  }
  EXPECT_EQ(counts, (std::map<std::string, std::int64_t>{{"emergencies", 0},
                                                         {"proposals", 0},
                                                         {"verification", 1},
                                                         {"refresh", 0},
                                                         {"differences", 0},
                                                         {"transfers", 1},
                                                         {"corrections", 1}}));
  EXPECT_EQ(all(town, "/work-lists/verification", "people", 1).size(), 1u);
  js::array records = all(town, "/work-lists/corrections", "visits", 1);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].at("corrects"), js::value(id));
  EXPECT_EQ(code_of(get(town, "/work-lists/corrections?cursor=x.0000000000001")), "request.cursor");
  Client elsewhere = as(Role::town_office, "510521101");
  for (const js::value& line : items_of(get(elsewhere, "/work-lists"), "lists")) {
    EXPECT_EQ(line.at("count"), 0) << js::serialize(line);
  }
  // A visitor is shown no list that they may not open.
  for (const js::value& line : items_of(get(as(Role::visitor, kVillage), "/work-lists"), "lists")) {
    EXPECT_NE(line.at("list"), "differences");
  }
  EXPECT_EQ(code_of(get(town, "/work-lists?area=" + kCounty)), "identity.outside_area");
}

TEST_P(ListsTest, ReadsThePartsOfAFileMaskedAndTakesConsentBack) {
  Client clerk = as(Role::village_clerk, kVillage);
  js::object contacts{
      {"contacts", js::array{js::object{{"kind", "child"}, {"name", "张小三"}, {"phone", "13900001234"}}}}};
  ASSERT_EQ(ask(clerk, "PUT", path_of(key_) + "/contacts", contacts, match(clerk, key_)).status, 200);
  http::Answer listed = get(clerk, path_of(key_) + "/contacts");
  EXPECT_EQ(json_of(listed).at("contacts").as_array().size(), 1u);
  EXPECT_EQ(listed.body.find("13900001234"), std::string::npos) << listed.body;
  std::string seen = "If-Match: " + listed.value("etag") + "\r\n";
  EXPECT_EQ(ask(clerk, "PUT", path_of(key_) + "/household", js::object{{"household", js::array{}}}, seen).status, 200);
  EXPECT_TRUE(json_of(get(clerk, path_of(key_) + "/household")).at("household").as_array().empty());
  std::string withdrawal = path_of(key_) + "/consents/photo/withdrawal";
  EXPECT_EQ(code_of(post(clerk, withdrawal, js::object{}, match(clerk, key_))), "consent.not_given");
  ASSERT_EQ(post(clerk, path_of(key_) + "/consents", js::object{{"kind", "photo"}}, match(clerk, key_)).status, 200);
  EXPECT_EQ(code_of(post(clerk, withdrawal, js::object{})), "precondition.needed");
  ASSERT_EQ(post(clerk, withdrawal, js::object{{"note", "本人要求"}}, match(clerk, key_)).status, 200);
  EXPECT_EQ(code_of(post(clerk, withdrawal, js::object{}, match(clerk, key_))), "consent.not_given");
  js::array consents = json_of(get(clerk, path_of(key_) + "/consents")).at("consents").as_array();
  ASSERT_EQ(consents.size(), 2u);
  EXPECT_EQ(consents[1].at("given"), false);
  for (const char* part : {"/contacts", "/household", "/consents"}) {
    EXPECT_EQ(code_of(get(clerk, path_of(neighbour_) + part)), "person.unknown");
  }
}

TEST_P(ListsTest, ReachesAPersonOfTheCityWithoutNamingTheCounty) {
  EXPECT_EQ(get(as(Role::city_supervisor, "5105"), path_of(key_)).status, 200);
  EXPECT_EQ(get(as(Role::city_supervisor, "5105"), path_of(stranger_)).status, 200);
  EXPECT_EQ(code_of(get(as(Role::city_supervisor, "5106"), path_of(key_))), "person.unknown");
}

TEST_P(ListsTest, GivesAFormAsItIsDrawn) {
  Client visitor = as(Role::visitor, kVillage);
  js::array forms = json_of(get(visitor, "/schemes/luzhou-2023/forms")).at("forms").as_array();
  EXPECT_EQ(forms.size(), 3u);
  http::Answer answer = get(visitor, "/schemes/luzhou-2023/forms/visit");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_FALSE(answer.value("etag").empty());
  js::object form = json_of(answer);
  EXPECT_EQ(form.at("id"), "luzhou-2023/visit");
  EXPECT_EQ(form.at("use"), "visit");
  EXPECT_EQ(form.at("supplement").at("id"), "luzhou-2023/supplement");
  std::map<std::string, js::object> fields;
  for (const js::object* part : {&form, &form.at("supplement").as_object()}) {
    for (const js::value& section : part->at("sections").as_array()) {
      for (const js::value& field : section.at("fields").as_array()) {
        fields[std::string(field.at("code").as_string())] = field.as_object();
      }
    }
  }
  // What a record of the tests answers, drawn from this alone.
  const js::object answers = visit("k", "p", "2025-06-10").at("answers").as_object();
  for (const auto& [code, given] : answers) {
    ASSERT_TRUE(fields.contains(std::string(code))) << code;
    const js::object& field = fields[std::string(code)];
    EXPECT_EQ(field.at("kind"), "choice") << code;
    const js::array& options = field.at("options").as_array();
    EXPECT_TRUE(std::any_of(options.begin(), options.end(), [&given = given](const js::value& option) {
      return option.at("code") == given;
    })) << code;
  }
  EXPECT_EQ(fields.at("visit_number").at("minimum"), 1);
  EXPECT_EQ(code_of(get(visitor, "/schemes/luzhou-2023/forms/none")), "form.unknown");
  EXPECT_EQ(code_of(get(visitor, "/schemes/none/forms")), "scheme.unknown");
}

TEST_P(ListsTest, GivesEveryFormOfEveryScheme) {
  Client visitor = as(Role::visitor, kVillage);
  std::set<std::string> folders;
  for (const js::value& scheme : items_of(get(visitor, "/schemes"), "schemes")) {
    folders.emplace(scheme.at("id").as_string());
  }
  EXPECT_GE(folders.size(), 5u);
  for (const std::string& folder : folders) {
    js::object scheme = json_of(get(visitor, "/schemes/" + folder));
    for (const char* part : {"categories", "tiers", "settings", "definitions", "eligible", "methods", "seasons",
                             "events", "rounds", "provisions"}) {
      EXPECT_TRUE(scheme.contains(part)) << folder << " " << part;
    }
    for (const js::value& head : items_of(get(visitor, "/schemes/" + folder + "/forms"), "forms")) {
      EXPECT_EQ(
          json_of(get(visitor, "/schemes/" + std::string(head.at("id").as_string()).insert(folder.size(), "/forms")))
              .at("version"),
          head.at("version"));
    }
  }
}

TEST_P(ListsTest, SaysTheValuesOfSettingsInWords) {
  js::object scheme = json_of(get(as(Role::visitor, kVillage), "/schemes/luzhou-2023"));
  std::map<std::string, js::value> words;
  for (const js::value& setting : scheme.at("settings").as_array()) {
    words[std::string(setting.at("value").as_string())] = setting.at("value_text");
  }
  ASSERT_TRUE(words.contains("\"mild\"")) << "impaired_from";
  EXPECT_EQ(words.at("\"mild\""), js::value(js::object{{"zh", "轻度失能"}, {"en", "mildly impaired"}}));
  words.erase("\"mild\"");
  for (const auto& [value, text] : words) EXPECT_TRUE(text.is_null()) << value;
}

TEST_P(ListsTest, ChecksTheTextsOfASchemeFolder) {
  Client county = as(Role::county_bureau, kCounty);
  std::string folder = TANFANG_SOURCE_DIR "/schemes/luzhou-2023/";
  js::object texts{{"name", "luzhou-2023"},
                   {"scheme", files::read_whole(folder + "scheme.toml")},
                   {"cases", files::read_whole(folder + "cases.jsonl")},
                   {"forms", js::object{{"visit", files::read_whole(folder + "forms/visit.toml")},
                                        {"registration", files::read_whole(folder + "forms/registration.toml")},
                                        {"supplement", files::read_whole(folder + "forms/supplement.toml")}}}};
  js::object sound = json_of(post(county, "/schemes/lint", texts));
  EXPECT_EQ(sound.at("ok"), true) << js::serialize(sound);
  texts["scheme"] = "id = \"luzhou-2023\"\nversion = 3\n[[tier]]\nid = \"key\"\nrule = \"age >= \"\n";
  texts["forms"].as_object()["visit"] = "use = \"wish\"\n";
  http::Answer answer = post(county, "/schemes/lint", texts);
  js::object broken = json_of(answer);
  EXPECT_EQ(broken.at("ok"), false);
  std::set<std::string> files;
  for (const js::value& finding : broken.at("findings").as_array()) {
    files.emplace(finding.at("file").as_string());
    EXPECT_FALSE(finding.at("text").as_string().empty());
    EXPECT_FALSE(finding.at("text_en").as_string().empty());
  }
  EXPECT_TRUE(files.contains("scheme.toml")) << answer.body;
  EXPECT_TRUE(files.contains("forms/visit.toml")) << answer.body;
  EXPECT_EQ(answer.body.find(database_->folder().path()), std::string::npos) << "paths of the machine";
  EXPECT_TRUE(std::filesystem::is_empty(serving_->service().upload_folder()));
}

TEST_P(ListsTest, RefusesASchemeFolderThatCouldLeaveItsPlace) {
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(code_of(post(county, "/schemes/lint", js::object{{"name", "../x"}, {"scheme", "id = 1"}})),
            "request.invalid");
  for (const char* name : {"../visit", "a/b", "", ".", "A"}) {
    EXPECT_EQ(code_of(post(county, "/schemes/lint", js::object{{"scheme", "x"}, {"forms", js::object{{name, "y"}}}})),
              "request.invalid")
        << name;
  }
  js::object many;
  for (int i = 0; i < 21; ++i) many["f" + std::to_string(i)] = "x";
  EXPECT_EQ(code_of(post(county, "/schemes/lint", js::object{{"scheme", "x"}, {"forms", many}})), "request.invalid");
  EXPECT_EQ(code_of(post(county, "/schemes/lint", js::object{})), "request.invalid");
  {
    std::lock_guard lock(lint_turn());
    EXPECT_EQ(code_of(post(county, "/schemes/lint", js::object{{"scheme", "x"}})), "lint.busy");
  }
  std::string deep(100'000, '[');
  EXPECT_EQ(json_of(post(county, "/schemes/lint", js::object{{"scheme", "a = " + deep}})).at("ok"), false);
}

TEST_P(ListsTest, MakesListsAndVerifiesBackups) {
  Client administrator = as(Role::system_administrator, "");
  EXPECT_TRUE(json_of(get(administrator, "/backups")).at("backups").as_array().empty());
  serving_->service().jobs().tick();
  EXPECT_TRUE(json_of(get(administrator, "/backups")).at("backups").as_array().empty()) << "nobody asked for one";
  EXPECT_EQ(post(administrator, "/backups", nullptr).status, 202);
  serving_->service().jobs().tick();
  js::array backups = json_of(get(administrator, "/backups")).at("backups").as_array();
  ASSERT_EQ(backups.size(), 1u);
  EXPECT_TRUE(backups[0].at("verified_at").is_null());
  EXPECT_EQ(backups[0].at("made_at"), js::value(format_instant(clock_.now())));
  EXPECT_GT(backups[0].at("bytes").as_int64(), 0);
  std::string name(backups[0].at("name").as_string());
  std::string path = serving_->service().backups() + "/" + name;
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  http::Answer verified = post(administrator, "/backups/" + name + "/verification", nullptr);
  ASSERT_EQ(verified.status, 200) << verified.body;
  EXPECT_FALSE(json_of(verified).at("verified_at").is_null());
  EXPECT_FALSE(json_of(get(administrator, "/backups")).at("backups").at(0).at("verified_at").is_null());
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(200);
    file.put('!');
  }
  EXPECT_EQ(code_of(post(administrator, "/backups/" + name + "/verification", nullptr)), "backup.unsound");
  EXPECT_EQ(code_of(post(administrator, "/backups/keys.json/verification", nullptr)), "backup.unknown");
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kCounty), "/backups")), "identity.forbidden");
}

}  // namespace
}  // namespace tanfang::app::server
