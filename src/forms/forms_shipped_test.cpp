// The shipped forms against the design: which indicator is on which annex, and what the paper says.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "forms/forms.h"

namespace tanfang::forms {
namespace {

const std::string kSchemes = TANFANG_SOURCE_DIR "/schemes";

const Catalog& catalog() {
  static const Catalog kCatalog = load_catalog({kSchemes});
  return kCatalog;
}

std::set<std::string> indicators_of(const std::string& id) {
  std::set<std::string> found;
  for (const Section& section : catalog().find(id)->sections) {
    for (const Field& field : section.fields) {
      if (!field.indicator.empty()) found.insert(field.indicator);
    }
  }
  return found;
}

TEST(ShippedForms, HaveNoMistakes) {
  for (const char* scheme : {"national-2022", "linzi-2022", "anshan-2020", "yicheng-2023", "luzhou-2023"}) {
    for (const LintMessage& message : lint(kSchemes + "/" + scheme, kSchemes + "/common")) {
      ADD_FAILURE() << message.file << ":" << message.line << " " << message.message.en;
    }
  }
}

TEST(ShippedForms, TheAnnexesAskForTheirIndicators) {
  const std::set<std::string> kYicheng{
      "family.size",  "health.expression",       "health.mobility",    "health.disease", "mind.mood",
      "safety.gas",   "safety.plumbing_heating", "safety.electricity", "safety.fire",    "hygiene.personal",
      "hygiene.home", "living.indoor",           "safety.house",       "safety.water"};
  const std::map<std::string, std::set<std::string>> kExpected{
      {"linzi-2022/visit",
       {"health.self_care", "health.disease", "health.mobility", "hygiene.personal", "living.indoor", "living.outdoor",
        "safety.house", "safety.gas", "safety.fire", "safety.epidemic", "need.home_service", "need.company",
        "need.meals_and_medical_help"}},
      {"anshan-2020/visits",
       {"health.expression", "health.mobility", "health.disease", "mind.mood", "mind.thinking", "mind.stress",
        "safety.fire", "safety.plumbing_heating", "safety.electricity", "hygiene.personal", "hygiene.home",
        "living.neighbours"}},
      {"luzhou-2023/visit",
       {"family.size", "health.expression", "health.mobility", "health.disease", "mind.mood", "safety.gas",
        "safety.plumbing_heating", "safety.electricity", "hygiene.personal", "hygiene.home", "living.indoor"}},
      {"luzhou-2023/registration", {"safety.water", "safety.electricity", "safety.house"}},
      {"yicheng-2023/record", kYicheng},
      {"national-2022/record", kYicheng},
      {"anshan-2020/supplement", {"safety.wiring", "safety.flood", "living.temperature", "safety.heating"}},
      {"linzi-2022/supplement",
       {"health.expression", "mind.mood", "mind.thinking", "mind.stress", "safety.food", "hygiene.home",
        "hygiene.surroundings", "living.neighbours"}}};
  for (const auto& [id, expected] : kExpected) {
    ASSERT_NE(catalog().find(id), nullptr) << id;
    EXPECT_EQ(indicators_of(id), expected) << id;
  }
}

TEST(ShippedForms, TitlesAndCopiesAreThePapers) {
  struct Row {
    const char* id;
    const char* title;
    int copies;
    FormUse use;
  };
  const Row kRows[] = {
      {"linzi-2022/collection", "临淄区特殊关爱群体老年人信息采集表", 1, FormUse::registration},
      {"linzi-2022/visit", "临淄区城乡留守老年人及分散供养特困老年人探视巡访记录表", 1, FormUse::visit},
      {"anshan-2020/visits", "鞍山市乡镇（街道）村（居）定期巡访情况表", 1, FormUse::visit},
      {"yicheng-2023/record", "特殊困难老年人探访关爱服务记录表", 2, FormUse::visit},
      {"national-2022/record", "特殊困难老年人探访关爱服务记录表", 1, FormUse::visit},
      {"luzhou-2023/registration", "四川省特殊困难老年人信息登记表", 3, FormUse::registration},
      {"luzhou-2023/visit", "四川省特殊困难老年人探访关爱服务记录表", 3, FormUse::visit}};
  for (const Row& row : kRows) {
    const Form* form = catalog().find(row.id);
    ASSERT_NE(form, nullptr) << row.id;
    EXPECT_EQ(form->title.zh, row.title);
    EXPECT_EQ(form->copies, row.copies);
    EXPECT_EQ(form->use, row.use);
  }
}

TEST(ShippedForms, EveryVisitFormHasItsSupplement) {
  for (const Form* form : catalog().all()) {
    if (form->use == FormUse::visit) {
      EXPECT_NE(catalog().supplement_of(*form), nullptr) << form->id;
    }
  }
}

TEST(ShippedForms, WhatHasNoBoxTicksAnother) {
  const Field* method = catalog().find("luzhou-2023/visit")->find("visit_method");
  ASSERT_NE(method, nullptr);
  for (const Option& option : method->options) {
    bool boxless = option.code == "encounter" || option.code == "monitoring";
    EXPECT_EQ(option.box, boxless ? "other" : "") << option.code;
  }
  const Field* ability = catalog().find("luzhou-2023/registration")->find("ability");
  EXPECT_EQ(ability->options.back().code, "complete");
  EXPECT_EQ(ability->options.back().box, "severe");
  EXPECT_FALSE(ability->options.back().noted);
}

TEST(ShippedForms, ImpairedIsTickedFromModerate) {
  const Field* kinds = catalog().find("luzhou-2023/registration")->find("kinds");
  for (const Option& option : kinds->options) {
    EXPECT_EQ(option.box_when.has_value(), option.code == "impaired");
  }
}

}  // namespace
}  // namespace tanfang::forms
