// What other schemes would make of a county: whose verdict changes, what would be owed, and who would be short. Nothing
// is stored. Part of planning.h.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/database.h"

namespace tanfang::registry {
class CountyPolicy;
}

namespace tanfang::planning {

class Policies;

/// What the scheme that binds a person says of them.
struct SimulatedVerdict {
  std::string eligible;  // yes, no, unknown
  std::string tier;      // empty for none
};

/// Somebody of whom the schemes would say something else. `kind`: joins, leaves (becomes eligible, is it no more),
/// unsettled, settled (cannot be told any more, is told not to be eligible), raised, lowered, retiered (another tier:
/// higher, lower, not to be compared), visits (owed otherwise in the same tier), categories.
struct SimulatedChange {
  Id person;
  std::string area;
  std::string kind;
  SimulatedVerdict before;
  SimulatedVerdict after;
};

struct BeforeAfter {
  std::int64_t before = 0;
  std::int64_t after = 0;
  bool operator==(const BeforeAfter&) const = default;
};

struct VisitorNeed {
  std::int64_t visitors = 0;  // who are active
  std::int64_t capacity = 0;  // visits a month
  BeforeAfter uncovered;      // visits in twelve months that nobody can make
  BeforeAfter shortage;       // visitors of the average capacity that this takes
};

class Simulation {
 public:
  /// `on`: the day for which verdicts are compared. Visits are those of the twelve whole months from then on.
  Simulation(db::Session& session, const Policies& policies, const std::string& county,
             std::shared_ptr<const registry::CountyPolicy> before, std::shared_ptr<const registry::CountyPolicy> after,
             Date on);
  ~Simulation();

  /// Looks at the next people, some hundred, and appends those who change; false where there were none left.
  bool next(db::Session& session, std::vector<SimulatedChange>& changes);

  Date first_day() const;
  Date last_day() const;
  std::int64_t people() const;
  /// People by kind of change.
  const std::map<std::string, std::int64_t>& kinds() const;
  /// Eligible people by tier.
  const std::map<std::string, BeforeAfter>& tiers() const;
  /// Visits owed in the twelve months by village.
  const std::map<std::string, BeforeAfter>& villages() const;
  /// Once all were looked at; nullopt where the county keeps no list of visitors.
  std::optional<VisitorNeed> visitors(db::Session& session) const;

 private:
  struct Bench;
  std::unique_ptr<Bench> bench_;
};

}  // namespace tanfang::planning
