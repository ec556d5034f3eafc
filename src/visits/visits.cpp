#include "visits/visits.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "platform/json/json.h"
#include "visits/attachments_store.h"
#include "visits/for_paper.h"
#include "visits/for_scans.h"
#include "visits/sealed_reasons.h"
#include "visits/visits_problems.h"
#include "visits/visits_rules.h"
#include "visits/visits_store.h"

namespace tanfang::visits {
namespace {

constexpr std::size_t kShortestReason = 4;  // to look into a record, as into a person's file
constexpr int kPeopleAtOnce = 1000;

std::string checked_reason(std::string_view reason) {
  std::string text = trimmed(reason);
  if (text.empty()) throw reason_missing();
  return text;
}

Visit open_visit(db::Session& session, const std::string& county, Id id) {
  std::optional<Visit> visit = store::find_visit(session, county, id);
  if (!visit) throw unknown_visit();
  if (visit->corrected_by.value != 0) throw already_corrected();
  if (visit->struck_at) throw struck_out();
  return *visit;
}

planning::VisitFact fact_of(const Visit& visit, bool struck) {
  return {visit.id, visit.person, visit.started_at, visit.method, visit.outcome == Outcome::met, struck};
}

std::vector<StatusChange> folded_changes(db::Session& session, const std::string& county, Id person) {
  std::vector<StatusChange> changes;
  StatusFold fold;
  for (const store::Counting& visit : store::counting_visits(session, county, person)) {
    fold.apply(visit.at, visit.visit, visit.findings, changes);
  }
  std::sort(changes.begin(), changes.end(), [](const StatusChange& left, const StatusChange& right) {
    return std::tie(left.indicator, left.at, left.visit) < std::tie(right.indicator, right.at, right.visit);
  });
  return changes;
}

/// Late records, corrections and strikes change what came after them: the person's statuses are folded anew.
void refold(db::Session& session, const std::string& county, Id person) {
  std::vector<StatusChange> changes = folded_changes(session, county, person);
  store::delete_changes(session, county, person);
  store::insert_changes(session, county, person, changes);
}

void follow_statuses(db::Session& session, const PreparedVisit& visit) {
  bool latest = store::take_person(session, visit.county, visit.person, visit.started_at, visit.id);
  if (!latest) return refold(session, visit.county, visit.person);
  if (visit.findings.empty()) return;
  StatusFold fold(load_status_changes(session, {visit.county, visit.person}));
  std::vector<StatusChange> changes;
  fold.apply(visit.started_at, visit.id, visit.findings, changes);
  if (!changes.empty()) store::insert_changes(session, visit.county, visit.person, changes);
}

/// The old record steps back in favour of the new one, which may be another person's.
void supersede(audit::Work& work, const Ground& ground, const PreparedVisit& visit) {
  Visit old = open_visit(work.session, visit.county, visit.corrects);
  require_not_taken_out(work.session, visit.county, old.id, visit.attachments);
  store::mark_corrected(work.session, visit.county, old.id, visit.id);
  planning::withdraw_visit(work, ground.policies, visit.county, old.person, old.id);
  if (old.outcome != Outcome::met) return;
  store::take_person(work.session, visit.county, old.person, old.started_at, old.id);
  refold(work.session, visit.county, old.person);
}

std::string event_details(const PreparedVisit& visit) {
  std::string details =
      fmt::format(R"({{"person":"{}","outcome":"{}","method":"{}","on":"{}")", format_id(visit.person),
                  to_text(visit.outcome), visit.method, china_date(visit.started_at).iso());
  if (!visit.form.empty()) details += fmt::format(R"(,"form":"{}/{}")", visit.form, visit.form_version);
  if (visit.corrects.value != 0) details += fmt::format(R"(,"corrects":"{}")", format_id(visit.corrects));
  return details + "}";
}

/// A visit counts only by a method allowed for that person on that day (section 6); it is kept all the same.
void notice_method(const PreparedVisit& visit, const std::vector<std::string>& allowed,
                   std::vector<FieldProblem>& notices) {
  if (visit.outcome != Outcome::met || allowed.empty()) return;
  if (std::find(allowed.begin(), allowed.end(), visit.method) != allowed.end()) return;
  notices.push_back(method_not_allowed(fmt::format("{}", fmt::join(allowed, ", "))));
}

const char* event_kind(const PreparedVisit& visit) {
  if (visit.corrects.value != 0) return "visit_corrected";
  return visit.outcome == Outcome::met ? "visit_recorded" : "visit_attempted";
}

}  // namespace

Recorded record_visit(audit::Work& work, const Ground& ground, const PreparedVisit& visit) {
  if (visit.repeats.value != 0) {
    work.unchanged();
    return {visit.repeats, Recording::repeated, {}};
  }
  if (!store::insert_received(work.session, visit)) {
    auto received = store::find_received(work.session, visit.county, visit.key);
    if (!received || received->digest != visit.digest) throw key_reused();
    work.unchanged();
    return {received->visit, Recording::repeated, {}};
  }
  if (visit.corrects.value != 0) supersede(work, ground, visit);
  store::insert_visit(work.session, visit, sealed_reason(work.keys, kReason, visit.id, visit.reason), work.now,
                      work.actor);
  if (!visit.attachments.empty()) store::insert_links(work.session, visit);
  if (visit.outcome == Outcome::met) follow_statuses(work.session, visit);
  std::vector<std::string> allowed = planning::apply_visit(
      work, ground.policies, visit.county,
      {visit.id, visit.person, visit.started_at, visit.method, visit.outcome == Outcome::met, false});
  work.record({visit.county, event_kind(visit), "visit:" + format_id(visit.id), event_details(visit)});
  Recorded recorded{visit.id, Recording::recorded, visit.notices};
  notice_method(visit, allowed, recorded.notices);
  return recorded;
}

void make_correction(PreparedVisit& visit, Id corrects, std::string_view reason) {
  visit.reason = checked_reason(reason);
  visit.corrects = corrects;
}

void strike_visit(audit::Work& work, const Ground& ground, const std::string& county, Id id, std::string_view reason) {
  std::string text = checked_reason(reason);
  Visit visit = open_visit(work.session, county, id);
  store::mark_struck(work.session, county, id, work.now, sealed_reason(work.keys, kStruckReason, id, text));
  if (visit.outcome == Outcome::met) {
    store::take_person(work.session, county, visit.person, visit.started_at, visit.id);
    refold(work.session, county, visit.person);
  }
  planning::apply_visit(work, ground.policies, county, fact_of(visit, true));
  work.record(
      {county, "visit_struck", "visit:" + format_id(id), fmt::format(R"({{"person":"{}"}})", format_id(visit.person))});
}

Problem unknown_record() { return unknown_visit(); }

Visit load_visit(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id id) {
  std::optional<Visit> visit = store::find_visit(session, county, id);
  if (!visit) throw unknown_visit();
  open_reasons(keys, *visit);
  visit->answers.clear();
  visit->evidence.clear();
  visit->attachments = store::attachments_of_visit(session, county, id);
  return *visit;
}

Visit reveal_visit(audit::Work& work, const std::string& county, Id id, std::string_view reason) {
  std::string details = R"({"fields":["answers"],"reason":)";
  if (length_of(trimmed(reason)) < kShortestReason) throw reveal_reason_missing();
  json::append_quoted(details, trimmed(reason));
  Visit visit = unseal_visit(work.session, work.keys, county, id);
  work.record({county, "visit_revealed", "visit:" + format_id(id), details + "}"});
  return visit;
}

Visit unseal_visit(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id id) {
  std::optional<Visit> visit = store::find_visit(session, county, id);
  if (!visit) throw unknown_visit();
  visit->answers = keys.field_cipher()->decrypt(visit->answers, "visits.answers:" + format_id(id));
  if (!visit->evidence.empty()) {
    visit->evidence = keys.field_cipher()->decrypt(visit->evidence, "visits.evidence:" + format_id(id));
  }
  open_reasons(keys, *visit);
  visit->attachments = store::attachments_of_visit(session, county, id);
  return *visit;
}

std::int64_t erase_answers(audit::Work& work, const registry::PersonKey& person) {
  std::vector<Id> visits = store::visits_of(work.session, person.county, person.id);
  for (Id id : visits) {
    std::string empty = work.keys.field_cipher()->encrypt("{}", "visits.answers:" + format_id(id));
    store::erase_answers(work.session, person.county, id, empty);
    store::delete_attachments_of_visit(work.session, person.county, id);
  }
  if (visits.empty()) {
    work.unchanged();
  } else {
    work.record({person.county, "visits_erased", "person:" + format_id(person.id),
                 fmt::format(R"({{"visits":{}}})", visits.size())});
  }
  return static_cast<std::int64_t>(visits.size());
}

std::int64_t recount_statuses(audit::Work& work, const std::string& county, bool rebuild) {
  std::int64_t wrong = 0;
  Id after;
  for (;;) {
    std::vector<Id> people = store::visited_people(work.session, county, after, kPeopleAtOnce);
    if (people.empty()) break;
    after = people.back();
    for (Id person : people) {
      if (load_status_changes(work.session, {county, person}) == folded_changes(work.session, county, person)) continue;
      ++wrong;
      if (rebuild) refold(work.session, county, person);
    }
  }
  if (rebuild && wrong > 0) {
    work.record({county, "statuses_rebuilt", "county:" + county, fmt::format(R"({{"people":{}}})", wrong)});
  } else {
    work.unchanged();
  }
  return wrong;
}

std::map<Id, std::string> last_visitors(db::Session& session, const std::string& county, Date since) {
  std::map<Id, std::string> found;
  for (auto& [person, visitor] : store::load_last_visitors(session, county, since)) {
    found.emplace(person, std::move(visitor));
  }
  return found;
}

}  // namespace tanfang::visits
