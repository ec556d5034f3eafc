// Lists of what is owed, and the recount.
#include <fmt/format.h>

#include <algorithm>

#include "base/area_code.h"
#include "planning/planning_lists.h"
#include "planning/planning_problems.h"
#include "planning/planning_refresh.h"

namespace tanfang::planning {
namespace {

/// How many entries of one side are absent or different on the other.
template <typename Map>
std::int64_t differences(const Map& kept, const Map& counted) {
  std::int64_t different = 0;
  for (const auto& [key, value] : kept) {
    auto found = counted.find(key);
    if (found == counted.end() || !(found->second == value)) ++different;
  }
  for (const auto& [key, value] : counted) different += !kept.contains(key);
  return different;
}

}  // namespace

void require_open(db::Session& session, const std::string& county, Month month) {
  auto months = store::load_months(session, county);
  if (std::find(months.begin(), months.end(), month) == months.end()) throw problems::month_not_open(month.iso());
}

PlannedVisit planned_of(Id person, const std::string& name, const std::string& area, const Obligation& obligation,
                        Month month, Instant now) {
  PlannedVisit planned;
  planned.ends_in_month = obligation.days.last <= month.last_day();
  planned.person = person;
  planned.name = name;
  planned.village = area;
  planned.kind = to_text(obligation.kind);
  planned.label = obligation.label;
  planned.first_day = obligation.days.first;
  planned.last_day = obligation.days.last;
  planned.due_day = obligation.due_day;
  planned.min = obligation.min;
  planned.counted = obligation.counted;
  for (int i = 0; i < schemes::kMethodCount; ++i) {
    auto method = static_cast<schemes::Method>(i);
    if (obligation.methods.holds(method)) planned.methods.emplace_back(schemes::name_of(method));
  }
  planned.tier = obligation.tier;
  planned.state = to_text(state_of(obligation, now));
  planned.met_on = obligation.met_on;
  return planned;
}

void for_each_planned(db::Session& session, const std::string& area, Month month, Instant now, bool open_only,
                      const std::function<void(const PlannedVisit&)>& visit) {
  std::string county = county_of(area);
  if (county.size() != 6 || !is_area_code(area)) throw problems::county_malformed();
  require_open(session, county, month);
  // Obligations are kept under the month in which they end.
  std::vector<std::string> months = store::months_with_obligations(session, county, month);
  registry::for_each_standing(
      session, area, month.first_day(), month.last_day(), [&](const registry::Standing& standing) {
        auto kept = store::load_obligations(session, county, months, standing.person, standing.person);
        for (const Obligation& obligation : kept[standing.person]) {
          if (obligation.days.first > month.last_day()) continue;
          PlannedVisit planned = planned_of(standing.person, standing.name, standing.area, obligation, month, now);
          if (!open_only || planned.state == "owed" || planned.state == "overdue") visit(planned);
        }
      });
}

Recount recount_month(audit::Work& work, const Policies& policies, const std::string& county, Month month, bool rebuild,
                      const Progress& progress) {
  require_open(work.session, county, month);
  Recount recount;
  Days days{month.first_day(), month.last_day()};
  County loaded = County::load(work.session, policies, county, days);
  Extent extent = extent_of(loaded, days);
  // What the counts should be: people's months as they are kept, and what recomputing them would change.
  Tally counted;
  recount.people = for_each_change(
      work.session, loaded, county, extent,
      [&](Changes& changes) {
        recount.obligations += static_cast<std::int64_t>(changes.put.size() + changes.dropped.size());
        recount.person_months += static_cast<std::int64_t>(changes.months());
        if (rebuild) {
          store::write_rows(work.session, county, changes);
          store::add_tally(work.session, county, changes.tally);
        } else {
          counted += changes.tally;
        }
      },
      progress);
  counted += store::tally_of_people(work.session, county, month.iso());
  counted.drop_zeros();
  Tally kept = store::load_tally(work.session, county, month.iso());
  recount.counts = differences(kept.tiers, counted.tiers) + differences(kept.categories, counted.categories) +
                   differences(kept.rounds, counted.rounds);
  if (!rebuild || recount.agrees()) {
    work.unchanged();
    return recount;
  }
  store::delete_tally(work.session, county, month.iso());
  store::add_tally(work.session, county, counted);
  work.record({county, "projections_rebuilt", "month:" + month.iso(),
               fmt::format(R"({{"obligations":{},"person_months":{},"counts":{}}})", recount.obligations,
                           recount.person_months, recount.counts)});
  return recount;
}

}  // namespace tanfang::planning
