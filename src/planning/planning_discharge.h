// Which visits count where. Recomputed whole from a person's visits, so that the order in which records arrive does not
// matter (design, section 6). Pure.
#pragma once

#include <vector>

#include "planning/planning_obligations.h"

namespace tanfang::planning {

/// Everything owed to the person that touches `days`, with what visits have done to it, ordered by first day and label.
///
/// Where a scheme's rounds are extra to its windows, a visit that meets a round is not counted in that scheme's
/// windows: in order of their last day each round takes one day on which a visit fits it, never a day that another
/// round has taken, and among several the one whose loss leaves the fewest windows unmet; then the earliest. First
/// visits and visits after an event may fall on such a day.
std::vector<Obligation> obligations_of(const PersonFile& file, const Circumstances& circumstances, const Days& days);

/// The days on which a change of visits or rounds within `days` can change anything: `days` and, where rounds are
/// extra, the rounds and windows that touch them, and so on.
Days reach_of(const PersonFile& file, const Circumstances& circumstances, const Days& days);

/// Whether a visit of that day and method would count for anything that is owed: by the scheme's methods for the person
/// on that day, or because home visits were declared impossible.
bool method_counts(const PersonFile& file, const Circumstances& circumstances, Date day, schemes::Method method);

}  // namespace tanfang::planning
