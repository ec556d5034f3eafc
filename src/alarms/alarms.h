// Emergencies reported from the field (应急: the flow that begins with 120, 119 or 110 and the contacts), until an
// office has acknowledged and closed them. The one header that other rooms include.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"

namespace tanfang::alarms {

enum class What { ill, fall, fire, injury, violence, missing, danger, other };
std::string_view to_text(What what);

/// Whom the reporter called: `120`, `119`, `110`, `contact`, `village`, or other words.
struct Called {
  std::string who;
  Instant at;
};
struct Position {
  double latitude = 0;
  double longitude = 0;
  std::optional<double> accuracy_metres;
};
/// What the report says.
struct Report {
  std::optional<Instant> at;
  Id person;  // zero where nobody known is concerned
  What what = What::other;
  std::string where;
  std::string note;
  std::optional<Position> position;
  std::vector<Called> called;
};

/// Foreign bytes: one JSON object, as phones send it. Throws Problem `emergency.malformed` with the field, `json.…`.
Report read_report(std::string_view text);

/// Who reports, and what the house knows beside the report.
struct Reporter {
  std::string county;
  std::string area;  // of the person, or else where the reporter works
  Id person;         // as the house found them, or zero
  std::string actor;
  std::string key;
  /// How far the phone's clock was behind; the report's moments are moved by it.
  std::int64_t clock_off_seconds = 0;
  /// Why the phone that sent it is not to be believed without a question; "" where it is.
  std::string doubt = {};
};

enum class State { reported, acknowledged, closed };
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);

struct Emergency {
  std::string county;
  Id id;
  std::string area;
  Id person;
  State state = State::reported;
  Report report;  // empty but for `what` and `at` once the person was erased
  Instant reported_at;
  std::string reported_by;  // actor
  std::int64_t clock_off_seconds = 0;
  std::optional<Instant> acknowledged_at;
  std::string acknowledged_by;
  std::optional<Instant> closed_at;
  std::string closed_by;
  std::string outcome;
  std::string doubt;  // as of `Reporter`
};

struct Reported {
  Id id;
  bool repeated = false;  // it was there already
};
/// Records `emergency_reported`, or says unchanged.
Reported report_emergency(audit::Work& work, const Reporter& reporter, Report report);
/// Again: unchanged, also of one that is closed. Refuses `emergency.unknown`. Records `emergency_acknowledged`.
void acknowledge_emergency(audit::Work& work, const std::string& county, Id emergency);
/// Refuses `emergency.unknown`, `emergency.closed`, `emergency.outcome`. Records `emergency_closed`.
void close_emergency(audit::Work& work, const std::string& county, Id emergency, std::string_view outcome);
/// Takes the texts out of what concerned the person. Records `emergencies_erased`, or says unchanged.
std::int64_t erase_emergencies(audit::Work& work, const std::string& county, Id person);

Problem unknown_emergency();
/// Throws Problem `emergency.unknown`.
Emergency load_emergency(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id emergency);

struct Filter {
  std::string area;
  std::optional<State> state = std::nullopt;
  Id before = {};  // 0: from the newest on
  int limit = 50;
};
/// The newest first.
std::vector<Emergency> list_emergencies(db::Session& session, const crypto::KeyRing& keys, const Filter& filter);
/// What became of an emergency at one moment; `change` rises with time, as ids do.
struct Change {
  Id change;
  Id emergency;
  std::string area;
  State state = State::reported;
};
/// The latest change of each emergency of the whole deployment that changed behind `after`, in order, up to 1000.
std::vector<Change> list_changes(db::Session& session, Id after);
/// Whether the county's own office is told of emergencies; villages and towns always are. Records
/// `emergency_telling_changed`, or says unchanged.
void tell_county(audit::Work& work, const std::string& county, bool told);
bool is_county_told(db::Session& session, const std::string& county);
/// The counties whose own office is not told.
std::set<std::string> untold_counties(db::Session& session);
/// Those that nobody acknowledged.
std::int64_t count_reported(db::Session& session, const std::string& area);

}  // namespace tanfang::alarms
