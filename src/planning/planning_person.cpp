// What is owed to one person, month by month, and which visits met it.
#include <algorithm>

#include "planning/planning_discharge.h"
#include "planning/planning_lists.h"
#include "planning/planning_refresh.h"

namespace tanfang::planning {
namespace {

std::vector<MeetingVisit> counted_visits(const PersonFile& file, const Obligation& obligation) {
  std::vector<MeetingVisit> found;
  for (const CountedVisit& visit : file.visits) {
    if (std::find(obligation.visits.begin(), obligation.visits.end(), visit.visit) == obligation.visits.end()) continue;
    found.push_back({visit.visit, visit.day, std::string(schemes::name_of(visit.method))});
  }
  return found;
}

}  // namespace

/// Recomputed rather than read: what is kept does not say which visits were counted.
std::vector<PlannedVisit> list_planned_of(db::Session& session, const Policies& policies, const std::string& code,
                                          Id person, Month from, Month to, Instant now) {
  Days days{from.first_day(), to.last_day()};
  County county = County::load(session, policies, code, days);
  PersonFile file = load_file(session, county, person, days);
  std::string name = registry::load_standing(session, {code, person}, days.last, days.last).name;
  Extent extent = extent_of(county, days);
  std::vector<PlannedVisit> planned;
  for (const Obligation& obligation : obligations_of(file, county.circumstances(), days)) {
    bool open = std::any_of(extent.months.begin(), extent.months.end(), [&](const Month& month) {
      return obligation.days.touches({month.first_day(), month.last_day()});
    });
    if (!open) continue;
    planned.push_back(planned_of(person, name, file.village, obligation, to, now));
    planned.back().visits = counted_visits(file, obligation);
  }
  return planned;
}

}  // namespace tanfang::planning
