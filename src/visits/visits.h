// Visits: records on a scheme's form, attempts, corrections, strikes, and what was found.
//
// A record is checked in two steps: `prepare_visit` does all that needs no lock (form, times, person, method) and
// `record_visit` stores it in one short transaction together with everything that follows from it: the idempotency key,
// the person's last known statuses, their obligations and the event of the trail. Records are never overwritten: a
// correction is a new record that points at the old one, and supervision strikes a record out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "forms/forms.h"
#include "planning/planning.h"
#include "platform/db/database.h"
#include "registry/registry.h"

namespace tanfang::visits {

/// Somebody was met or spoken to; nobody was at home; the visit was refused. Only `met` is a visit, the others are
/// attempts.
enum class Outcome { met, not_home, refused };
std::string_view to_text(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

/// A record as it arrives, nothing checked. Exactly one of citizen_number and person_id is given.
struct VisitEntry {
  std::string key;  // the sender's idempotency key, 1 to 100 characters
  std::string citizen_number;
  std::string person_id;
  std::string visitor;
  std::string method;
  std::string started_at;  // as parse_instant reads it
  std::string ended_at;
  std::string outcome;
  std::string form;                      // may be empty for an attempt
  std::string answers;                   // a JSON object
  std::vector<std::string> attachments;  // digests of contents that were put before
  std::string evidence;                  // a JSON object beside the answers: position, signature, …; or empty
};

/// Reads one JSON line. Throws Problem `visit.malformed` (or json.…) naming the field. `key` is filled as soon as it
/// was read, so that the refusal can name it.
VisitEntry read_entry(std::string_view line, std::string& key);

/// The schemes, forms and policies: made once by the program, shared between threads.
struct Ground {
  const registry::Classifier& classifier;
  const planning::Policies& policies;
  const forms::Catalog& forms;
};

/// A record that was checked and may be stored. `notices` do not refuse it: the person had declined, was suspended, was
/// not yet registered.
struct PreparedVisit {
  std::string county;
  std::string key;
  std::string digest;  // of the content, to tell a repeated record from another one under the same key
  Id id;
  Id person;
  std::string visitor;
  std::string method;
  Instant started_at;
  Instant ended_at;
  Outcome outcome = Outcome::met;
  std::string form;
  int form_version = 0;
  std::string answers;   // encrypted
  std::string evidence;  // encrypted, or empty
  std::vector<forms::Finding> findings;
  std::vector<std::string> attachments;  // digests, each once, ascending
  std::vector<FieldProblem> notices;
  Id corrects;         // 0: a first record
  std::string reason;  // of a correction
  Id repeats;          // 0, or the record stored before with this key and content where this one would be refused now
};

/// Checks a record against the form, the person's file and the time. Throws Problem `visit.invalid` with all fields, or
/// `visit.key_reused`. Reads only; run it outside the writer's turn. `area`: the county, or the part of it whose people
/// the sender may visit; anybody else is unknown.
PreparedVisit prepare_visit(db::Session& session, const Ground& ground, const crypto::KeyRing& keys, IdSource& ids,
                            Instant now, const std::string& area, const VisitEntry& entry);

enum class Recording { recorded, repeated };

struct Recorded {
  Id id;
  Recording status = Recording::recorded;
  /// Those of the prepared record, and `visit.method_not_allowed` where its method does not count for this person.
  std::vector<FieldProblem> notices;
};

/// Stores a prepared record. The same key with the same content answers with the first record's id; with another
/// content it throws Problem `visit.key_reused`. Records `visit_recorded` (an attempt: `visit_attempted`, a correction:
/// `visit_corrected`).
Recorded record_visit(audit::Work& work, const Ground& ground, const PreparedVisit& visit);

/// Turns a prepared record into the correction of `corrects`; stored by `record_visit`, which then refuses
/// `visit.unknown`, `visit.already_corrected`, `visit.struck_out`. Throws Problem `visit.reason_missing`.
void make_correction(PreparedVisit& visit, Id corrects, std::string_view reason);

/// Supervision strikes a record out: it stays, but counts for nothing and says nothing of the person. Refuses
/// `visit.unknown`, `visit.already_corrected`, `visit.struck_out`, `visit.reason_missing`. Records `visit_struck`.
void strike_visit(audit::Work& work, const Ground& ground, const std::string& county, Id visit,
                  std::string_view reason);

/// A stored record. `answers` and `evidence` (which may be empty) are JSON objects and only filled by `reveal_visit`;
/// `findings` is JSON too, as it is kept: an object that gives `{"given", "effect"?, "number"?}` for each indicator.
struct Visit {
  std::string county;
  Id id;
  Id person;
  std::string visitor;
  std::string method;
  Instant started_at;
  Instant ended_at;
  Outcome outcome = Outcome::met;
  std::string form;
  int form_version = 0;
  std::string answers;
  std::string evidence;
  std::string findings;
  Id corrects;  // 0 where it corrects none
  Id corrected_by;
  std::string reason;  // of the correction
  std::optional<Instant> struck_at;
  std::string struck_reason;
  Instant recorded_at;
  std::string recorded_by;
  std::optional<std::vector<std::string>> attachments;  // digests; lists do not fill it
};

/// Appends `findings` of a record as the list of `{"indicator", "given", …}` that the interface shows. Throws Failure
/// where they are cut short.
void append_findings(std::string& out, std::string_view findings);

/// How a record is refused that is not there, or not to be seen: both read alike.
Problem unknown_record();
/// The county of the record, among those of `within` (an area, or "" for the whole deployment): one look-up a county.
std::optional<std::string> find_county_of_visit(db::Session& session, std::string_view within, Id visit);
/// One record without its answers; throws Problem `visit.unknown`.
Visit load_visit(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id visit);
/// With its answers, which may name illnesses and people, for a reason that the trail keeps (`visit.reason_missing`).
/// Records `visit_revealed`.
Visit reveal_visit(audit::Work& work, const std::string& county, Id visit, std::string_view reason);
/// Erases the answers of all the person's records, their attachments, and the reasons given for corrections and
/// strikes; findings stay for the figures. How many. Records `visits_erased`, or says unchanged where there are none.
std::int64_t erase_answers(audit::Work& work, const registry::PersonKey& person);
/// Newest first, at most `limit`.
std::vector<Visit> list_visits_of_person(db::Session& session, const crypto::KeyRing& keys,
                                         const registry::PersonKey& person, int limit);
/// Whether a record of the person names the visitor.
bool is_visitor_of(db::Session& session, const registry::PersonKey& person, const std::string& visitor);
/// In place of an outcome: nobody at home, or refused.
inline constexpr std::string_view kAnyAttempt = "attempt";

/// Which records of a county are asked for; what is empty asks nothing.
struct VisitFilter {
  std::string area;  // the county, or a town or village of it, where the person lives now
  Date from;
  Date to;
  Id person;
  std::string visitor;
  std::string method;
  std::string outcome;
  /// The place behind which the page begins: the last record of the page before.
  std::optional<Date> before_day;
  Id before;
  int limit = 50;
};
/// Newest first, by day and id. A visitor's are found by an index of their own.
std::vector<Visit> find_visits(db::Session& session, const crypto::KeyRing& keys, const VisitFilter& filter);
/// By day and id, at most `limit`, after the place (`after_day`, `after`).
std::vector<Visit> list_visits(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Date from,
                               Date to, Date after_day, Id after, int limit);

/// Whether an earlier version left reasons in clear.
bool needs_upgrade(db::Session& session);
/// Encrypts them. Records `visits_upgraded`, or says unchanged.
void upgrade_visits(audit::Work& work);

/// Corrections recorded since, of people of the area: the newest first, before the place (`before_at`, `before`) where
/// one is given.
struct CorrectionFilter {
  std::string area;
  Instant since;
  std::optional<Instant> before_at;
  Id before;
  int limit = 50;
};
std::vector<Visit> list_corrections(db::Session& session, const crypto::KeyRing& keys, const CorrectionFilter& filter);

// ---- Attachments -------------------------------------------------------------------------------------------------

/// Evidence to a record, named by the SHA-256 of its content in 64 hexadecimal digits; kept encrypted, in the county.
struct Attachment {
  std::string county;
  std::string digest;
  std::string media_type;  // image/jpeg, image/png
  std::string content;
};
/// 64 lower-case hexadecimal digits.
bool is_digest(std::string_view text);
/// Keeps the content; what is there already only counts as put anew. True where this actor had not put it before.
/// Throws Problem `attachment.digest` where the content has another digest, `attachment.type` where it is neither JPEG
/// nor PNG by its first bytes. Records `attachment_put`.
bool put_attachment(audit::Work& work, const std::string& county, const std::string& digest, std::string_view content);
/// The people whose records name the attachment, in the counties of `within`.
std::vector<registry::PersonKey> people_of_attachment(db::Session& session, std::string_view within,
                                                      const std::string& digest);
/// Records `attachment_shown` with the person. Throws Problem `attachment.unknown`.
Attachment show_attachment(audit::Work& work, const registry::PersonKey& person, const std::string& digest);
/// How an attachment is refused that is not there, or not to be seen: both read alike.
Problem unknown_attachment();
/// Deletes what was put before `before` and no record names; how many. Records `attachments_purged`, or says unchanged.
std::int64_t purge_attachments(audit::Work& work, const std::string& county, Instant before);

/// When a person's status in an indicator changed, by which record, from what (nullopt: unknown) to what.
struct StatusChange {
  std::string indicator;
  Instant at;
  Id visit;
  std::optional<forms::Status> before;
  forms::Status after = forms::Status::good;
  bool operator==(const StatusChange&) const = default;
};
/// All changes, by indicator and time: the trend. The last of an indicator is its last known status.
std::vector<StatusChange> load_status_changes(db::Session& session, const registry::PersonKey& person);
/// Recounts the status changes of every person of the county from the raw records; returns of how many people the kept
/// ones disagreed. With `rebuild` those are written anew, and `statuses_rebuilt` is recorded where there were any;
/// otherwise nothing changes.
std::int64_t recount_statuses(audit::Work& work, const std::string& county, bool rebuild);

/// Who visited each person of the county last, since that day, by what records name them.
std::map<Id, std::string> last_visitors(db::Session& session, const std::string& county, Date since);

}  // namespace tanfang::visits
