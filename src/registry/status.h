// Status: active, declined, suspended, moved out, deceased, from day to day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "registry/classification.h"
#include "registry/people.h"

namespace tanfang::registry {

/// In rank order: where spans overlap, the highest holds.
enum class Status { active, declined, suspended, moved_out, deceased };
std::string_view to_text(Status status);
std::optional<Status> parse_status(std::string_view text);

/// A span of days with a status other than active. Days outside every span are active.
struct StatusSpan {
  Status status = Status::active;
  Date valid_from;
  std::optional<Date> valid_to;  // the first day on which it no longer holds
  std::string reason;            // only where it was loaded with the keys
  Instant recorded_at;
};

/// The status on a day by the spans of one person.
Status status_on(const std::vector<StatusSpan>& spans, Date day);

/// What planning needs of one person for a period.
struct Standing {
  Id person;
  std::string area;
  std::string name;
  Date registered_on;
  std::vector<StatusSpan> spans;                // that touch the period, by valid_from
  std::vector<Classification> classifications;  // that touch the period, by scheme and valid_from

  Status status_on(Date day) const { return registry::status_on(spans, day); }
  /// nullptr where the scheme had no verdict on that day.
  const Classification* classification_on(std::string_view scheme, Date day) const;
};

/// Every person of the county (or of an area inside it) registered by `to`, ordered by id, in pages: memory does not
/// grow with the county. Statements may run inside `visit`.
void for_each_standing(db::Session& session, std::string_view area, Date from, Date to,
                       const std::function<void(const Standing&)>& visit);
/// One person; throws Problem `person.unknown`.
Standing load_standing(db::Session& session, const PersonKey& key, Date from, Date to);

/// All spans, by valid_from: the history of the status. Without reasons.
std::vector<StatusSpan> load_status_history(db::Session& session, const PersonKey& key);
/// The same with their reasons.
std::vector<StatusSpan> load_status_history(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key);

/// from..last (that day included; nullopt: until resumed). Refuses a missing reason, an end before the begin, and
/// overlapping suspensions (`status.reason_missing`, `status.dates`, `status.overlap`), also for the dead and those who
/// moved out (`status.closed`). Records `person_suspended`.
void suspend_person(audit::Work& work, const PersonKey& key, Date from, std::optional<Date> last,
                    std::string_view reason);
/// Ends the suspension that holds on `on` (`status.not_suspended`). Records `person_resumed`.
void resume_person(audit::Work& work, const PersonKey& key, Date on);
/// The last day in the area is the day before `on`. Records `person_moved_out`.
void move_out_person(audit::Work& work, const PersonKey& key, Date on, std::string_view reason);
/// Not in the future (`date.future`). Records `person_deceased`.
void record_death(audit::Work& work, const PersonKey& key, Date on);
/// Takes back a moving out or a death recorded in error. Refuses a file whose citizen number belongs to another by now
/// (`status.elsewhere`): nobody is active twice. Records `person_status_corrected`.
void reopen_person(audit::Work& work, const PersonKey& key, std::string_view reason);

}  // namespace tanfang::registry
