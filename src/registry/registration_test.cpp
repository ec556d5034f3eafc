#include "registry/registration.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

constexpr const char* kVillage = "510521100201";
constexpr const char* kOtherVillage = "510521101201";

class RegistrationTest : public RegistryTest {
 protected:
  static FactValues alone() { return {{"has_spouse", "false"}, {"children", "[]"}, {"ability", "\"mild\""}}; }
  FactOrigin fact(const PersonKey& key, const std::string& name) {
    Person person = read([&](db::Session& session) { return load_person(session, keys_, key); });
    for (FactOrigin& fact : person.facts) {
      if (fact.fact == name) return fact;
    }
    return {};
  }
  Person person(const PersonKey& key) {
    return read([&](db::Session& session) { return load_person(session, keys_, key); });
  }
};

TANFANG_ON_EACH_ENGINE(RegistrationTest);

TEST_P(RegistrationTest, ANewRowBecomesAFileWithFactsAndVerdicts) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kVillage, alone());
  said.phone = "138-0000-7875";
  said.address = "兆雅镇大寨村3组12号";
  said.contacts = {{"emergency", "张三", "13900001234", "子", ""}};
  said.household = {{"李四", "配偶", "male", number_of("1938-01-01", 3), "一般", ""}};
  Registration result = take({said}, terms()).at(0);
  EXPECT_EQ(result.outcome, Outcome::registered);
  Person file = person(result.person);
  EXPECT_EQ(file.name, "张小丽");
  EXPECT_EQ(file.sex, "female");
  EXPECT_EQ(file.citizen_number, "510521************");
  EXPECT_EQ(file.phone.substr(0, 3), "138");
  EXPECT_NE(file.phone.find('*'), std::string::npos);
  EXPECT_NE(file.address.find("****"), std::string::npos);
  EXPECT_EQ(file.contacts.at(0).name, "张*");
  EXPECT_EQ(file.household.at(0).name, "李*");
  FactOrigin ability = fact(result.person, "ability");
  EXPECT_EQ(ability.value, "\"mild\"");
  EXPECT_EQ(ability.source, Source::ledger);
  EXPECT_EQ(ability.date, today());
  EXPECT_EQ(fact(result.person, "residence_area").value, "\"510521100201\"");
  auto verdicts =
      read([&](db::Session& session) { return load_classifications(session, result.person, today(), today()); });
  ASSERT_EQ(verdicts.size(), 2u);
  EXPECT_EQ(verdicts[0].scheme, "luzhou-2023");
  EXPECT_EQ(verdicts[0].tier, "key");
  EXPECT_EQ(verdicts[1].scheme, "national-2022");
  EXPECT_EQ(events_of(result.person), std::vector<std::string>{"person_registered"});
}

TEST_P(RegistrationTest, TheSameLedgerAgainChangesNothing) {
  std::vector<PersonStatement> ledger{statement_of("张小丽", "1940-05-02", 2, kVillage, alone()),
                                      statement_of("王强", "1950-05-02", 3, kVillage)};
  take(ledger, terms());
  set_now("2024-06-01T09:00");
  for (const Registration& result : take(ledger, terms())) EXPECT_EQ(result.outcome, Outcome::unchanged);
}

TEST_P(RegistrationTest, AChangedRowChangesThatFactOnly) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kVillage, alone());
  said.phone = "13800007875";
  PersonKey key = take(said);
  set_now("2024-06-01T09:00");
  said.facts.back().value = "\"severe\"";
  said.phone = "13811112222";
  Registration result = take({said}, terms()).at(0);
  EXPECT_EQ(result.outcome, Outcome::changed);
  EXPECT_EQ(result.changed, (std::vector<std::string>{"ability", "phone"}));
  EXPECT_EQ(fact(key, "ability").date, day("2024-06-01"));
  EXPECT_EQ(fact(key, "has_spouse").date, day("2024-03-10"));
  EXPECT_EQ(person(key).phone, "138****2222");
  auto history = read([&](db::Session& session) { return load_history(session, key); });
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[1].changed, (std::vector<std::string>{"ability", "phone"}));
  EXPECT_EQ(history[1].actor, "clerk:wang");
}

TEST_P(RegistrationTest, ALedgerThatRepeatsItselfDoesNotUndoAClerk) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kVillage, alone());
  said.phone = "13800007875";
  PersonKey key = take(said);
  set_now("2024-04-01T09:00");
  write([&](audit::Work& work) {
    state_facts(work, classifier_, key, Source::clerk, "", today(), {{"ability", "\"severe\""}});
  });
  write([&](audit::Work& work) { correct_person(work, classifier_, key, {"张晓丽", "13722223333", {}, {}}); });
  set_now("2024-05-01T09:00");
  said.facts.push_back({"dementia", "false"});
  EXPECT_EQ(take({said}, terms()).at(0).changed, std::vector<std::string>{"dementia"});
  EXPECT_EQ(fact(key, "ability").value, "\"severe\"");
  EXPECT_EQ(person(key).name, "张晓丽");
  EXPECT_EQ(person(key).phone, "137****3333");
}

TEST_P(RegistrationTest, AnOlderStatementDoesNotOverwriteANewerFact) {
  PersonKey key = take(statement_of("张小丽", "1940-05-02", 2, kVillage, alone()));
  std::vector<std::string> changed;
  write([&](audit::Work& work) {
    changed = state_facts(work, classifier_, key, Source::department, "health", day("2024-01-05"),
                          {{"ability", "\"severe\""}, {"dementia", "true"}});
  });
  EXPECT_EQ(changed, std::vector<std::string>{"dementia"});
  EXPECT_EQ(fact(key, "ability").value, "\"mild\"");
  EXPECT_EQ(fact(key, "dementia").speaker, "health");
}

TEST_P(RegistrationTest, WhatIsSaidLateHoldsOnItsDaysOnly) {
  PersonKey key = take(statement_of(
      "张小丽", "1955-05-02", 2, kVillage,
      {{"has_spouse", "true"}, {"children", "[]"}, {"living_with", "[\"spouse\"]"}, {"ability", "\"mild\""}}));
  auto state = [&](const char* now, const char* said_on, const FactValues& facts) {
    set_now(now);
    std::vector<std::string> changed;
    write([&](audit::Work& work) {
      changed = state_facts(work, classifier_, key, Source::clerk, "", day(said_on), facts);
    });
    return changed;
  };
  auto tier = [&](const char* on) {
    auto all = read([&](db::Session& session) { return load_classifications(session, key, day(on), day(on)); });
    return all.at(0).tier;
  };
  auto declined = [&](const char* on) {
    auto spans = read([&](db::Session& session) { return load_status_history(session, key); });
    return status_on(spans, day(on)) == Status::declined;
  };
  state("2024-05-01T09:00", "2024-05-01", {{"ability", "\"intact\""}, {"willing", "true"}});
  EXPECT_EQ(tier("2024-04-15"), "general");
  EXPECT_EQ(state("2024-06-01T09:00", "2024-04-01", {{"ability", "\"severe\""}, {"willing", "false"}}),
            std::vector<std::string>{})
      << "what holds now stays";
  EXPECT_EQ(fact(key, "ability").value, "\"intact\"");
  EXPECT_EQ(tier("2024-03-31"), "general");
  EXPECT_EQ(tier("2024-04-01"), "key");
  EXPECT_EQ(tier("2024-04-30"), "key");
  EXPECT_EQ(tier("2024-05-01"), "");
  EXPECT_FALSE(declined("2024-03-31"));
  EXPECT_TRUE(declined("2024-04-01"));
  EXPECT_FALSE(declined("2024-05-01"));
  auto history = read([&](db::Session& session) { return load_history(session, key); });
  EXPECT_EQ(history.at(2).changed, (std::vector<std::string>{"ability", "willing"}));
  EXPECT_EQ(history.at(2).said_on, day("2024-04-01"));
  auto why = read([&](db::Session& session) { return explain_person(session, classifier_, key, day("2024-04-15")); });
  EXPECT_FALSE(why.at(0).reasons.empty());
  EXPECT_EQ(state("2024-06-02T09:00", "2024-03-20", {{"ability", "\"intact\""}}), std::vector<std::string>{});
  EXPECT_EQ(tier("2024-03-19"), "general");
  EXPECT_EQ(tier("2024-03-20"), "");
  EXPECT_EQ(tier("2024-04-01"), "key") << "up to what is known of April";
}

TEST_P(RegistrationTest, ARowOfAnotherVillageInTheScopeMovesThePerson) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kVillage, alone());
  PersonKey key = take(said);
  set_now("2024-06-01T09:00");
  said.area = kOtherVillage;
  Registration result = take({said}, terms()).at(0);
  EXPECT_EQ(result.changed, std::vector<std::string>{"residence_area"});
  EXPECT_EQ(person(key).area, kOtherVillage);
}

TEST_P(RegistrationTest, OneNumberTwiceInACallIsOnePerson) {
  std::vector<PersonStatement> rows{statement_of("张小丽", "1940-05-02", 2, kVillage),
                                    statement_of("张小丽", "1940-05-02", 2, kVillage, alone())};
  auto results = take(rows, terms());
  EXPECT_EQ(results[0].outcome, Outcome::registered);
  EXPECT_EQ(results[1].outcome, Outcome::changed);
  EXPECT_EQ(results[0].person, results[1].person);
}

TEST_P(RegistrationTest, BadRowsAreRefusedAndNothingIsKept) {
  struct Case {
    PersonStatement said;
    const char* code;
  };
  PersonStatement nameless = statement_of("", "1940-05-02", 2, kVillage);
  PersonStatement outside = statement_of("张小丽", "1940-05-02", 2, "370305100201");
  const Case cases[] = {
      {nameless, "name.missing"},
      {outside, "area.outside"},
      {statement_of("张小丽", "1940-05-02", 2, kVillage, {{"shoe_size", "43"}}), "fact.unknown"},
      {statement_of("张小丽", "1940-05-02", 2, kVillage, {{"ability", "\"strong\""}}), "fact.value"},
      {statement_of("张小丽", "1940-05-02", 2, kVillage, {{"ability", "{"}}), "json.malformed"},
      {statement_of("张小丽", "1940-05-02", 2, kVillage, {{"sex", "\"male\""}}), "fact.identity"},
  };
  PersonStatement good = statement_of("王强", "1950-05-02", 3, kVillage);
  for (const Case& c : cases) {
    std::vector<PersonStatement> rows{good, c.said};
    EXPECT_EQ(refused([&](audit::Work& work) { register_people(work, classifier_, terms(), rows); }), c.code);
  }
  Terms tomorrow = terms();
  tomorrow.said_on = today() + 1;
  std::vector<PersonStatement> rows{good};
  EXPECT_EQ(refused([&](audit::Work& work) { register_people(work, classifier_, tomorrow, rows); }), "date.future");
  EXPECT_EQ(refused([&](audit::Work& work) { register_people(work, classifier_, terms("51"), rows); }), "area.unknown");
  EXPECT_FALSE(read([&](db::Session& session) { return find_person(session, keys_, "", good.citizen_number); }));
}

TEST_P(RegistrationTest, WhoDeclinesIsDeclinedFromThatDay) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, kVillage, {{"willing", "false"}});
  PersonKey key = take(said);
  auto status = [&](const char* on) {
    auto spans = read([&](db::Session& session) { return load_status_history(session, key); });
    return status_on(spans, day(on));
  };
  EXPECT_EQ(status("2024-03-10"), Status::declined);
  set_now("2024-05-01T09:00");
  write([&](audit::Work& work) {
    state_facts(work, classifier_, key, Source::visit, "", today(), {{"willing", "true"}});
  });
  EXPECT_EQ(status("2024-04-30"), Status::declined);
  EXPECT_EQ(status("2024-05-01"), Status::active);
}

TEST_P(RegistrationTest, FactsNeedAFileAndAValue) {
  PersonKey key = take(statement_of("张小丽", "1940-05-02", 2, kVillage));
  auto state = [&](const PersonKey& who, Date on, const FactValues& facts) {
    return refused([&](audit::Work& work) { state_facts(work, classifier_, who, Source::clerk, "", on, facts); });
  };
  EXPECT_EQ(state({"510521", Id{1}}, today(), {{"dementia", "true"}}), "person.unknown");
  EXPECT_EQ(state(key, today(), {}), "facts.empty");
  EXPECT_EQ(state(key, today() + 1, {{"dementia", "true"}}), "date.future");
  EXPECT_EQ(state(key, today(), {{"birth_date", "\"1930-01-01\""}}), "fact.identity");
  EXPECT_EQ(refused([&](audit::Work& work) {
              correct_person(work, classifier_, key, {{}, {}, {}, std::string("370305100201")});
            }),
            "area.outside");
  EXPECT_EQ(refused([&](audit::Work& work) {
              correct_person(work, classifier_, key, {{}, {}, {}, std::string("510521")});
            }),
            "area.too_wide");
  EXPECT_EQ(refused([&](audit::Work& work) {
              correct_person(work, classifier_, key, {" ", {}, {}, {}});
            }),
            "name.missing");
}

}  // namespace
}  // namespace tanfang::registry
