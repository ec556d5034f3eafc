// What is owed in words: `每半月 1 次，方式：上门` instead of `luzhou-2023/half_month/0`, and the clause that asks for
// it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "planning/planning.h"
#include "registry/registry.h"

namespace tanfang::app {

struct OwedWords {
  Words text;
  std::string clause;  // or empty
  Words reason;        // for whom and how often: `重点对象，每半月 1 次`
};

/// Of one county, as its schemes and rounds stand now.
class ObligationWords {
 public:
  ObligationWords(db::Session& session, const planning::Policies& policies, const std::string& county);
  OwedWords of(const planning::PlannedVisit& planned) const;

 private:
  const schemes::Scheme* scheme_on(const std::string& id, Date day) const;
  OwedWords of_line(const planning::PlannedVisit& planned, const std::string& scheme, std::size_t position) const;
  OwedWords of_round(const planning::PlannedVisit& planned, const std::string& id) const;
  OwedWords of_festival(const planning::PlannedVisit& planned, const std::string& festival) const;

  std::string county_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  std::map<std::string, planning::ExtraRound> rounds_;  // by id as text
};

}  // namespace tanfang::app
