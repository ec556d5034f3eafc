// Recomputing people from raw rows and writing what has changed.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "planning/planning_changes.h"
#include "planning/planning_county.h"
#include "planning/projections_store.h"

namespace tanfang::planning {

/// What is recomputed: obligations that touch `days` (whole months), and the months of `days` that are open.
struct Extent {
  Days days;
  std::vector<std::string> kept_months;  // where obligations that touch `days` may be kept
  std::vector<Month> months;             // open
};
Extent extent_of(const County& county, const Days& days);

/// What is kept of some people.
struct Kept {
  std::map<Id, std::vector<Obligation>> obligations;
  store::KeptMonths months;
};
Kept load_kept(db::Session& session, const County& county, const Extent& extent, Id first, Id last);

/// Adds to `changes` what the person's file makes otherwise than it is kept.
void compare_person(const County& county, const Extent& extent, const PersonFile& file, const Kept& kept,
                    Changes& changes);

/// Everybody in `area` through `compare_person`, some thousand at a time; `take` gets what has changed.
std::int64_t for_each_change(db::Session& session, const County& county, const std::string& area, const Extent& extent,
                             const std::function<void(Changes&)>& take, const Progress& progress);

/// The first day of everything owed to the person that a visit on `day` may count for or be taken from.
Date earliest_touched(const County& county, const PersonFile& file, Date day);

/// One person in the open months from that of `from` on.
void refresh_from(audit::Work& work, const County& county, const PersonFile& file, Date from);

/// The person's file for work on `days`. Throws Problem `person.unknown`.
PersonFile load_file(db::Session& session, const County& county, Id person, const Days& days);

}  // namespace tanfang::planning
