// What other schemes would make of a county: the kinds of change, visits by village, and agreement with the real thing.
#include "planning/simulation.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "planning/planning_county_testing.h"
#include "platform/files/files.h"

namespace tanfang::planning::examples {
namespace {

using testing::ElementsAre;
using testing::Pair;

using Edits = std::vector<std::pair<std::string, std::string>>;

class SimulationTest : public CountyTest {
 protected:
  /// A version of luzhou-2023 in force from `in_force` with the edits, in the folder of the schemes.
  void write_version(const std::string& in_force, const Edits& edits) {
    std::string text = files::read_whole(TANFANG_SOURCE_DIR "/schemes/luzhou-2023/scheme.toml");
    auto replace = [&](const std::string& old, const std::string& fresh) {
      std::size_t at = text.find(old);
      ASSERT_NE(at, std::string::npos) << old;
      text.replace(at, old.size(), fresh);
    };
    replace("in_force = 2023-12-14", "in_force = " + in_force);
    for (const auto& [old, fresh] : edits) replace(old, fresh);
    std::string folder = folder_.path() + "/luzhou-2023";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/scheme.toml") << text;
  }

  struct Outcome {
    std::vector<SimulatedChange> changes;
    std::map<std::string, std::int64_t> kinds;
    std::map<std::string, BeforeAfter> villages;
  };
  Outcome simulate(const std::string& on) {
    Outcome outcome;
    database().read([&](db::Session& session) {
      auto after = registry::trial_policy(session, TANFANG_SOURCE_DIR, {}, {folder_.path() + "/luzhou-2023"}, county);
      Simulation simulation(session, policies, county, classifier.policy_of(session, county), after, *Date::parse(on));
      while (simulation.next(session, outcome.changes)) {
      }
      outcome.kinds = simulation.kinds();
      outcome.villages = simulation.villages();
    });
    return outcome;
  }

  const db::TestFolder folder_;
};
TANFANG_ON_EACH_ENGINE(SimulationTest);

TEST_P(SimulationTest, NamesTheKindOfEachChange) {
  Id key = add_person("1940-01-01", *Date::parse("2024-01-01"));
  add_person("1955-01-01", *Date::parse("2024-01-01"));
  struct Row {
    Edits edits;
    std::map<std::string, std::int64_t> kinds;
  };
  const std::string alone = "[[category]]\nid = \"living_alone\"\ncite = \"附件1.2\"\n";
  const std::string setting = "[[setting]]\nid = \"include_destitute_dispersed\"";
  const std::string monthly = "window = \"month\"\nmin = 1";
  const std::vector<Row> rows = {
      {{}, {}},
      {{{"or (advanced_age and living_alone)\n", ""}}, {{"lowered", 1}}},
      {{{"(advanced_age and living_alone)", "living_alone"}}, {{"raised", 1}}},
      {{{monthly, "window = \"month\"\nmin = 2"}}, {{"visits", 1}}},
      {{{"id = \"general\"", "id = \"ordinary\""}}, {{"retiered", 1}}},
      {{{setting, "[eligible]\nrule = \"age >= 75\"\ncite = \"一\"\n\n" + setting}}, {{"leaves", 1}}},
      {{{alone, ""}}, {{"unsettled", 2}}},
  };
  for (const Row& row : rows) {
    write_version("2024-04-01", row.edits);
    Outcome outcome = simulate("2024-04-01");
    EXPECT_EQ(outcome.kinds, row.kinds) << (row.edits.empty() ? "" : row.edits[0].first);
    if (row.kinds == std::map<std::string, std::int64_t>{{"lowered", 1}}) {
      EXPECT_EQ(outcome.changes.at(0).person, key);
      EXPECT_EQ(outcome.changes.at(0).before.tier, "key");
      EXPECT_EQ(outcome.changes.at(0).after.tier, "general");
    }
  }
}

TEST_P(SimulationTest, LeavesOutWhoHasGoneAndCountsNoVisitsOfTheDeclined) {
  Id gone = add_person("1940-01-01", *Date::parse("2024-01-01"));
  Id declined = add_person("1941-01-01", *Date::parse("2024-01-01"));
  write([&](audit::Work& work) { registry::record_death(work, {county, gone}, work.today()); });
  write([&](audit::Work& work) {
    registry::state_facts(work, classifier, {county, declined}, registry::Source::clerk, "", work.today(),
                          {{"willing", "false"}});
  });
  write_version("2024-04-01", {{"or (advanced_age and living_alone)\n", ""}});
  Outcome outcome = simulate("2024-04-01");
  EXPECT_EQ(outcome.kinds, (std::map<std::string, std::int64_t>{{"lowered", 1}}));
  EXPECT_THAT(outcome.villages, ElementsAre(Pair(village, BeforeAfter{0, 0})));
}

/// A trial and the real thing are one: what it says would be owed is what the opened months hold.
TEST_P(SimulationTest, SaysWhatTheOpenedMonthsHoldOnceTheDraftIsInForce) {
  Date registered = *Date::parse("2023-12-01");
  add_person("1940-01-01", registered);
  add_person("1944-09-17", registered);
  write_version("2024-04-01", {{"(advanced_age and living_alone)", "(advanced_age and living_alone and age < 82)"}});
  Outcome outcome = simulate("2024-04-01");
  registry::Classifier real(TANFANG_SOURCE_DIR, {folder_.path() + "/luzhou-2023"});
  Policies real_policies(real);
  std::int64_t visits = 0;
  for (int i = 0; i < 12; ++i) {
    Month month = add_months({2024, 4}, i);
    write([&](audit::Work& work) { open_month(work, real_policies, county, month); });
    database().read([&](db::Session& session) {
      for_each_planned(session, county, month, now, false, [&](const PlannedVisit& planned) {
        if (planned.ends_in_month && month_of(planned.last_day) == month) visits += planned.min;
      });
    });
  }
  ASSERT_EQ(outcome.villages.size(), 1u);
  EXPECT_EQ(outcome.villages.at(village).after, visits);
  EXPECT_NE(outcome.villages.at(village).before, visits);
}

}  // namespace
}  // namespace tanfang::planning::examples
