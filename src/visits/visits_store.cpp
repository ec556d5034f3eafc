#include "visits/visits_store.h"

#include <limits>

#include "base/area_code.h"
#include "platform/db/together.h"
#include "visits/findings_text.h"
#include "visits/lately_store.h"
#include "visits/sealed_reasons.h"

namespace tanfang::visits {
namespace {

Id optional_id(const db::Row& row, int column) { return row.is_null(column) ? Id{} : row.id(column); }

/// What `read_visit` reads, in this order.
const std::string kNames =
    "county, id, person, visitor, method, started_at, ended_at, outcome, form, form_version, findings, corrects,"
    " corrected_by, sealed_reason, struck_at, sealed_struck_reason, recorded_at, recorded_by";
const std::string kColumns = "select " + kNames + " from visits";

Visit read_visit(const db::Row& row) {
  Visit visit;
  visit.county = row.string(0);
  visit.id = row.id(1);
  visit.person = row.id(2);
  visit.visitor = row.string(3);
  visit.method = row.string(4);
  visit.started_at = row.instant(5);
  visit.ended_at = row.instant(6);
  visit.outcome = parse_outcome(row.text(7)).value_or(Outcome::refused);
  visit.form = row.string(8);
  visit.form_version = static_cast<int>(row.integer(9));
  visit.findings = row.string(10);
  visit.corrects = optional_id(row, 11);
  visit.corrected_by = optional_id(row, 12);
  if (!row.is_null(13)) visit.reason = row.bytes(13);
  if (!row.is_null(14)) visit.struck_at = row.instant(14);
  if (!row.is_null(15)) visit.struck_reason = row.bytes(15);
  visit.recorded_at = row.instant(16);
  visit.recorded_by = row.string(17);
  return visit;
}

StatusChange read_change(const db::Row& row, int column) {
  StatusChange change;
  change.indicator = row.string(column);
  change.at = row.instant(column + 1);
  change.visit = row.id(column + 2);
  if (!row.is_null(column + 3)) change.before = forms::read_status(row.text(column + 3));
  change.after = forms::read_status(row.text(column + 4)).value_or(forms::Status::good);
  return change;
}

}  // namespace

namespace store {

std::optional<Received> find_received(db::Session& session, const std::string& county, const std::string& key) {
  return session.first("select visit, digest from received_visits where county = $1 and key = $2", {county, key},
                       [](const db::Row& row) {
                         return Received{row.id(0), row.string(1)};
                       });
}

bool insert_received(db::Session& session, const PreparedVisit& visit) {
  return session.execute(
             "insert into received_visits (county, key, visit, digest) values ($1, $2, $3, $4)"
             " on conflict (county, key) do nothing",
             {visit.county, visit.key, visit.id, visit.digest}) == 1;
}

void insert_visit(db::Session& session, const PreparedVisit& visit, const std::string& sealed_reason, Instant now,
                  const std::string& actor) {
  std::string day = china_date(visit.started_at).iso();
  std::string findings = write_findings(visit.findings);
  std::optional<Id> corrects;
  if (visit.corrects.value != 0) corrects = visit.corrects;
  std::optional<db::Bytes> reason;
  if (!sealed_reason.empty()) reason = db::Bytes{sealed_reason};
  std::optional<db::Bytes> evidence;
  if (!visit.evidence.empty()) evidence = db::Bytes{visit.evidence};
  // Not `insert … select`: SQLite copies every page that such a statement changes, as it might have to take rows back.
  try {
    session.execute(
        "insert into visits (county, id, person, village, visitor, method, started_at, ended_at, visited_on, outcome,"
        " form, form_version, answers, findings, corrects, corrected_by, sealed_reason, reason, struck_reason,"
        " recorded_at, recorded_by, evidence) values ($1, $2, $3, (select area from people where county = $1 and id = "
        "$3),"
        " $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, null, $15, '', '', $16, $17, $18)",
        {visit.county, visit.id, visit.person, visit.visitor, visit.method, visit.started_at, visit.ended_at, day,
         to_text(visit.outcome), visit.form, visit.form_version, db::Bytes{visit.answers}, findings, corrects, reason,
         now, actor, evidence});
  } catch (const db::ConstraintViolation& violation) {
    // The file has gone since the record was checked.
    if (violation.kind != db::Constraint::not_null) throw;
    throw registry::unknown_person();
  }
}

std::optional<Visit> find_visit(db::Session& session, const std::string& county, Id visit) {
  static const std::string kSql = kColumns + " where county = $1 and id = $2";
  std::optional<Visit> found = session.first(kSql, {county, visit}, read_visit);
  if (!found) return found;
  session.query("select answers, evidence from visits where county = $1 and id = $2", {county, visit},
                [&](const db::Row& row) {
                  found->answers = row.bytes(0);
                  if (!row.is_null(1)) found->evidence = row.bytes(1);
                });
  return found;
}

std::map<Id, Lately> load_lately(db::Session& session, const std::string& county, const std::vector<Id>& people,
                                 int most) {
  // By rank within the index of a person's records first; only what is shown is read whole.
  static const std::string kSql =
      "with ranked as (select id as visit, row_number() over (partition by person order by started_at desc, id desc)"
      " as place, row_number() over (partition by person order by case when outcome = 'met' and corrected_by is null"
      " and struck_at is null then 0 else 1 end, started_at desc, id desc) as counting from visits where county = $1"
      " and person in (" +
      db::placeholders(3) + ")) select " + kNames +
      ", place, case when counting = 1 and outcome = 'met' and corrected_by is null and struck_at is null"
      " then answers end from ranked join visits on county = $1 and id = visit where place <= $2 or counting = 1"
      " order by place";
  std::map<Id, Lately> found;
  db::query_together(session, kSql, {county, most}, people, [&](const db::Row& row) {
    Visit visit = read_visit(row);
    visit.reason.clear();
    visit.struck_reason.clear();
    Lately& lately = found[visit.person];
    if (!row.is_null(19)) {
      lately.last = visit;
      lately.last->answers = row.bytes(19);
    }
    if (row.integer(18) <= most) lately.recent.push_back(std::move(visit));
  });
  return found;
}

void load_last_changes(db::Session& session, const std::string& county, const std::vector<Id>& people,
                       std::map<Id, Lately>& found) {
  static const std::string kSql =
      "select person, indicator, at, visit, before, after from (select person, indicator, at, visit, before, after,"
      " row_number() over (partition by person, indicator order by at desc, visit desc) as place from status_changes"
      " where county = $1 and person in (" +
      db::placeholders(2) + ")) latest where place = 1 order by person, indicator";
  db::query_together(session, kSql, {county}, people,
                     [&](const db::Row& row) { found[row.id(0)].changes.push_back(read_change(row, 1)); });
}

void mark_corrected(db::Session& session, const std::string& county, Id visit, Id corrected_by) {
  session.execute("update visits set corrected_by = $3 where county = $1 and id = $2", {county, visit, corrected_by});
}

void mark_struck(db::Session& session, const std::string& county, Id visit, Instant now,
                 const std::string& sealed_reason) {
  session.execute("update visits set struck_at = $3, sealed_struck_reason = $4 where county = $1 and id = $2",
                  {county, visit, now, db::Bytes{sealed_reason}});
}

std::vector<Id> visits_of(db::Session& session, const std::string& county, Id person) {
  return session.all("select id from visits where county = $1 and person = $2 order by id", {county, person},
                     [](const db::Row& row) { return row.id(0); });
}

void erase_answers(db::Session& session, const std::string& county, Id visit, const std::string& answers) {
  session.execute(
      "update visits set answers = $3, reason = '', struck_reason = '', sealed_reason = null,"
      " sealed_struck_reason = null, evidence = null where county = $1 and id = $2",
      {county, visit, db::Bytes{answers}});
}

std::vector<PlainReasons> load_plain_reasons(db::Session& session) {
  return session.all("select county, id, reason, struck_reason from visits where reason <> '' or struck_reason <> ''",
                     {}, [](const db::Row& row) {
                       return PlainReasons{row.string(0), row.id(1), row.string(2), row.string(3)};
                     });
}

void seal_reasons(db::Session& session, const PlainReasons& plain, const std::string& reason,
                  const std::string& struck_reason) {
  auto kept = [](const std::string& sealed) {
    return sealed.empty() ? std::optional<db::Bytes>() : std::optional(db::Bytes{sealed});
  };
  session.execute(
      "update visits set reason = '', struck_reason = '', sealed_reason = coalesce($3, sealed_reason),"
      " sealed_struck_reason = coalesce($4, sealed_struck_reason) where county = $1 and id = $2",
      {plain.county, plain.visit, kept(reason), kept(struck_reason)});
}

bool take_person(db::Session& session, const std::string& county, Id person, Instant at, Id visit) {
  // In two statements: for `returning` SQLite would set up a table of its own each time.
  session.execute(
      "insert into visited_people (county, person, latest_at, latest_visit) values ($1, $2, $3, $4)"
      " on conflict (county, person) do update set"
      " latest_visit = case when (excluded.latest_at, excluded.latest_visit) >"
      " (visited_people.latest_at, visited_people.latest_visit) then excluded.latest_visit"
      " else visited_people.latest_visit end,"
      " latest_at = case when excluded.latest_at > visited_people.latest_at then excluded.latest_at"
      " else visited_people.latest_at end",
      {county, person, at, visit});
  Id latest = *session.first("select latest_visit from visited_people where county = $1 and person = $2",
                             {county, person}, [](const db::Row& row) { return row.id(0); });
  return latest == visit;
}

void insert_changes(db::Session& session, const std::string& county, Id person,
                    const std::vector<StatusChange>& changes) {
  session.execute_many(
      "insert into status_changes (county, person, indicator, at, visit, before, after)"
      " values ($1, $2, $3, $4, $5, $6, $7)",
      changes.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const StatusChange& change = changes[i];
        db::Parameter before(nullptr);
        if (change.before) before = db::Parameter(forms::name_of(*change.before));
        out = {county, person, change.indicator, change.at, change.visit, before, forms::name_of(change.after)};
      });
}

void delete_changes(db::Session& session, const std::string& county, Id person) {
  session.execute("delete from status_changes where county = $1 and person = $2", {county, person});
}

std::vector<Counting> counting_visits(db::Session& session, const std::string& county, Id person) {
  return session.all(
      "select person, id, started_at, findings from visits where county = $1 and person = $2 and outcome = 'met'"
      " and corrected_by is null and struck_at is null order by started_at, id",
      {county, person}, [](const db::Row& row) {
        return Counting{row.id(0), row.id(1), row.instant(2), read_findings(row.text(3))};
      });
}

std::vector<Id> visited_people(db::Session& session, const std::string& county, Id after, int limit) {
  return session.all("select person from visited_people where county = $1 and person > $2 order by person limit $3",
                     {county, after, limit}, [](const db::Row& row) { return row.id(0); });
}

std::vector<std::pair<Id, std::string>> load_last_visitors(db::Session& session, const std::string& county,
                                                           Date since) {
  std::string day = since.iso();
  return session.all(
      "select person, visitor from (select person, visitor, row_number() over (partition by person order by "
      "started_at desc, id desc) as place from visits where county = $1 and visited_on >= $2 and outcome = 'met' "
      "and corrected_by is null and struck_at is null) latest where place = 1",
      {county, day}, [](const db::Row& row) {
        return std::pair{row.id(0), row.string(1)};
      });
}

}  // namespace store

std::optional<std::string> find_county_of_visit(db::Session& session, std::string_view within, Id visit) {
  std::string first(within.substr(0, 6));
  return session.first(
      "select v.county from counties c cross join visits v where c.county >= $1 and c.county < $2"
      " and v.county = c.county and v.id = $3 order by v.county limit 1",
      {first, first + ":", visit}, [](const db::Row& row) { return row.string(0); });
}

std::vector<StatusChange> load_status_changes(db::Session& session, const registry::PersonKey& person) {
  return session.all(
      "select indicator, at, visit, before, after from status_changes where county = $1 and person = $2"
      " order by indicator, at, visit",
      {person.county, person.id}, [](const db::Row& row) { return read_change(row, 0); });
}

std::vector<Visit> list_visits_of_person(db::Session& session, const crypto::KeyRing& keys,
                                         const registry::PersonKey& person, int limit) {
  static const std::string kSql =
      kColumns + " where county = $1 and person = $2 order by started_at desc, id desc limit $3";
  return with_open_reasons(keys, session.all(kSql, {person.county, person.id, limit}, read_visit));
}

bool is_visitor_of(db::Session& session, const registry::PersonKey& person, const std::string& visitor) {
  return session
      .first("select id from visits where county = $1 and person = $2 and visitor = $3 limit 1",
             {person.county, person.id, visitor}, [](const db::Row& row) { return row.id(0); })
      .has_value();
}

namespace {

const std::string kConditions =
    " and visited_on >= $4 and visited_on <= $5 and ($6 = '' or (visited_on, id) < ($6, $7))"
    " and ($8 = '' or visitor = $8) and ($9 = '' or method = $9) and ($10 = '' or outcome = $10"
    " or ($10 = 'attempt' and outcome <> 'met')) and (cast($11 as bigint) = 0 or person = $11)"
    " order by visited_on desc, id desc limit $12";

/// One text for each index that finds the records: a person's, a visitor's, the attempts, a town's, the county's.
const std::string& search_of(const VisitFilter& filter) {
  static const std::string kWithin = " where county = $1 and village >= $2 and village < $3";
  static const std::string kOfPerson = kColumns + kWithin + " and person = $11" + kConditions;
  static const std::string kOfVisitor = kColumns + kWithin + " and visitor = $8" + kConditions;
  static const std::string kAttempts = kColumns + kWithin + " and outcome <> 'met'" + kConditions;
  static const std::string kOfTown = kColumns + kWithin + " and substr(village, 1, 9) = substr($2, 1, 9)" + kConditions;
  static const std::string kOfCounty = kColumns + kWithin + kConditions;
  if (filter.person.value != 0) return kOfPerson;
  if (!filter.visitor.empty()) return kOfVisitor;
  if (!filter.outcome.empty() && filter.outcome != "met") return kAttempts;
  return filter.area.size() > 6 ? kOfTown : kOfCounty;
}

}  // namespace

std::vector<Visit> find_visits(db::Session& session, const crypto::KeyRing& keys, const VisitFilter& filter) {
  std::string county = county_of(filter.area);
  std::string end = filter.area + ":";
  std::string from = filter.from.iso();
  // Where the page before ended, so that the index is entered there.
  std::string to = (filter.before_day ? std::min(filter.to, *filter.before_day) : filter.to).iso();
  std::string before = filter.before_day ? filter.before_day->iso() : "";
  return with_open_reasons(keys, session.all(search_of(filter),
                                             {county, filter.area, end, from, to, before, filter.before, filter.visitor,
                                              filter.method, filter.outcome, filter.person, filter.limit},
                                             read_visit));
}

std::vector<Visit> list_corrections(db::Session& session, const crypto::KeyRing& keys, const CorrectionFilter& filter) {
  std::string county = county_of(filter.area);
  std::string end = filter.area + ":";
  Instant before = filter.before_at.value_or(Instant{std::numeric_limits<std::int64_t>::max()});
  static const std::string kSql = kColumns +
                                  " where county = $1 and village >= $2 and village < $3 and corrects is not null"
                                  " and recorded_at >= $4 and (recorded_at, id) < ($5, $6)"
                                  " order by recorded_at desc, id desc limit $7";
  return with_open_reasons(
      keys,
      session.all(kSql, {county, filter.area, end, filter.since, before, filter.before, filter.limit}, read_visit));
}

std::vector<Visit> list_visits(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Date from,
                               Date to, Date after_day, Id after, int limit) {
  std::string first = from.iso();
  std::string last = to.iso();
  std::string place = after_day.iso();
  static const std::string kSql = kColumns +
                                  " where county = $1 and visited_on >= $2 and visited_on <= $3"
                                  " and (visited_on, id) > ($4, $5) order by visited_on, id limit $6";
  return with_open_reasons(keys, session.all(kSql, {county, first, last, place, after, limit}, read_visit));
}

}  // namespace tanfang::visits
