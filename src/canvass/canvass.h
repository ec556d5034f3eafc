// The canvass from door to door (摸底排查): the households of each village by group or grid, what was found at each,
// and how complete it is, so that no household is left out (不漏一户: `../seeds`, linzi and luzhou, on finding people).
//
// A county runs one canvass at a time. A household is done in it once somebody was met there; `not_home` is kept, and
// the household stays to be visited.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"

namespace tanfang::canvass {

struct Canvass {
  Id id;
  std::string name;
  Date begun_on;
  std::optional<Date> ended_on;
};

/// `open` is no result: nobody was there yet in this canvass.
enum class Result { open, nobody_eligible, registered, declined, not_home };
std::string_view to_text(Result result);
std::optional<Result> parse_result(std::string_view text);

/// A result that was noted from an older version of the household, and says otherwise.
struct Differing {
  Result result = Result::open;
  Date on;
  std::string noted_by;
};

struct Household {
  Id id;
  std::string village;
  std::string group;  // "" where the village has none
  std::string place;  // door number or whose house it is
  bool listed = true;
  Result result = Result::open;
  std::optional<Date> result_on;
  std::optional<Differing> differs;  // until somebody notes a result anew
};
/// Which result is known, and what differs from it; opaque.
std::string version_of(const Household& household);

/// What is said of a household when it is listed.
struct Place {
  std::string group;
  std::string place;
};

struct Listing {
  std::int64_t added = 0;
  std::int64_t repeated = 0;  // the village had it
  Id last;                    // of the last place said
};

/// Refuses `canvass.running`, `canvass.invalid`. Records `canvass_begun`.
Id begin_canvass(audit::Work& work, const std::string& county, const std::string& name, Date begun_on);
/// Refuses `canvass.unknown`; ended before: unchanged. Records `canvass_ended`.
void end_canvass(audit::Work& work, const std::string& county, Id canvass);
/// Newest first.
std::vector<Canvass> list_canvasses(db::Session& session, const std::string& county);

/// Refuses `household.invalid` with `households[i].…`. One that is listed already is left, one that was taken off the
/// list comes back. Records `households_listed`, or says unchanged.
Listing list_households(audit::Work& work, const std::string& village, const std::vector<Place>& places);
/// Another group or place, or off the list (`listed`): it then counts nowhere, its results stay. Refuses
/// `household.unknown`, `household.invalid`, `household.taken`. Records `household_changed`, or says unchanged.
void change_household(audit::Work& work, const std::string& county, Id household, const Place& place, bool listed);
/// counts: it is the household's result now. differs: the known one stays, and somebody is to note one anew. history:
/// neither.
enum class Noting { counts, differs, history };
/// What was found on `on` in the running canvass. Refuses `household.unknown`, `canvass.none`, `household.result_day`.
/// The same of the same day again: unchanged. An earlier day than the last result's stays in the history alone.
/// `seen`: the version that the noter saw. Where that is older, and the known result is somebody else's, another result
/// does not take its place: it differs, and `not_home` goes to the history. Records `household_visited`.
Noting note_result(audit::Work& work, const std::string& county, Id household, Result result, Date on,
                   const std::string& note, const std::optional<std::string>& seen = std::nullopt);
/// What is said to whose result differs from the one that is known.
FieldProblem differing_result(Result known);

/// How a household is refused that is not there, or not to be seen: both read alike.
Problem unknown_household();
/// Throws Problem `household.unknown`.
Household load_household(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id household);

struct HouseholdFilter {
  std::string village;
  std::optional<std::string> group = std::nullopt;
  std::optional<Result> result = std::nullopt;
  /// Behind the last household of the page before.
  std::string after_group = {};
  Id after = {};
  int limit = 50;
  bool differing = false;  // only those of which results differ
};
/// By group and in the order in which they were listed; with the state in the canvass that runs, or ran last.
std::vector<Household> find_households(db::Session& session, const crypto::KeyRing& keys,
                                       const HouseholdFilter& filter);

struct NotedResult {
  Result result;
  Date on;
  std::string note;
  Instant noted_at;
  std::string noted_by;
};
/// Newest first, at most 100.
std::vector<NotedResult> list_results(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                      Id household);

struct Completeness {
  std::int64_t households = 0;
  std::int64_t nobody_eligible = 0;
  std::int64_t registered = 0;
  std::int64_t declined = 0;
  std::int64_t not_home = 0;
  std::int64_t differing = 0;  // of those, two results of which differ

  std::int64_t done() const { return nobody_eligible + registered + declined; }
};
struct Part {
  std::string part;  // a town's or village's code, or a group's name
  Completeness counts;
};
/// Of a county by town, of a town by village, of a village by group. Reads counts that are kept. Throws Problem
/// `canvass.unknown`.
std::vector<Part> completeness_of(db::Session& session, const std::string& area, Id canvass);

}  // namespace tanfang::canvass
