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

/// Everybody in `area` through `compare_person`, some thousand at a time; `take` gets what has changed. Only looks.
std::int64_t for_each_change(db::Session& session, const County& county, const std::string& area, const Extent& extent,
                             const std::function<void(Changes&)>& take, const Progress& progress);

/// How many rows a pass over many people wrote.
struct Written {
  std::int64_t people = 0;  // looked at
  std::int64_t obligations = 0;
  std::int64_t person_months = 0;
};
/// Recomputes everybody in `area` and writes what has changed. Each is taken before their visits are read, and the
/// counts come last, so that visits recorded meanwhile neither get lost nor wait in a ring. Who is found in another
/// village than planning knew has moved on `today`.
Written refresh_people(audit::Work& work, const County& county, const std::string& area, const Extent& extent,
                       Date today, const Progress& progress);

/// Until the day before `on` the person lived where planning last knew them; an empty `known` says nothing.
void note_village(audit::Work& work, const County& county, PersonFile& file, const std::string& known, Date on);

/// The first day of everything owed to the person that a visit on `day` may count for or be taken from.
Date earliest_touched(const County& county, const PersonFile& file, Date day);

/// One person in the open months from that of `from` on; with what their counts become, which the caller adds.
Tally refresh_rows_from(audit::Work& work, const County& county, const PersonFile& file, Date from);
/// The same with the counts.
void refresh_from(audit::Work& work, const County& county, const PersonFile& file, Date from);

/// The person's file for work on `days`. Throws Problem `person.unknown`.
PersonFile load_file(db::Session& session, const County& county, Id person, const Days& days);

}  // namespace tanfang::planning
