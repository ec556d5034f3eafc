// Names of a scheme that stand twice, are taken, or are too many.
#include <algorithm>
#include <map>

#include "schemes/compiler.h"

namespace tanfang::schemes {
namespace {

class Names {
 public:
  Names(std::string zh, std::string en, Mistakes& mistakes)
      : zh_(std::move(zh)), en_(std::move(en)), mistakes_(mistakes) {}
  void add(const std::string& id, const Place& place) {
    if (id.empty()) return;
    auto [found, fresh] = lines_.emplace(id, place.line);
    if (fresh) return;
    std::string line = std::to_string(found->second);
    mistakes_.fatal(place, zh_ + " “" + id + "” 重复，第 " + line + " 行已有",
                    en_ + " \"" + id + "\" stands twice; see line " + line);
  }

 private:
  std::string zh_, en_;
  Mistakes& mistakes_;
  std::map<std::string, int> lines_;
};

bool reserved(const std::string& name) {
  static constexpr std::string_view kReserved[] = {"and",         "or",           "not",
                                                   "in",          "where",        "holds",
                                                   "is",          "of",           "every",
                                                   "some",        "count",        "any",
                                                   "all",         "none",         "empty",
                                                   "known",       "unknown",      "certainly",
                                                   "possibly",    "true",         "false",
                                                   "on",          "today",        "facts",
                                                   "full_years",  "months_since", "days_since",
                                                   "within",      "same_village", "same_town",
                                                   "same_county", "same_city",    "day",
                                                   "days",        "month",        "months",
                                                   "year",        "years",        "stands_for_all",
                                                   "eligible"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

void check_reserved(const std::string& name, const Place& place, Mistakes& mistakes) {
  if (!reserved(name)) return;
  mistakes.fatal(place, "“" + name + "” 是规则中的保留词，请换一个名称",
                 "\"" + name + "\" is a word of the rule language; take another name");
}

void check_facts(const Draft& draft, const Common& common, Mistakes& mistakes) {
  Names facts("事实", "fact", mistakes);
  for (std::size_t i = 0; i < draft.facts.size(); ++i) {
    const FactDeclaration& fact = draft.facts[i];
    const Place& place = draft.fact_places[i];
    facts.add(fact.name, place);
    check_reserved(fact.name, place, mistakes);
    for (const FactDeclaration& member : fact.members) check_reserved(member.name, place, mistakes);
    bool common_fact = std::any_of(common.facts.begin(), common.facts.end(),
                                   [&](const FactDeclaration& other) { return other.name == fact.name; });
    bool common_rule = std::any_of(common.definitions.begin(), common.definitions.end(),
                                   [&](const DefinitionDraft& other) { return other.id == fact.name; });
    if (common_fact) {
      mistakes.fatal(place, "事实 “" + fact.name + "” 已在共同词汇中，直接使用即可",
                     "fact \"" + fact.name + "\" is in the common vocabulary already; just use it");
    } else if (common_rule) {
      mistakes.fatal(place, "“" + fact.name + "” 是共同定义的名称，事实请换一个名称",
                     "\"" + fact.name + "\" is the name of a common definition; give the fact another");
    }
  }
}

/// A setting or definition would take a fact's name away from the rules, but for the common ones that mean to.
void check_shadow(const std::string& name, const Place& place, const Draft& draft, const Common& common,
                  Mistakes& mistakes) {
  auto called = [&](const auto& each) { return each.name == name; };
  bool fact = std::any_of(common.facts.begin(), common.facts.end(), called) ||
              std::any_of(draft.facts.begin(), draft.facts.end(), called);
  bool meant = std::any_of(common.definitions.begin(), common.definitions.end(),
                           [&](const DefinitionDraft& each) { return each.id == name; }) ||
               std::any_of(common.categories.begin(), common.categories.end(),
                           [&](const Labelled& each) { return each.id == name; });
  if (!fact || meant) return;
  mistakes.fatal(place, "“" + name + "” 是事实的名称，请换一个名称",
                 "\"" + name + "\" is the name of a fact; take another name");
}

void check_rules(const Draft& draft, const Common& common, Mistakes& mistakes) {
  Names rules("名称", "name", mistakes);
  for (const SettingDraft& setting : draft.settings) {
    rules.add(setting.setting.id, setting.id_place);
    check_reserved(setting.setting.id, setting.id_place, mistakes);
    check_shadow(setting.setting.id, setting.id_place, draft, common, mistakes);
  }
  for (const DefinitionDraft& definition : draft.definitions) {
    rules.add(definition.id, definition.id_place);
    check_reserved(definition.id, definition.id_place, mistakes);
    if (definition.variable.empty()) check_shadow(definition.id, definition.id_place, draft, common, mistakes);
  }
  Names categories("类别", "category", mistakes);
  for (const CategoryDraft& category : draft.categories) {
    categories.add(category.category.id, category.id_place);
    check_reserved(category.category.id, category.id_place, mistakes);
    if (!category.rule.text.empty()) rules.add(category.category.id, category.id_place);
  }
  Names tiers("等级", "tier", mistakes);
  for (const TierDraft& tier : draft.tiers) tiers.add(tier.tier.id, tier.id_place);
}

void check_counts(const Draft& draft, Mistakes& mistakes) {
  if (draft.tiers.empty()) mistakes.fatal(draft.place, "方案没有等级 [[tier]]", "the scheme has no [[tier]]");
  if (draft.tiers.size() > 30) mistakes.fatal(draft.place, "等级超过 30 个", "there are more than 30 tiers");
  if (draft.categories.size() > 60) mistakes.fatal(draft.place, "类别超过 60 个", "there are more than 60 categories");
  bool any = std::any_of(draft.categories.begin(), draft.categories.end(),
                         [](const CategoryDraft& category) { return category.category.makes_eligible; });
  if (!any) {
    mistakes.fatal(draft.place, "没有任何类别 [[category]] 使人符合条件", "no [[category]] makes anybody eligible");
  }
}

}  // namespace

void check_names(const Draft& draft, const Common& common, Mistakes& mistakes) {
  check_facts(draft, common, mistakes);
  check_rules(draft, common, mistakes);
  check_counts(draft, mistakes);
}

}  // namespace tanfang::schemes
