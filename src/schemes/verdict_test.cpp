// Verdicts of whole schemes: versions, areas, settings, reasons, what is missing, the worked example.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "platform/files/files.h"
#include "platform/json/json.h"
#include "schemes/cases.h"
#include "schemes/evaluator.h"
#include "schemes/scheme_kit.h"

namespace tanfang::schemes {
namespace {

using testing::day;
using testing::facts_of;
using testing::Folder;
using testing::kSmallScheme;

const SchemeSet& shipped() {
  static const SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR);
  return set;
}

std::string because(const Scheme& scheme, const Facts& facts, Date on) {
  std::string out;
  for (const Reason& reason : reasons(scheme, facts, on, classify(scheme, facts, on)))
    out += reason.rule + " " + reason.text.zh + "\n";
  return out;
}

std::string code_of(const SchemeSet& set, const char* id) {
  try {
    set.get(id, day("2025-01-01"));
    return "";
  } catch (const Problem& problem) {
    return problem.code;
  }
}

TEST(Verdict, SaysWhyWithClauseAndFacts) {
  Facts facts = facts_of(
      shipped(), R"({"birth_date":"1940-03-01","living_with":[],"children":[],"has_spouse":false,"willing":true})");
  Date on = day("2024-06-01");
  std::string text = because(shipped().get("yicheng-2023", on), facts, on);
  EXPECT_NE(text.find("tier.key 重点人群：年龄84岁 ≥ 80（二(一)1）"), std::string::npos) << text;
  EXPECT_NE(text.find("category.living_alone 独居："), std::string::npos) << text;
  Facts young = facts_of(shipped(), R"({"birth_date":"1980-03-01"})");
  EXPECT_NE(because(shipped().get("luzhou-2023", on), young, on).find("eligible 不符合条件：年龄44岁 < 60"),
            std::string::npos);
  Facts nothing = facts_of(shipped(), "{}");
  EXPECT_NE(because(shipped().get("luzhou-2023", on), nothing, on).find("待核实，缺少：出生日期"), std::string::npos);
}

TEST(Verdict, OwesNothingToWhoDeclined) {
  Facts facts = facts_of(shipped(), R"({"birth_date":"1940-03-01","ability":"severe","willing":false})");
  Date on = day("2024-06-01");
  Verdict verdict = classify(shipped().get("luzhou-2023", on), facts, on);
  EXPECT_EQ(verdict.eligible, Truth::yes);
  EXPECT_TRUE(verdict.declined);
  EXPECT_EQ(verdict.tier, 0);
  EXPECT_TRUE(verdict.obligations.empty());
  EXPECT_NE(because(shipped().get("luzhou-2023", on), facts, on).find("declined 本人不愿接受探访"), std::string::npos);
}

TEST(Verdict, MarksWhoRefusesHomeVisits) {
  Facts facts = facts_of(shipped(), R"({"birth_date":"1940-03-01","ability":"severe","home_visit_consent":false})");
  Date on = day("2024-06-01");
  Verdict verdict = classify(shipped().get("yicheng-2023", on), facts, on);
  ASSERT_EQ(verdict.obligations.size(), 1u);
  EXPECT_EQ(verdict.obligations[0].mark, "refused_home_visit");
  EXPECT_EQ(join_methods(verdict.obligations[0].methods), "home,phone,video,encounter");
  EXPECT_NE(because(shipped().get("yicheng-2023", on), facts, on).find("mark.refused_home_visit 不同意入户"),
            std::string::npos);
}

TEST(Verdict, NamesTheFactsThatWouldSettleIt) {
  Date on = day("2024-06-01");
  const Scheme& scheme = shipped().get("luzhou-2023", on);
  Facts facts = facts_of(
      shipped(),
      R"({"birth_date":"1950-01-01","lives_in_institution":false,"welfare":[],"disability_grade":0,"ability":"intact","special_family":false,"has_spouse":true,"living_with":["spouse"],"hukou_kind":"rural","lives_at_hukou_place":true,"residence_area":"510521104203","children":[{"alive":true,"lives_together":false,"away":false,"disability_grade":0,"adopted":false}]})");
  EXPECT_EQ(missing_facts(scheme, facts, on),
            (std::vector<std::string>{"children[].residence_area", "children[].lives_in"}));
  Facts known = facts_of(
      shipped(),
      R"({"birth_date":"1950-01-01","ability":"mild","lives_in_institution":false,"welfare":[],"disability_grade":0,"special_family":false,"has_spouse":true,"living_with":["spouse"],"children":[]})");
  EXPECT_TRUE(missing_facts(scheme, known, on).empty());
  Facts unasked = facts_of(
      shipped(),
      R"({"birth_date":"1950-01-01","ability":"mild","disability_grade":0,"special_family":false,"has_spouse":true,"living_with":["spouse"],"children":[]})");
  // Whether in an institution does not block eligibility, but is to be asked.
  EXPECT_EQ(missing_facts(scheme, unasked, on), (std::vector<std::string>{"lives_in_institution", "welfare"}));
  Facts ageless = facts_of(
      shipped(),
      R"({"ability":"mild","disability_grade":0,"special_family":false,"has_spouse":true,"living_with":["spouse"],"children":[]})");
  EXPECT_EQ(missing_facts(scheme, ageless, on),
            (std::vector<std::string>{"birth_date", "lives_in_institution", "welfare"}));
}

TEST(Verdict, NamesTheFactsThatWouldSettleWhatIsOwed) {
  Folder folder;
  std::string text = kSmallScheme;
  text.replace(text.find("window = \"month\"\nmethods"), 16, "window = \"month\"\nwhen = \"bedridden\"");
  folder.write("small/scheme.toml", text);
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  Date on = day("2025-06-01");
  const Scheme& scheme = set.get("small-2025", on);
  auto missing = [&](std::string more) {
    return missing_facts(
        scheme,
        facts_of(
            set,
            R"({"birth_date":"1950-01-01","lives_in_institution":false,"welfare":[],"has_spouse":true,"living_with":["spouse"],"children":[{"alive":true,"lives_together":false,"lives_in":"elsewhere"}])" +
                more + "}"),
        on);
  };
  EXPECT_EQ(missing(""), std::vector<std::string>{"bedridden"});
  EXPECT_TRUE(missing(R"(,"bedridden":false)").empty());
  EXPECT_TRUE(missing(R"(,"willing":false)").empty());
}

TEST(Verdict, AllAtOnceIsTheSame) {
  Date on = day("2024-06-01");
  const Scheme& scheme = shipped().get("linzi-2022", on);
  Facts facts = facts_of(shipped(), R"({"birth_date":"1940-01-01","dementia":true})");
  Assessment all;
  assess(scheme, facts, on, all);
  Verdict verdict = classify(scheme, facts, on);
  EXPECT_EQ(all.verdict.categories, verdict.categories);
  EXPECT_EQ(all.verdict.obligations, verdict.obligations);
  EXPECT_EQ(all.missing, missing_facts(scheme, facts, on));
  EXPECT_EQ(all.reasons.size(), reasons(scheme, facts, on, verdict).size());
}

TEST(SchemeSet, ChoosesTheVersionInForce) {
  Folder folder;
  std::string later = kSmallScheme;
  later.replace(later.find("2025-01-01"), 10, "2026-01-01");
  later.replace(later.find("window = \"month\""), 16, "window = \"week\"");
  folder.write("small/scheme.toml", kSmallScheme);
  folder.write("small/scheme-2026.toml", later);
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  EXPECT_EQ(set.get("small-2025", day("2024-01-01")).version, "2025-01-01");
  EXPECT_EQ(set.get("small-2025", day("2025-12-31")).version, "2025-01-01");
  EXPECT_EQ(set.get("small-2025", day("2026-01-01")).version, "2026-01-01");
  EXPECT_EQ(set.get("small-2025", day("2026-01-01")).tiers[0].owed[0].window, Window::week);
  EXPECT_EQ(set.in_area("990101100201", day("2026-06-01")).size(), 2u);
}

TEST(SchemeSet, EndsWithItsLastDay) {
  Folder folder;
  std::string text = kSmallScheme;
  text.replace(text.find("area ="), 6, "until = 2025-12-31\narea =");
  folder.write("small/scheme.toml", text);
  auto version = [](const SchemeSet& set, const char* on) {
    try {
      return set.get("small-2025", day(on)).version;
    } catch (const Problem& problem) {
      return problem.code + (problem.text.en.find("2025-12-31") == std::string::npos ? " no day" : "");
    }
  };
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  EXPECT_EQ(version(set, "2024-06-01"), "2025-01-01");
  EXPECT_EQ(version(set, "2025-12-31"), "2025-01-01");
  EXPECT_EQ(version(set, "2026-01-01"), "scheme.ended");
  EXPECT_NO_THROW(set.check("small-2025"));
  EXPECT_EQ(set.in_area("990101", day("2026-01-01")).size(), 1u);  // the national floor

  // What one without an end said counts again when a version for a while has ended.
  std::string earlier = kSmallScheme;
  earlier.replace(earlier.find("2025-01-01"), 10, "2024-01-01");
  folder.write("small/scheme-2024.toml", earlier);
  SchemeSet both = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  EXPECT_EQ(version(both, "2025-12-31"), "2025-01-01");
  EXPECT_EQ(version(both, "2026-01-01"), "2024-01-01");
}

TEST(SchemeSet, FindsLocalSchemesAndTheFloor) {
  auto ids = [](std::string_view area, const char* on) {
    std::vector<std::string> out;
    for (const Scheme* scheme : shipped().in_area(area, day(on))) out.push_back(scheme->id);
    return out;
  };
  EXPECT_EQ(ids("510521104203", "2024-01-01"), (std::vector<std::string>{"luzhou-2023", "national-2022"}));
  EXPECT_EQ(ids("370305", "2024-01-01"), (std::vector<std::string>{"linzi-2022", "national-2022"}));
  EXPECT_EQ(ids("110101", "2024-01-01"), (std::vector<std::string>{"national-2022"}));
  EXPECT_EQ(ids("210381", "2021-01-01"), (std::vector<std::string>{"anshan-2020"}));
}

TEST(SchemeSet, KeepsBrokenSchemesApart) {
  Folder folder;
  std::string broken = kSmallScheme;
  broken.replace(broken.find("rule = \"living_alone\""), 21, "rule = \"living_alonely_\"");
  folder.write("small/scheme.toml", broken);
  folder.write("worse-2025/scheme.toml", "id = ");
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  EXPECT_EQ(code_of(set, "luzhou-2023"), "");
  EXPECT_EQ(code_of(set, "small-2025"), "scheme.invalid");
  EXPECT_EQ(code_of(set, "worse-2025"), "scheme.invalid");
  EXPECT_EQ(code_of(set, "nowhere-2025"), "scheme.unknown");
  try {
    SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path() + "/none"});
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "schemes.folder_missing");
  }
}

TEST(SchemeSet, ACopyOfAShippedSchemeTakesItsPlace) {
  Folder folder;
  std::string copy = files::read_whole(TANFANG_SOURCE_DIR "/schemes/linzi-2022/scheme.toml");
  copy.replace(copy.find("default = 2"), 11, "default = 4");
  folder.write("linzi-2022/scheme.toml", copy);
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {folder.path()});
  EXPECT_EQ(set.get("linzi-2022", day("2024-01-01")).tiers[0].owed[0].min, 4);
  EXPECT_EQ(set.all().size(), shipped().all().size());
}

TEST(SchemeSet, TakesOtherValuesForSettings) {
  SettingValues values{{"luzhou-2023", {{"impaired_from", "\"moderate\""}, {"include_destitute_dispersed", "false"}}},
                       {"linzi-2022", {{"advanced_age_from", "75"}}}};
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {}, values);
  Date on = day("2024-06-01");
  Facts facts = facts_of(
      set,
      R"({"birth_date":"1948-01-01","ability":"mild","welfare":["destitute_dispersed"],"has_spouse":true,"living_with":["spouse"],"children":[],"disability_grade":0,"special_family":false})");
  EXPECT_EQ(classify(set.get("luzhou-2023", on), facts, on).eligible, Truth::no);
  EXPECT_EQ(classify(shipped().get("luzhou-2023", on), facts, on).eligible, Truth::yes);
  auto categories = category_ids(set.get("linzi-2022", on), classify(set.get("linzi-2022", on), facts, on).categories);
  EXPECT_NE(std::find(categories.begin(), categories.end(), "advanced_age"), categories.end());
  EXPECT_EQ(code_of(SchemeSet::load(TANFANG_SOURCE_DIR, {}, {{"linzi-2022", {{"key_home_visits_per_month", "0"}}}}),
                    "linzi-2022"),
            "scheme.invalid");
  EXPECT_EQ(code_of(SchemeSet::load(TANFANG_SOURCE_DIR, {}, {{"linzi-2022", {{"no_such", "1"}}}}), "linzi-2022"),
            "scheme.invalid");
}

TEST(Shipped, EveryRuleIsOnceTrueOnceFalseOnceUnknownInItsTable) {
  for (const auto& scheme : shipped().all()) {
    Mistakes mistakes;
    std::vector<CaseOutcome> people =
        try_table(*scheme, shipped().vocabulary(), scheme->folder + "/cases.jsonl", mistakes);
    EXPECT_TRUE(mistakes.list().empty()) << scheme->id;
    std::vector<std::uint32_t> rules = scheme->program->categories;
    rules.push_back(scheme->program->eligible);
    rules.insert(rules.end(), scheme->program->tiers.begin(), scheme->program->tiers.end() - 1);
    for (std::uint32_t rule : rules) {
      std::set<Truth> seen;
      for (const CaseOutcome& person : people)
        seen.insert(Evaluator(*scheme->program, person.facts, person.on).truth(rule));
      EXPECT_EQ(seen.size(), 3u) << scheme->id << " node " << rule;
    }
  }
}

TEST(Shipped, HoldsWhatTheDocumentsSay) {
  Date on = day("2024-06-01");
  EXPECT_EQ(shipped().get("linzi-2022", on).due_day, 20);
  EXPECT_TRUE(shipped().get("luzhou-2023", on).rounds.visit_also_meets_window);
  EXPECT_FALSE(shipped().get("national-2022", on).rounds.visit_also_meets_window);
  EXPECT_EQ(shipped().get("yicheng-2023", on).rounds.festivals.size(), 6u);
  EXPECT_TRUE(shipped().get("linzi-2022", on).rounds.festivals.empty());
  EXPECT_TRUE(shipped().get("anshan-2020", on).rounds.festivals.empty());
  ASSERT_EQ(shipped().get("anshan-2020", on).seasons.size(), 2u);
  const Season& heating = shipped().get("anshan-2020", on).seasons[1];
  EXPECT_TRUE(heating.contains(day("2024-11-01")) && heating.contains(day("2024-01-15")) &&
              heating.contains(day("2024-03-31")));
  EXPECT_FALSE(heating.contains(day("2024-04-01")) || heating.contains(day("2024-10-31")));
  EXPECT_EQ(shipped().get("luzhou-2023", on).rounds.festivals[0].in_year(2027), day("2027-02-06"));
}

TEST(Example, KnowsItsOwnFestivalsTiersAndWindows) {
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR, {TANFANG_SOURCE_DIR "/docs/examples"});
  Date on = day("2025-06-01");
  const Scheme& scheme = set.get("qinghe-2025", on);
  EXPECT_EQ(scheme.tiers.size(), 4u);
  EXPECT_EQ(scheme.first_visit_days, 14);
  EXPECT_EQ(scheme.epidemic_multiplier, 3);
  EXPECT_EQ(scheme.rounds.festivals[2].in_year(2025), day("2025-03-31"));
  EXPECT_EQ(scheme.rounds.festivals[3].in_year(2025), day("2025-09-23"));
  Facts facts = facts_of(
      set,
      R"({"birth_date":"1945-01-01","residence_area":"990101100201","hukou_kind":"rural","has_spouse":false,"living_with":[],"children":[],"falls_in_year":3,"ability":"intact","physical_health":"good","dementia":false})");
  Verdict verdict = classify(scheme, facts, on);
  ASSERT_EQ(verdict.obligations.size(), 3u);
  EXPECT_EQ(verdict.obligations[1].window, Window::after_event);
  EXPECT_EQ(verdict.obligations[1].event, "discharged");
  EXPECT_EQ(verdict.obligations[1].hours, 24);
  EXPECT_NE(because(scheme, facts, on).find("风险评分"), std::string::npos) << because(scheme, facts, on);
  // The facts of this county do not disturb another scheme.
  EXPECT_EQ(classify(set.get("luzhou-2023", on), facts, on).eligible, Truth::yes);
}

}  // namespace
}  // namespace tanfang::schemes
