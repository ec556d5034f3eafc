// One person's month as coverage counts it: scheme fulfilment and the monthly visit rate, never mixed (design, section
// 6). Pure.
#pragma once

#include <string>
#include <vector>

#include "planning/planning_discharge.h"

namespace tanfang::planning {

/// A round that ended in the month and was owed to the person.
struct RoundState {
  std::string label;
  Date last_day;
  bool met = false;
  bool operator==(const RoundState&) const = default;
};

struct PersonMonth {
  Id person;
  std::string village;                  // on the month's last day
  std::string tier;                     // on its first day; empty for none
  std::string owed_tier;                // of the windows that end in it, the highest
  std::vector<std::string> categories;  // on its first day, sorted
  /// Scheme fulfilment: a window (also every n days, or after an event) that ends in the month is owed; all are met.
  bool owed = false;
  bool met = false;
  /// The moment from which the person is overdue if nothing more happens (unmet), or would have been (met); 0 where
  /// nothing is owed.
  Instant overdue_at;
  /// Monthly visit rate: active, eligible and not declined on the first day; and with a counted visit in the month.
  bool due = false;
  bool visited = false;
  bool declined = false;
  bool suspended = false;
  bool unknown = false;
  /// Active on the month's last day as far as is known today, and the schemes still cannot tell: for the list of files to
  /// verify, in which people stand as soon as they are registered, until what is missing is said.
  bool unsettled = false;
  bool refused_home_visit = false;
  bool below_floor = false;  // the local schemes ask less for the person than the national floor
  std::vector<RoundState> rounds;

  bool operator==(const PersonMonth&) const = default;
  /// Nothing to count.
  bool empty() const;
  /// `overdue` where an owed window is unmet at `now` and its due day has passed.
  bool overdue(Instant now) const { return owed && !met && now >= overdue_at; }
};

/// `obligations` must hold all that touch the month.
PersonMonth person_month(const PersonFile& file, const Circumstances& circumstances,
                         const std::vector<Obligation>& obligations, const Days& month);

}  // namespace tanfang::planning
