// A scheme's own table of cases: people, and the verdict that is expected of each.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "schemes/mistakes.h"
#include "schemes/schemes.h"

namespace tanfang::schemes {

struct CaseOutcome {
  Facts facts;
  Date on;
  std::string difference;  // empty where the verdict is as expected
};

/// The verdict as a case writes it: eligible, categories, possible_categories, tier, possible_tiers, obligations.
boost::json::object verdict_json(const Scheme& scheme, const Verdict& verdict);

/// One case: `on`, `facts`, `expect`; lists of categories and obligations compare as sets, `possible_tiers` in order.
/// Only the members that `expect` has are compared.
CaseOutcome try_case(const Scheme& scheme, const Vocabulary& vocabulary, const boost::json::object& item);

/// Every line of the table; what disagrees or cannot be read goes to `mistakes`. Returns the people, for the check
/// that every rule is once true and once false.
std::vector<CaseOutcome> try_table(const Scheme& scheme, const Vocabulary& vocabulary, const std::string& path,
                                   Mistakes& mistakes);

}  // namespace tanfang::schemes
