#include "registry/classification.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

constexpr const char* kVillage = "510521100201";

class ClassificationTest : public RegistryTest {
 protected:
  static FactValues alone() { return {{"children", "[]"}, {"has_spouse", "false"}, {"has_carer", "true"}}; }
  std::vector<Classification> verdicts(const PersonKey& key, const std::string& scheme) {
    auto all = read(
        [&](db::Session& session) { return load_classifications(session, key, day("1900-01-01"), day("9999-01-01")); });
    std::erase_if(all, [&](const Classification& verdict) { return verdict.scheme != scheme; });
    return all;
  }
  std::string tier(const PersonKey& key, const char* on, const std::string& scheme = "luzhou-2023") {
    auto standing = read([&](db::Session& session) { return load_standing(session, key, day(on), day(on)); });
    const Classification* verdict = standing.classification_on(scheme, day(on));
    return verdict ? verdict->tier : "none";
  }
  Classified classify(const char* through) {
    Classified done;
    write([&](audit::Work& work) { done = classify_county(work, classifier_, "510521", day(through)); });
    return done;
  }
};

TANFANG_ON_EACH_ENGINE(ClassificationTest);

TEST_P(ClassificationTest, ABirthdayAheadIsWorkedOutAtOnce) {
  // Advanced age and living alone make the key tier of luzhou-2023; the 80th birthday is 2024-07-15.
  PersonKey key = take(statement_of("张小丽", "1944-07-15", 2, kVillage, alone()));
  EXPECT_EQ(tier(key, "2024-03-10"), "general");
  EXPECT_EQ(tier(key, "2024-07-14"), "general");
  EXPECT_EQ(tier(key, "2024-07-15"), "key");
  auto rows = verdicts(key, "luzhou-2023");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].valid_to, rows[1].valid_from);
  EXPECT_FALSE(rows[1].valid_to);
  EXPECT_EQ(tier(key, "2024-03-09"), "none");
}

TEST_P(ClassificationTest, HalfAYearAwayIsReachedOnItsDay) {
  FactValues facts{{"hukou_kind", "\"rural\""},
                   {"lives_at_hukou_place", "true"},
                   {"has_spouse", "true"},
                   {"living_with", "[\"spouse\"]"},
                   {"children", R"([{"alive":true,"away":true,"away_since":"2023-11-30","lives_in":"elsewhere"}])"}};
  PersonKey key = take(statement_of("王强", "1950-01-01", 3, kVillage, facts));
  auto standing =
      read([&](db::Session& session) { return load_standing(session, key, day("2024-03-10"), day("2024-12-31")); });
  auto is_left_behind = [&](const char* on) {
    const auto& words = standing.classification_on("luzhou-2023", day(on))->categories;
    return std::find(words.begin(), words.end(), "left_behind") != words.end();
  };
  EXPECT_FALSE(is_left_behind("2024-05-29"));
  EXPECT_TRUE(is_left_behind("2024-05-30"));
}

TEST_P(ClassificationTest, AFactChangesTheVerdictFromItsDayAndKeepsTheHistory) {
  PersonKey key = take(statement_of("张小丽", "1950-07-15", 2, kVillage, alone()));
  set_now("2024-06-01T09:00");
  write([&](audit::Work& work) {
    state_facts(work, classifier_, key, Source::visit, "", day("2024-05-20"), {{"ability", "\"severe\""}});
  });
  EXPECT_EQ(tier(key, "2024-05-19"), "general");
  EXPECT_EQ(tier(key, "2024-05-20"), "key");
  EXPECT_EQ(verdicts(key, "luzhou-2023").size(), 2u);
  write([&](audit::Work& work) {
    state_facts(work, classifier_, key, Source::clerk, "", today(), {{"physical_health", "\"poor\""}});
  });
  EXPECT_EQ(verdicts(key, "luzhou-2023").size(), 2u) << "a verdict that says the same keeps its row";
}

TEST_P(ClassificationTest, AnEarlierRegistrationIsJudgedFromItsDay) {
  Terms from_january = terms();
  from_january.registered_on = day("2024-01-01");
  PersonKey key = take({statement_of("张小丽", "1944-02-15", 2, kVillage, alone())}, from_january).at(0).person;
  EXPECT_EQ(tier(key, "2024-01-01"), "general");
  EXPECT_EQ(tier(key, "2024-02-15"), "key");
}

TEST_P(ClassificationTest, VerdictsAreCarriedOnWhenTheyEnd) {
  PersonKey key = take(statement_of("张小丽", "1946-07-15", 2, kVillage, alone()));
  set_now("2024-03-20T09:00");
  EXPECT_EQ(classify("2024-12-31").people, 0);
  set_now("2026-01-05T09:00");
  EXPECT_EQ(classify("2026-12-31").people, 1);
  EXPECT_EQ(tier(key, "2026-07-14"), "general");
  EXPECT_EQ(tier(key, "2026-07-15"), "key");
  EXPECT_EQ(verdicts(key, "luzhou-2023").size(), 2u);
  EXPECT_EQ(classify("2026-12-31").people, 0);
}

TEST_P(ClassificationTest, TheCountysChoiceJudgesEverybodyAnewFromToday) {
  PersonKey key = take(statement_of("张小丽", "1946-07-15", 2, kVillage, alone()));
  EXPECT_EQ(tier(key, "2024-03-10"), "general");
  set_now("2024-04-01T09:00");
  write([&](audit::Work& work) {
    choose_schemes(work, classifier_, "510521", {{"luzhou-2023", {{"advanced_age_from", "75"}}}});
  });
  EXPECT_EQ(tier(key, "2024-03-31"), "general");
  EXPECT_EQ(tier(key, "2024-04-01"), "key");
  EXPECT_NE(tier(key, "2024-04-01", "national-2022"), "none") << "the floor stays";
  set_now("2024-05-01T09:00");
  write([&](audit::Work& work) { choose_schemes(work, classifier_, "510521", {{"yicheng-2023", {}}}); });
  EXPECT_EQ(tier(key, "2024-05-01"), "none");
  EXPECT_EQ(tier(key, "2024-04-30"), "key");
  EXPECT_NE(tier(key, "2024-05-01", "yicheng-2023"), "none");
}

TEST_P(ClassificationTest, AChoiceMustBeKnown) {
  auto choose = [&](const CountyScheme& choice) {
    return refused([&](audit::Work& work) { choose_schemes(work, classifier_, "510521", {choice}); });
  };
  EXPECT_EQ(choose({"atlantis-2024", {}}), "scheme.unknown");
  EXPECT_EQ(choose({"luzhou-2023", {{"shoe_size", "43"}}}), "scheme.setting");
}

TEST_P(ClassificationTest, ManyPeopleArriveByPages) {
  std::vector<PersonStatement> rows;
  for (int i = 1; i <= 2300; ++i) {
    std::string birth = std::to_string(1930 + i % 30) + "-01-" + std::to_string(10 + i / 1000);
    rows.push_back(statement_of("王" + std::to_string(i), birth.c_str(), i, i % 2 ? kVillage : "510521101201"));
  }
  for (const Registration& result : take(rows, terms())) EXPECT_EQ(result.outcome, Outcome::registered);
  auto count = [&](const char* area) {
    return read([&](db::Session& session) {
      std::set<Id> people;
      for_each_standing(session, area, today(), today(), [&](const Standing& standing) {
        people.insert(standing.person);
        EXPECT_EQ(standing.classifications.size(), 2u);
      });
      return people.size();
    });
  };
  EXPECT_EQ(count("510521"), 2300u);
  EXPECT_EQ(count("510521101"), 1150u);
  EXPECT_EQ(count("370305"), 0u);
}

}  // namespace
}  // namespace tanfang::registry
