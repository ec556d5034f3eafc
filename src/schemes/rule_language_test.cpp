// What rules mean, in three values.
#include <gtest/gtest.h>

#include "platform/json/json.h"
#include "schemes/evaluator.h"
#include "schemes/rule_compiler.h"
#include "schemes/scheme_kit.h"
#include "schemes/scheme_reader.h"

namespace tanfang::schemes {
namespace {

using testing::day;

const SchemeSet& shipped() {
  static const SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR);
  return set;
}

/// The common vocabulary, and rules compiled one by one.
class Rules {
 public:
  Rules() {
    common_ = read_common(TANFANG_SOURCE_DIR "/schemes/common", mistakes_);
    program_.vocabulary = std::shared_ptr<const Vocabulary>(&set_.vocabulary(), [](const Vocabulary*) {});
    SettingDraft moderate;
    moderate.setting.id = "impaired_from";
    moderate.type = SettingDraft::Type::choice;
    moderate.text = "moderate";
    draft_.settings.push_back(moderate);
  }

  std::string value(const std::string& rule, const std::string& facts, Date on) {
    RuleCompiler compiler(draft_, common_, set_.vocabulary(), program_, mistakes_);
    program_.definitions.clear();
    std::uint32_t root = compiler.truth({rule, {"rule", 1}}, "rule");
    if (mistakes_.any_fatal()) return mistakes_.list().back().text.en;
    Facts person = testing::facts_of(set_, facts);
    return testing::name_of(Evaluator(program_, person, on).truth(root));
  }

  std::string mistake(const std::string& rule) {
    RuleCompiler compiler(draft_, common_, set_.vocabulary(), program_, mistakes_);
    program_.definitions.clear();
    compiler.truth({rule, {"rule", 1}}, "rule");
    return mistakes_.any_fatal() ? mistakes_.list().back().text.en : "";
  }

 private:
  const SchemeSet& set_ = shipped();
  Common common_;
  Mistakes mistakes_;
  Draft draft_;
  Program program_;
};

struct Row {
  const char* rule;
  const char* facts;
  const char* expected;
  const char* on = "2025-06-01";
};

class RuleTable : public ::testing::TestWithParam<Row> {};

TEST_P(RuleTable, Means) {
  const Row& row = GetParam();
  EXPECT_EQ(Rules().value(row.rule, row.facts, day(row.on)), row.expected) << row.rule << " " << row.facts;
}

INSTANTIATE_TEST_SUITE_P(
    Truths, RuleTable,
    ::testing::Values(Row{"bedridden", "{}", "unknown"}, Row{"not bedridden", "{}", "unknown"},
                      Row{"bedridden or dementia", R"({"dementia":true})", "yes"},
                      Row{"bedridden or dementia", R"({"dementia":false})", "unknown"},
                      Row{"bedridden and dementia", R"({"dementia":false})", "no"},
                      Row{"bedridden and dementia", R"({"dementia":true})", "unknown"},
                      Row{"bedridden = false", R"({"bedridden":false})", "yes"},
                      Row{"bedridden is not true", R"({"bedridden":false})", "yes"},
                      Row{"not bedridden and dementia", R"({"bedridden":false,"dementia":true})", "yes"},
                      Row{"known(bedridden)", "{}", "no"}, Row{"bedridden is known", R"({"bedridden":false})", "yes"},
                      Row{"bedridden is unknown", "{}", "yes"},
                      Row{"known(bedridden or dementia)", R"({"dementia":true})", "yes"},
                      Row{"certainly(bedridden)", "{}", "no"}, Row{"not certainly(bedridden)", "{}", "yes"},
                      Row{"possibly(bedridden)", "{}", "yes"},
                      Row{"possibly(bedridden)", R"({"bedridden":false})", "no"},
                      Row{"certainly(bedridden)", R"({"bedridden":true})", "yes"},
                      Row{"known(children)", R"({"children":[]})", "yes"}, Row{"known(children)", "{}", "no"},
                      Row{"known(age)", "{}", "no"}));

INSTANTIATE_TEST_SUITE_P(
    Values, RuleTable,
    ::testing::Values(
        Row{"ability = severe", R"({"ability":"severe"})", "yes"},
        Row{"severe = ability", R"({"ability":"mild"})", "no"},
        Row{"ability != \"severe\"", R"({"ability":"mild"})", "yes"},
        Row{"ability >= impaired_from", R"({"ability":"moderate"})", "yes"},
        Row{"ability >= impaired_from", R"({"ability":"mild"})", "no"},
        Row{"ability in (mild, moderate)", "{}", "unknown"},
        Row{"ability not in (mild, moderate)", R"({"ability":"intact"})", "yes"},
        Row{"physical_health = mental_health", R"({"physical_health":"poor","mental_health":"poor"})", "yes"},
        Row{"physical_health = mental_health", R"({"physical_health":"poor"})", "unknown"},
        Row{"disability_grade in (1, 2)", R"({"disability_grade":2})", "yes"},
        Row{"disability_grade in (1, 2)", R"({"disability_grade":0})", "no"},
        Row{"disability_grade * 10 + 5 >= 25", R"({"disability_grade":2})", "yes"},
        Row{"disability_grade ≥ 3", R"({"disability_grade":2})", "no"},
        Row{"welfare holds low_income", R"({"welfare":["low_income_margin"]})", "no"},
        Row{"welfare holds low_income", "{}", "unknown"},
        Row{"low_income in welfare", R"({"welfare":["low_income"]})", "yes"},
        Row{"welfare is empty", R"({"welfare":[]})", "yes"}, Row{"welfare is not empty", R"({"welfare":[]})", "no"},
        Row{"welfare holds destitute_dispersed", R"({"welfare":["destitute_dispersed"]})", "yes"},
        Row{"welfare holds all of (low_income, low_income_margin)", R"({"welfare":["low_income"]})", "no"},
        Row{"living_with holds none of (spouse, child)", R"({"living_with":["non_family"]})", "yes"},
        Row{"living_with holds any of (spouse, child)", R"({"living_with":["child"]})", "yes"},
        Row{"age >= 80", R"({"birth_date":"1945-06-01"})", "yes"},
        Row{"age >= 80", R"({"birth_date":"1945-06-02"})", "no"},
        Row{"60 <= age", R"({"birth_date":"1945-06-02"})", "yes"},
        Row{"age >= advanced_age_from", R"({"birth_date":"1945-06-01"})", "yes"},
        Row{"age >= 60", R"({"birth_date":"1965-02-28"})", "yes", "2025-02-28"},
        Row{"age >= 61", R"({"birth_date":"1964-02-29"})", "no", "2025-02-28"},
        Row{"age >= 61", R"({"birth_date":"1964-02-29"})", "yes", "2025-03-01"},
        Row{"birth_date + 60 years <= on", R"({"birth_date":"1965-06-01"})", "yes"},
        Row{"on - birth_date > 365", R"({"birth_date":"2025-01-01"})", "no"},
        Row{"birth_date >= 1950-01-01", R"({"birth_date":"1950-01-01"})", "yes"},
        Row{"days_since(birth_date) = 31", R"({"birth_date":"2025-05-01"})", "yes"},
        Row{"months_since(birth_date) >= 6", R"({"birth_date":"2025-02-28"})", "yes", "2025-08-31"},
        Row{"months_since(birth_date) >= 6", R"({"birth_date":"2025-03-01"})", "no", "2025-08-31"}));

INSTANTIATE_TEST_SUITE_P(
    Areas, RuleTable,
    ::testing::Values(
        Row{R"(within(hukou_area, "2103"))", R"({"hukou_area":"210381"})", "yes"},
        Row{R"(within(hukou_area, "2103"))", R"({"hukou_area":"21"})", "unknown"},
        Row{R"(within(hukou_area, "2103"))", R"({"hukou_area":"22"})", "no"},
        Row{R"(within(hukou_area, "37", "2103"))", R"({"hukou_area":"210381"})", "yes"},
        Row{R"(hukou_area in ("37", "2103"))", R"({"hukou_area":"370404"})", "yes"},
        Row{R"(within(hukou_area, "2103"))", "{}", "unknown"},
        Row{"same_town(hukou_area)", R"({"hukou_area":"510521104201","residence_area":"510521104203"})", "yes"},
        Row{"same_village(hukou_area, residence_area)",
            R"({"hukou_area":"510521104201","residence_area":"510521104203"})", "no"},
        Row{"same_city(hukou_area)", R"({"hukou_area":"5105","residence_area":"510521104203"})", "yes"},
        Row{"same_county(hukou_area)", R"({"hukou_area":"5105","residence_area":"510521104203"})", "unknown"},
        Row{"some c in children: c.same_town",
            R"({"residence_area":"510521104203","children":[{"residence_area":"510521","lives_in":"same_town"}]})",
            "yes"},
        Row{"some c in children: same_town(c)",
            R"({"residence_area":"510521104203","children":[{"residence_area":"510521104","lives_in":"elsewhere"}]})",
            "yes"},
        Row{"some c in children: c.same_county", R"({"children":[{"lives_in":"same_county"}]})", "yes"},
        Row{"some c in children: c.same_town", R"({"children":[{"lives_in":"same_county"}]})", "no"},
        Row{"some c in children: c.same_city", R"({"children":[{"lives_in":"elsewhere"}]})", "unknown"},
        Row{"some c in children: same_county(c.residence_area, residence_area)",
            R"({"residence_area":"5105","children":[{"residence_area":"510521","lives_in":"elsewhere"}]})", "no"},
        Row{"some c in children: same_county(c.residence_area, hukou_area)",
            R"({"hukou_area":"5105","children":[{"residence_area":"510521","lives_in":"elsewhere"}]})", "unknown"}));

INSTANTIATE_TEST_SUITE_P(
    Lists, RuleTable,
    ::testing::Values(Row{"some c in children: c.alive", "{}", "unknown"},
                      Row{"some c in children: c.alive", R"({"children":[]})", "no"},
                      Row{"every c in children: c.alive", R"({"children":[]})", "yes"},
                      Row{"some c in children", R"({"children":[{}]})", "yes"},
                      Row{"children is empty", R"({"children":[]})", "yes"},
                      Row{"some c in children: c.alive", R"({"children":[{"alive":false},{}]})", "unknown"},
                      Row{"every c in children where c.alive: c.away", R"({"children":[{"alive":false,"away":false}]})",
                          "yes"},
                      Row{"every c in children where c.alive: c.away", R"({"children":[{"away":false}]})", "unknown"},
                      Row{"every c in children where c.alive: c.away", R"({"children":[{"away":true}]})", "yes"},
                      Row{"some c in children where c.alive: c.away", R"({"children":[{"away":false}]})", "no"},
                      Row{"count(children) >= 2", R"({"children":[{},{}]})", "yes"},
                      Row{"count(c in children where c.alive) = 1", R"({"children":[{"alive":true},{}]})", "unknown"},
                      Row{"count(c in children where c.alive) >= 1", R"({"children":[{"alive":true},{}]})", "yes"},
                      Row{"count(c in children where c.alive) > 2", R"({"children":[{"alive":true},{}]})", "no"},
                      Row{"count(children) >= 0", "{}", "yes"},
                      Row{"count(children) = 1", R"({"children":[{"stands_for_all":true}]})", "unknown"},
                      Row{"count(children) = 0", R"({"children":[{"stands_for_all":true}]})", "no"},
                      Row{"count(children) > 100", R"({"children":[{"stands_for_all":true}]})", "unknown"},
                      Row{"some c in children: has_living_child and c.away",
                          R"({"children":[{"alive":false,"away":true},{"alive":true,"away":false}]})", "yes"},
                      Row{"some a in children: (some b in children: a.alive and not b.alive)",
                          R"({"children":[{"alive":true},{"alive":false}]})", "yes"},
                      Row{"every c in children: c.gone_half_a_year",
                          R"({"children":[{"away":true,"away_since":"2024-12-01"}]})", "yes"},
                      Row{"every c in children: gone_half_a_year(c)",
                          R"({"children":[{"away":true,"away_since":"2024-12-02","away_half_year":true}]})", "no"},
                      Row{"every c in children: c.gone_half_a_year",
                          R"({"children":[{"away":true,"away_half_year":false}]})", "no"}));

struct Wrong {
  const char* rule;
  const char* message;
};

class RuleMistakes : public ::testing::TestWithParam<Wrong> {};

TEST_P(RuleMistakes, AreNamed) {
  std::string found = Rules().mistake(GetParam().rule);
  EXPECT_NE(found.find(GetParam().message), std::string::npos) << GetParam().rule << ": " << found;
}

INSTANTIATE_TEST_SUITE_P(
    Language, RuleMistakes,
    ::testing::Values(
        Wrong{"ages >= 80", "did you mean \"age\"?"}, Wrong{"ability = servere", "did you mean \"severe\"?"},
        Wrong{"age >= \"80\"", "different types"}, Wrong{"bedridden > 2", "different types"},
        Wrong{"age", "must come out true or false"}, Wrong{"welfare = low_income", "use holds for sets"},
        Wrong{"residence_area = \"2103\"", "compare areas with within"}, Wrong{"within(hukou_area, 2103)", "in quotes"},
        Wrong{"within(hukou_area, \"210\")", "area code"}, Wrong{"bedridden && dementia", "write and instead of &&"},
        Wrong{"!bedridden", "write not instead of !"}, Wrong{"bedridden dementia", "is and or or missing"},
        Wrong{"(bedridden", "expected \")\""}, Wrong{"bedridden or", "ends too early"},
        Wrong{"physical_health >= fair", "have no order"}, Wrong{"child.alive", "belongs inside every, some or count"},
        Wrong{"some c in children: c.age", "has no \"age\""}, Wrong{"some c in welfare: true", "is not a list"},
        Wrong{"every c in children", "needs a colon"}, Wrong{"some c in children: c", "say what of c"},
        Wrong{"full_years(age)", "needs a date"}, Wrong{"years(birth_date)", "no function"},
        Wrong{"age / 2 > 30", "no division"}, Wrong{"gone_half_a_year", "is about one of children"},
        Wrong{"birth_date > 2025-02-30", "no such day"}, Wrong{"welfare holds (low_income)", "any of"},
        Wrong{"bedridden = dementia", "join conditions with"}, Wrong{"ability in [mild]", "list values in ( )"},
        Wrong{"能力 = 1", "cannot stand in a rule"}));

TEST(RuleMistakes, DepthAndLengthAreBounded) {
  Rules rules;
  EXPECT_NE(rules.mistake(std::string(200, '(') + "bedridden" + std::string(200, ')')).find("too deeply"),
            std::string::npos);
  std::string nots;
  for (int i = 0; i < 200; ++i) nots += "not ";
  EXPECT_NE(Rules().mistake(nots + "bedridden").find("too deeply"), std::string::npos);
  EXPECT_NE(Rules().mistake(std::string(5000, ' ')).find("longer"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::schemes
