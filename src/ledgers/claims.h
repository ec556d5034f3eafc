// What a ledger claims against what the scheme says of the same facts. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "ledgers/row_facts.h"
#include "registry/registry.h"
#include "schemes/schemes.h"

namespace tanfang::ledgers {

struct ClaimDifference {
  std::string topic;  // eligible, category, tier
  std::string said;
  std::string found;  // `no`, a tier, or empty
};

class ClaimComparison {
 public:
  ClaimComparison(const schemes::Scheme& scheme, const schemes::Vocabulary& vocabulary);
  /// Only what the verdict contradicts for certain: what it leaves unknown may be as claimed.
  std::vector<ClaimDifference> compare(const Claims& claims, const registry::PersonStatement& person, Date today);

 private:
  void set(std::string_view name, std::string_view json_text);
  const schemes::Scheme& scheme_;
  schemes::Facts facts_;
  schemes::Verdict verdict_;
};

}  // namespace tanfang::ledgers
