#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "forms/forms.h"

namespace tanfang::forms {
namespace {

const std::string kSchemes = TANFANG_SOURCE_DIR "/schemes";

const Catalog& catalog() {
  static const Catalog kCatalog = load_catalog({kSchemes});
  return kCatalog;
}

Check check(const std::string& id, const std::string& answers, const Context& context) {
  const Form* form = catalog().find(id);
  EXPECT_NE(form, nullptr) << id;
  return check_answers(*form, catalog().supplement_of(*form), catalog().vocabulary(id.substr(0, id.find('/'))),
                       boost::json::parse(answers).as_object(), context);
}

/// `code field` of every problem, sorted.
std::vector<std::string> problems(const Check& check) {
  std::vector<std::string> found;
  for (const FieldProblem& problem : check.problems) found.push_back(problem.code + " " + problem.field);
  std::sort(found.begin(), found.end());
  return found;
}

std::string finding(const Check& check, std::string_view indicator) {
  for (const Finding& found : check.findings) {
    if (found.indicator != indicator) continue;
    std::string text = found.given;
    if (found.effect) text += " " + std::string(name_of(*found.effect));
    if (found.number) text += " " + std::to_string(static_cast<int>(*found.number));
    return text;
  }
  return "";
}

Context at_home(const char* date = "2024-05-10") { return {*Date::parse(date), "home", {}, {}, true}; }

const char* const kLuzhou =
    R"({"family_size":"unchanged","expression":"unchanged","mobility":"worse","disease":"unchanged","mood":"better",
        "gas":"safe","plumbing_heating":"fairly_safe","electricity":"unsafe","personal_hygiene":"unchanged",
        "home_hygiene":"unchanged","indoor":"unchanged"})";

std::string with(const std::string& answers, const std::string& members) {
  boost::json::object merged = boost::json::parse(answers).as_object();
  const boost::json::value added = boost::json::parse(members);
  for (const auto& [key, value] : added.as_object()) merged[key] = value;
  return boost::json::serialize(merged);
}

TEST(Answers, WholeRecordGivesFindingsInCommonIndicators) {
  Check checked = check("luzhou-2023/visit", kLuzhou, at_home());
  EXPECT_TRUE(checked.problems.empty()) << problems(checked).front();
  EXPECT_EQ(finding(checked, "health.mobility"), "worse down");
  EXPECT_EQ(finding(checked, "mind.mood"), "better up");
  EXPECT_EQ(finding(checked, "safety.electricity"), "unsafe poor");
  EXPECT_EQ(finding(checked, "family.size"), "unchanged same 0");
  EXPECT_EQ(checked.findings.size(), 11u);
}

struct Refusal {
  const char* answers;  // on top of a whole record
  const char* expected;
};

TEST(Answers, EachRefusal) {
  const Refusal kRefusals[] = {
      {R"({"shoe_size":42})", "answer.unknown_field answers.shoe_size"},
      {R"({"mood":null})", "answer.required answers.mood"},
      {R"({"mood":""})", "answer.required answers.mood"},
      {R"({"mood":true})", "answer.type answers.mood"},
      {R"({"mood":"excellent"})", "answer.option answers.mood"},
      {R"({"disease":"severe"})", "answer.required answers.disease_name"},
      {R"({"disease":"severe","disease_name":"  "})", "answer.required answers.disease_name"},
      {R"({"disease":"severe","disease_name":7})", "answer.type answers.disease_name"},
      {R"({"family_size":"increased"})", "answer.required answers.family_increase"},
      {R"({"family_size":"increased","family_increase":0})", "answer.range answers.family_increase"},
      {R"({"family_size":"increased","family_increase":1.5})", "answer.type answers.family_increase"},
      {R"({"family_size":"increased","family_increase":"1"})", "answer.type answers.family_increase"},
      {R"({"visited_on":"2024-02-30"})", "answer.date answers.visited_on"},
      {R"({"service_needs":"company"})", "answer.type answers.service_needs"},
      {R"({"service_needs":["company","company"]})", "answer.repeated answers.service_needs"},
      {R"({"service_needs":["wings"]})", "answer.option answers.service_needs"},
      {R"({"service_needs":["other"]})", "answer.required answers.service_needs_other"},
      {R"({"difficulty_food":"yes"})", "answer.type answers.difficulty_food"},
      {R"({"mental_assessment":"poor"})", "answer.required answers.mental_notes"},
  };
  for (const Refusal& refusal : kRefusals) {
    Check checked = check("luzhou-2023/visit", with(kLuzhou, refusal.answers), at_home());
    EXPECT_EQ(problems(checked), std::vector<std::string>{refusal.expected}) << refusal.answers;
  }
}

TEST(Answers, KindsOfThePersonsFile) {
  const Refusal kRefusals[] = {
      {R"({"phone":"12"})", "answer.phone answers.phone"},
      {R"({"phone":"138-0000-0000"})", ""},
      {R"({"phone":13800000000})", "answer.type answers.phone"},
      {R"({"household":[{"name":"甲","citizen_number":"110105194912310021"}]})",
       "answer.citizen_number answers.household[0].citizen_number"},
      {R"({"household":[{"name":"甲","citizen_number":"11010519491231002X","low_income_or_destitute":true}]})", ""},
      {R"({"household":[{"pet":"猫"}]})", "answer.unknown_field answers.household[0].pet"},
      {R"({"household":["甲"]})", "answer.type answers.household[0]"},
      {R"({"household":{}})", "answer.type answers.household"},
      {R"({"household_income":-1})", "answer.range answers.household_income"},
      {R"({"household_income":1200.5})", ""},
  };
  Context attempt = at_home();
  attempt.complete = false;
  for (const Refusal& refusal : kRefusals) {
    std::vector<std::string> expected;
    if (*refusal.expected != '\0') expected.emplace_back(refusal.expected);
    EXPECT_EQ(problems(check("yicheng-2023/record", refusal.answers, attempt)), expected) << refusal.answers;
  }
}

TEST(Answers, LengthsYearMonthsAndAreas) {
  Form form;
  form.id = "invented/visit";
  Section section;
  auto field = [](const char* code, FieldKind kind) {
    Field made;
    made.code = code;
    made.kind = kind;
    return made;
  };
  Field note = field("note", FieldKind::text);
  note.max_length = 3;
  Field month = field("month", FieldKind::year_month);
  Field area = field("area", FieldKind::area);
  Field rows = field("rows", FieldKind::rows);
  rows.max_length = 1;
  rows.columns = {field("name", FieldKind::text)};
  rows.columns.front().required = true;
  section.fields = {note, month, area, rows};
  form.sections = {section};
  const std::pair<const char*, const char*> kCases[] = {
      {R"({"note":"三个字"})", ""},
      {R"({"note":"四个字了"})", "answer.length answers.note"},
      {R"({"month":"2024-03"})", ""},
      {R"({"month":"2024-13"})", "answer.date answers.month"},
      {R"({"area":"510521"})", ""},
      {R"({"area":"5105211"})", "answer.area answers.area"},
      {R"({"rows":[{"name":"甲"}]})", ""},
      {R"({"rows":[{"name":" "}]})", "answer.required answers.rows[0].name"},
      {R"({"rows":[{"name":"甲"},{"name":"乙"}]})", "answer.length answers.rows"},
  };
  for (const auto& [answers, expected] : kCases) {
    Check checked = check_answers(form, nullptr, {}, boost::json::parse(answers).as_object(), at_home());
    std::vector<std::string> wanted;
    if (*expected != '\0') wanted.emplace_back(expected);
    EXPECT_EQ(problems(checked), wanted) << answers;
  }
}

TEST(Answers, WhatMustBeSeenIsRequiredOfHomeVisitsOnly) {
  const char* spoken =
      R"({"family_size":"unchanged","expression":"unchanged","mobility":"unchanged","disease":"unchanged",
          "mood":"unchanged"})";
  Context phone = at_home();
  phone.method = "phone";
  EXPECT_TRUE(check("luzhou-2023/visit", spoken, phone).problems.empty());
  EXPECT_EQ(check("luzhou-2023/visit", spoken, at_home()).problems.size(), 6u);
}

TEST(Answers, AnAttemptRequiresNothing) {
  Context attempt = at_home();
  attempt.complete = false;
  EXPECT_TRUE(check("luzhou-2023/visit", "{}", attempt).problems.empty());
  EXPECT_EQ(problems(check("luzhou-2023/visit", R"({"mood":"?"})", attempt)).front(), "answer.option answers.mood");
}

TEST(Answers, SeasonsRequireAnshansExtraChecks) {
  const char* const kSheet =
      R"({"expression":"normal","mobility":"fair","disease":"poor","mood":"normal","thinking":"normal",
          "stress":"normal","fire":"normal","plumbing_heating":"normal","electricity":"normal",
          "personal_hygiene":"normal","home_hygiene":"normal","neighbours":"normal"})";
  Context context = at_home();
  EXPECT_TRUE(check("anshan-2020/visits", kSheet, context).problems.empty());
  context.seasons = {"flood"};
  EXPECT_EQ(problems(check("anshan-2020/visits", kSheet, context)),
            (std::vector<std::string>{"answer.required answers.flood", "answer.required answers.wiring"}));
  context.seasons = {"heating"};
  EXPECT_EQ(problems(check("anshan-2020/visits", kSheet, context)),
            (std::vector<std::string>{"answer.required answers.heating", "answer.required answers.temperature"}));
  Check warm = check("anshan-2020/visits", with(kSheet, R"({"heating":"safe","temperature":18.5})"), context);
  EXPECT_TRUE(warm.problems.empty());
  EXPECT_EQ(finding(warm, "living.temperature"), "18.5 18");
  EXPECT_EQ(finding(warm, "health.disease"), "poor poor");
}

TEST(Answers, FamilyChangesAreSigned) {
  Check grown =
      check("luzhou-2023/visit", with(kLuzhou, R"({"family_size":"increased","family_increase":2})"), at_home());
  EXPECT_EQ(finding(grown, "family.size"), "increased more 2");
  Check shrunk =
      check("luzhou-2023/visit", with(kLuzhou, R"({"family_size":"decreased","family_decrease":1})"), at_home());
  EXPECT_EQ(finding(shrunk, "family.size"), "decreased fewer -1");
}

TEST(Conditions, ThreeValues) {
  using Kind = Condition::Kind;
  Condition fact{Kind::fact, "ability", {"severe"}, {}};
  Condition method{Kind::method, "", {"home"}, {}};
  Context known = at_home();
  known.facts["ability"] = {"severe"};
  Context other = at_home();
  other.facts["ability"] = {"mild"};
  Context unknown = at_home();
  boost::json::object none;
  const std::pair<Condition, std::array<std::optional<bool>, 3>> kCases[] = {
      {fact, {true, false, std::nullopt}},
      {{Kind::all, "", {}, {fact, method}}, {true, false, std::nullopt}},
      {{Kind::any, "", {}, {fact, method}}, {true, true, true}},
      {{Kind::any, "", {}, {fact}}, {true, false, std::nullopt}},
      {{Kind::none, "", {}, {fact}}, {false, true, std::nullopt}},
      {{Kind::none, "", {}, {fact, method}}, {false, false, false}},
  };
  for (const auto& [condition, expected] : kCases) {
    EXPECT_EQ(holds(condition, none, known), expected[0]);
    EXPECT_EQ(holds(condition, none, other), expected[1]);
    EXPECT_EQ(holds(condition, none, unknown), expected[2]);
  }
  Condition answered{Kind::answered, "x", {}, {}};
  EXPECT_EQ(holds(answered, {{"x", nullptr}}, known), false);
  EXPECT_EQ(holds(answered, {{"x", 1}}, known), true);
  EXPECT_EQ(holds({Kind::answer, "x", {"2", "yes"}, {}}, {{"x", boost::json::array{1, 2}}}, known), true);
  EXPECT_EQ(holds({Kind::answer, "x", {"yes"}, {}}, {{"x", true}}, known), true);
}

TEST(Scales, EveryEffectFromEveryStatus) {
  using E = Effect;
  using S = std::optional<Status>;
  const S none;
  const S poor = Status::poor, fair = Status::fair, good = Status::good;
  struct Row {
    E effect;
    S from_none, from_poor, from_fair, from_good;
  };
  // design: 较好 or 转好 one step up, 较差 one down, 严重 to poor, 无变化 same; without a known status good, poor,
  // unknown.
  const Row kRows[] = {{E::up, good, fair, good, good},   {E::down, poor, poor, poor, fair},
                       {E::same, none, poor, fair, good}, {E::poor, poor, poor, poor, poor},
                       {E::fair, fair, fair, fair, fair}, {E::good, good, good, good, good},
                       {E::more, none, poor, fair, good}, {E::fewer, none, poor, fair, good}};
  for (const Row& row : kRows) {
    EXPECT_EQ(resolve(row.effect, none), row.from_none) << name_of(row.effect);
    EXPECT_EQ(resolve(row.effect, poor), row.from_poor) << name_of(row.effect);
    EXPECT_EQ(resolve(row.effect, fair), row.from_fair) << name_of(row.effect);
    EXPECT_EQ(resolve(row.effect, good), row.from_good) << name_of(row.effect);
    EXPECT_EQ(read_effect(name_of(row.effect)), row.effect);
  }
  EXPECT_EQ(read_status("fair"), Status::fair);
  EXPECT_EQ(read_status("fine"), std::nullopt);
}

}  // namespace
}  // namespace tanfang::forms
