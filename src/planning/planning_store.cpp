#include "planning/planning_store.h"

#include <algorithm>

#include "planning/planning_changes.h"

namespace tanfang::planning::store {
namespace {

ExtraRound read_round(const db::Row& row) {
  return ExtraRound{row.id(0),
                    row.string(1),
                    row.string(2),
                    row.string(3),
                    row.date(4),
                    row.date(5),
                    split_words(row.text(6)),
                    split_words(row.text(7)),
                    {},
                    row.integer(8)};
}

}  // namespace

std::vector<Month> load_months(db::Session& session, const std::string& county) {
  return session.all("select month from planning_months where county = $1 order by month", {county},
                     [](const db::Row& row) { return parse_month(row.string(0)); });
}

bool insert_month(db::Session& session, const std::string& county, Month month, Instant now) {
  return session.execute(
             "insert into planning_months (county, month, opened_at) values ($1, $2, $3) "
             "on conflict (county, month) do nothing",
             {county, month.iso(), now}) > 0;
}

std::string lock_person(db::Session& session, const std::string& county, Id person, Instant now) {
  // Where nothing is to be updated PostgreSQL locks the row all the same, and SQLite, which has one writer, leaves its
  // page alone. In two statements: for `returning` SQLite would set up a table of its own each time.
  session.execute(
      "insert into planning_people (county, person, village, refreshed_at) values ($1, $2, '', $3) "
      "on conflict (county, person) do update set refreshed_at = excluded.refreshed_at where 1 = 0",
      {county, person, now});
  return *session.first("select village from planning_people where county = $1 and person = $2", {county, person},
                        [](const db::Row& row) { return row.string(0); });
}

std::map<Id, std::string> lock_people(db::Session& session, const std::string& county,
                                      const std::vector<registry::Standing>& standings, Instant now) {
  session.execute_many(
      "insert into planning_people (county, person, village, refreshed_at) values ($1, $2, $3, $4) "
      "on conflict (county, person) do update set refreshed_at = excluded.refreshed_at where 1 = 0",
      standings.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        out = {county, standings[i].person, standings[i].area, now};
      });
  std::map<Id, std::string> villages;
  session.query("select person, village from planning_people where county = $1 and person between $2 and $3",
                {county, standings.front().person, standings.back().person},
                [&](const db::Row& row) { villages.emplace(row.id(0), row.string(1)); });
  return villages;
}

void update_village(db::Session& session, const std::string& county, Id person, const std::string& village) {
  session.execute("update planning_people set village = $3 where county = $1 and person = $2",
                  {county, person, village});
}

void insert_move(db::Session& session, const std::string& county, Id person, Date on, const std::string& village) {
  std::string day = on.iso();
  session.execute(
      "insert into planning_moves (county, person, moved_on, village) values ($1, $2, $3, $4) "
      "on conflict (county, person, moved_on) do nothing",
      {county, person, day, village});
}

void undo_move(db::Session& session, const std::string& county, Id person, Date on, const std::string& village) {
  std::string day = on.iso();
  bool moved = session.execute(
                   "update planning_people set village = $3 where county = $1 and person = $2 and village <> $3"
                   " and village <> ''",
                   {county, person, village}) > 0;
  if (!moved) return;
  session.execute("delete from planning_moves where county = $1 and person = $2 and moved_on = $3 and village = $4",
                  {county, person, day, village});
}

void forget_people(db::Session& session, const std::string& county, const std::vector<Id>& people) {
  for (std::string_view sql : {"delete from planning_people where county = $1 and person = $2",
                               "delete from planning_moves where county = $1 and person = $2",
                               "delete from planning_round_people where county = $1 and person = $2"}) {
    session.execute_many(sql, people.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
      out = {county, people[i]};
    });
  }
}

std::optional<Date> put_visit(db::Session& session, const std::string& county, const VisitFact& visit) {
  std::string day = china_date(visit.at).iso();
  bool counted = visit.met && !visit.struck;
  bool added = session.execute(
                   "insert into planning_visits (county, person, visit, day, at, method, counted) "
                   "values ($1, $2, $3, $4, $5, $6, $7) on conflict (county, person, visit) do nothing",
                   {county, visit.person, visit.visit, day, visit.at, visit.method, counted}) > 0;
  if (added) return std::nullopt;
  auto before = find_visit_day(session, county, visit.person, visit.visit);
  session.execute(
      "update planning_visits set day = $4, at = $5, method = $6, counted = $7 "
      "where county = $1 and person = $2 and visit = $3",
      {county, visit.person, visit.visit, day, visit.at, visit.method, counted});
  return before;
}

void delete_visit(db::Session& session, const std::string& county, Id person, Id visit) {
  session.execute("delete from planning_visits where county = $1 and person = $2 and visit = $3",
                  {county, person, visit});
}

std::optional<Date> find_visit_day(db::Session& session, const std::string& county, Id person, Id visit) {
  return session.first("select day from planning_visits where county = $1 and person = $2 and visit = $3",
                       {county, person, visit}, [](const db::Row& row) { return row.date(0); });
}

void insert_event(db::Session& session, const std::string& county, Id person, const PersonEvent& event) {
  session.execute("insert into planning_events (county, person, id, event, at) values ($1, $2, $3, $4, $5)",
                  {county, person, event.id, event.event, event.at});
}

std::optional<Id> find_event(db::Session& session, const std::string& county, Id person, const std::string& event,
                             Instant at) {
  return session.first(
      "select id from planning_events where county = $1 and person = $2 and event = $3 and at = $4 order by id",
      {county, person, event, at}, [](const db::Row& row) { return row.id(0); });
}

std::map<Id, Happenings> load_happenings(db::Session& session, const std::string& county, Id first, Id last,
                                         Date since) {
  std::map<Id, Happenings> found;
  std::string day = since.iso();
  session.query(
      "select person, at, day, method, visit from planning_visits "
      "where county = $1 and person between $2 and $3 and counted = 1 and day >= $4",
      {county, first, last, day}, [&](const db::Row& row) {
        found[row.id(0)].visits.push_back({row.instant(1), row.date(2),
                                           schemes::parse_method(row.text(3)).value_or(schemes::Method::other),
                                           row.id(4)});
      });
  // Sorted here: the index has them by visit, and a sorter costs more than a few visits do.
  for (auto& [person, happenings] : found) {
    std::stable_sort(happenings.visits.begin(), happenings.visits.end(),
                     [](const CountedVisit& left, const CountedVisit& right) { return left.at < right.at; });
  }
  session.query(
      "select person, id, event, at from planning_events where county = $1 and person between $2 and $3 "
      "order by person, id",
      {county, first, last}, [&](const db::Row& row) {
        found[row.id(0)].events.push_back({row.id(1), row.string(2), row.instant(3)});
      });
  session.query(
      "select person, moved_on, village from planning_moves where county = $1 and person between $2 and $3 "
      "order by person, moved_on",
      {county, first, last}, [&](const db::Row& row) {
        found[row.id(0)].moves.push_back({row.date(1), row.string(2)});
      });
  return found;
}

void insert_round(db::Session& session, const std::string& county, const ExtraRound& round) {
  std::string first = round.first_day.iso();
  std::string last = round.last_day.iso();
  std::string tiers = join_words(round.tiers);
  std::string categories = join_words(round.categories);
  session.execute(
      "insert into planning_rounds (county, id, kind, name, area, first_day, last_day, tiers, categories, chosen) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {county, round.id, round.kind, round.name, round.area, first, last, tiers, categories, round.people.size()});
  session.execute_many("insert into planning_round_people (county, person, round) values ($1, $2, $3)",
                       round.people.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {county, round.people[i], round.id};
                       });
}

std::vector<Id> load_round_people(db::Session& session, const std::string& county, Id round) {
  return session.all("select person from planning_round_people where county = $1 and round = $2 order by person",
                     {county, round}, [](const db::Row& row) { return row.id(0); });
}

void add_chosen_rounds(db::Session& session, const std::string& county, Id first, Id last,
                       std::map<Id, Happenings>& happenings) {
  session.query("select person, round from planning_round_people where county = $1 and person between $2 and $3",
                {county, first, last}, [&](const db::Row& row) { happenings[row.id(0)].rounds.push_back(row.id(1)); });
}

void update_round_end(db::Session& session, const std::string& county, Id round, Date last_day) {
  std::string last = last_day.iso();
  session.execute("update planning_rounds set last_day = $3 where county = $1 and id = $2", {county, round, last});
}

std::vector<ExtraRound> load_rounds(db::Session& session, const std::string& county) {
  return session.all(
      "select id, kind, name, area, first_day, last_day, tiers, categories, chosen from planning_rounds "
      "where county = $1 order by id",
      {county}, read_round);
}

std::vector<ExtraRound> load_rounds(db::Session& session, const std::string& county, Id before, int limit) {
  return session.all(
      "select id, kind, name, area, first_day, last_day, tiers, categories, chosen from planning_rounds "
      "where county = $1 and ($2 = 0 or id < $2) order by id desc limit $3",
      {county, before, limit}, read_round);
}

bool has_round(db::Session& session, const std::string& county, Id round) {
  return session
      .first("select id from planning_rounds where county = $1 and id = $2", {county, round},
             [](const db::Row& row) { return row.id(0); })
      .has_value();
}

void insert_declaration(db::Session& session, const std::string& county, const EpidemicDeclaration& declaration) {
  std::string first = declaration.first_day.iso();
  std::string last = declaration.last_day.iso();
  session.execute(
      "insert into planning_declarations (county, id, area, first_day, last_day, reason) "
      "values ($1, $2, $3, $4, $5, $6)",
      {county, declaration.id, declaration.area, first, last, declaration.reason});
}

void update_declaration_end(db::Session& session, const std::string& county, Id declaration, Date last_day) {
  std::string last = last_day.iso();
  session.execute("update planning_declarations set last_day = $3 where county = $1 and id = $2",
                  {county, declaration, last});
}

std::vector<EpidemicDeclaration> load_declarations(db::Session& session, const std::string& county) {
  return session.all(
      "select id, area, first_day, last_day, reason from planning_declarations where county = $1 order by id", {county},
      [](const db::Row& row) {
        return EpidemicDeclaration{row.id(0), row.string(1), row.date(2), row.date(3), row.string(4)};
      });
}

}  // namespace tanfang::planning::store
