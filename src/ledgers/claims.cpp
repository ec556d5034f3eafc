#include "ledgers/claims.h"

#include <algorithm>
#include <boost/json.hpp>

#include "platform/json/json.h"

namespace tanfang::ledgers {

ClaimComparison::ClaimComparison(const schemes::Scheme& scheme, const schemes::Vocabulary& vocabulary)
    : scheme_(scheme), facts_(vocabulary) {}

void ClaimComparison::set(std::string_view name, std::string_view json_text) {
  auto problem = facts_.set(name, json::parse(json_text));
  if (problem) throw Problem(problem->code, 422, problem->text, {*problem});
}

std::vector<ClaimDifference> ClaimComparison::compare(const Claims& claims, const registry::PersonStatement& person,
                                                      Date today) {
  std::vector<ClaimDifference> differences;
  if (claims.empty()) return differences;
  facts_.clear();
  for (const registry::FactValue& fact : person.facts) set(fact.fact, fact.value);
  set("birth_date", '"' + person.birth_date.iso() + '"');
  set("sex", person.sex == Sex::male ? "\"male\"" : "\"female\"");
  set("residence_area", '"' + person.area + '"');
  schemes::classify(scheme_, facts_, today, verdict_);

  auto true_ones = schemes::category_ids(scheme_, verdict_.categories);
  auto open_ones = schemes::category_ids(scheme_, verdict_.possible_categories);
  auto holds = [](const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  for (const std::string& category : claims.categories) {
    if (scheme_.find_category(category) == nullptr) continue;  // the scheme does not speak of it
    if (!holds(true_ones, category) && !holds(open_ones, category)) differences.push_back({"category", category, "no"});
  }
  for (const std::string& category : claims.not_categories) {
    if (holds(true_ones, category)) differences.push_back({"category", "not " + category, category});
  }
  if (claims.tier.empty() || scheme_.find_tier(claims.tier) == nullptr) return differences;
  if (verdict_.eligible == schemes::Truth::no) {
    differences.push_back({"eligible", claims.tier, "no"});
    return differences;
  }
  std::string tier = verdict_.tier >= 0 ? scheme_.tiers[static_cast<std::size_t>(verdict_.tier)].id : "";
  auto possible = schemes::tier_ids(scheme_, verdict_.possible_tiers);
  if (!tier.empty() && tier != claims.tier && !holds(possible, claims.tier)) {
    differences.push_back({"tier", claims.tier, tier});
  }
  return differences;
}

}  // namespace tanfang::ledgers
