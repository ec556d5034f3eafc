// Suspending, resuming, moving out, death: spans of days, each recorded.
#include "registry/status.h"

#include <algorithm>

#include "base/text.h"
#include "platform/json/json.h"
#include "registry/files_store.h"
#include "registry/registry_problems.h"
#include "registry/sealed_fields.h"
#include "registry/status_rules.h"
#include "registry/status_store.h"
#include "registry/verification_store.h"

namespace tanfang::registry {
namespace {

std::vector<StatusSpan> spans_of(const std::vector<SpanRow>& rows) {
  std::vector<StatusSpan> spans;
  for (const SpanRow& row : rows) spans.push_back(row.span);
  return spans;
}

/// Free text may name people, so the trail holds dates only; the reason stands in the span.
void record(audit::Work& work, const PersonKey& key, std::string_view kind, Date from, std::optional<Date> last = {}) {
  std::string details = "{\"from\":\"" + from.iso() + "\"";
  if (last) details += ",\"last\":\"" + last->iso() + "\"";
  work.record({key.county, std::string(kind), "person:" + format_id(key.id), details + "}"});
}

void add_span(audit::Work& work, const PersonKey& key, Status status, Date from, std::optional<Date> valid_to,
              std::string_view reason) {
  SpanRow row{key, work.new_id(), {status, from, valid_to, "", work.now}, {}};
  std::string text = trimmed(reason);
  if (!text.empty()) row.sealed_reason = SealedFields(work.keys).seal("status_spans.reason", key.id, text);
  insert_spans(work.session, std::span(&row, 1));
}

/// Moving out or death. Suspensions beyond the day may stand: the higher rank holds.
void close(audit::Work& work, const PersonKey& key, Status status, Date on, std::string_view reason) {
  File file = load_file(work.session, key);
  check_closing(load_status_history(work.session, key), file.registered_on, on);
  add_span(work, key, status, on, std::nullopt, reason);
}

/// False where a transfer gave the citizen number to another file.
bool holds_number(audit::Work& work, const File& file) {
  SealedFields fields(work.keys);
  std::string number = fields.open("people.citizen_number", file.key.id, file.citizen_number);
  return find_number(work.session, fields.citizen_number_hash(number)) == file.key;
}

}  // namespace

void suspend_person(audit::Work& work, const PersonKey& key, Date from, std::optional<Date> last,
                    std::string_view reason) {
  load_file(work.session, key);
  check_suspension(load_status_history(work.session, key), from, last, reason);
  std::optional<Date> valid_to;
  if (last) valid_to = *last + 1;
  add_span(work, key, Status::suspended, from, valid_to, reason);
  record(work, key, "person_suspended", from, last);
}

void resume_person(audit::Work& work, const PersonKey& key, Date on) {
  load_file(work.session, key);
  std::vector<SpanRow> rows = load_spans(work.session, key);
  std::size_t at = find_span(spans_of(rows), Status::suspended, on);
  if (at == std::string::npos) throw problems::status_not_suspended();
  if (rows[at].span.valid_from == on) {
    remove_span(work.session, key, rows[at].id);
  } else {
    end_span(work.session, key, rows[at].id, on);
  }
  delete_verification_request(work.session, key);
  record(work, key, "person_resumed", on);
}

void move_out_person(audit::Work& work, const PersonKey& key, Date on, std::string_view reason) {
  close(work, key, Status::moved_out, on, reason);
  record(work, key, "person_moved_out", on);
}

void record_death(audit::Work& work, const PersonKey& key, Date on) {
  if (on > work.today()) throw problems::date_future("on");
  close(work, key, Status::deceased, on, "");
  record(work, key, "person_deceased", on);
}

void reopen_person(audit::Work& work, const PersonKey& key, std::string_view reason) {
  if (trimmed(reason).empty()) throw problems::status_reason_missing();
  if (!holds_number(work, load_file(work.session, key))) throw problems::status_elsewhere();
  bool was_closed = false;
  for (const SpanRow& row : load_spans(work.session, key)) {
    if (row.span.status < Status::moved_out || row.span.valid_to) continue;
    remove_span(work.session, key, row.id);
    was_closed = true;
  }
  if (!was_closed) throw problems::status_not_closed();
  delete_verification_request(work.session, key);
  record(work, key, "person_status_corrected", work.today());
}

}  // namespace tanfang::registry
