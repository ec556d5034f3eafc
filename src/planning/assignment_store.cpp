#include "planning/assignment_store.h"

#include "base/area_code.h"
#include "planning/planning_changes.h"

namespace tanfang::planning::store {
namespace {

std::string after(const std::string& prefix) { return prefix + ":"; }

Visitor read_visitor(const db::Row& row) {
  return Visitor{row.id(0),      row.string(1),  row.string(2), row.string(3), row.string(4), split_words(row.text(5)),
                 row.integer(6), row.integer(7), row.string(8), row.boolean(9)};
}

AssignedPerson read_assigned(const db::Row& row) {
  return AssignedPerson{row.id(0), row.string(1), row.integer(2), row.id(3), row.boolean(4), row.string(5)};
}

}  // namespace

void put_visitor(db::Session& session, const std::string& county, const Visitor& visitor) {
  std::string villages = join_words(visitor.villages);
  session.execute(
      "insert into visitors (county, id, name, kind, login, home, villages, radius_metres, capacity, service, active) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (county, id) do update set "
      "name = excluded.name, kind = excluded.kind, login = excluded.login, home = excluded.home, "
      "villages = excluded.villages, radius_metres = excluded.radius_metres, capacity = excluded.capacity, "
      "service = excluded.service, active = excluded.active",
      {county, visitor.id, visitor.name, visitor.kind, visitor.login, visitor.home, villages, visitor.radius_metres,
       visitor.capacity, visitor.service, visitor.active});
}

std::vector<Visitor> load_visitors(db::Session& session, const std::string& county) {
  return session.all(
      "select id, name, kind, login, home, villages, radius_metres, capacity, service, active from visitors "
      "where county = $1 order by name, id",
      {county}, read_visitor);
}

std::set<Id> load_going_to(db::Session& session, const std::string& area) {
  std::set<Id> visitors;
  std::string county = county_of(area);
  std::string end = after(area);
  session.query(
      "select distinct a.visitor from people p join assignments a on a.county = p.county and a.person = p.id "
      "where p.county = $1 and p.area >= $2 and p.area < $3",
      {county, area, end}, [&](const db::Row& row) { visitors.insert(row.id(0)); });
  return visitors;
}

void put_point(db::Session& session, const AreaPoint& point) {
  session.execute(
      "insert into area_points (area, latitude, longitude) values ($1, $2, $3) on conflict (area) do update set "
      "latitude = excluded.latitude, longitude = excluded.longitude",
      {point.area, point.latitude, point.longitude});
}

std::vector<AreaPoint> load_points(db::Session& session, const std::string& area, const std::string& behind,
                                   std::int64_t limit) {
  std::string end = after(area);
  return session.all(
      "select area, latitude, longitude from area_points where area >= $1 and area < $2 and area > $3 "
      "order by area limit $4",
      {area, end, behind, limit}, [](const db::Row& row) {
        return AreaPoint{row.string(0), row.real(1), row.real(2)};
      });
}

bool put_assignment(db::Session& session, const std::string& county, const Assignment& assignment, Date since) {
  return session.execute(
             "insert into assignments (county, person, visitor, appointed, since) values ($1, $2, $3, $4, $5) "
             "on conflict (county, person) do update set visitor = excluded.visitor, appointed = excluded.appointed, "
             "since = excluded.since where assignments.visitor <> excluded.visitor "
             "or assignments.appointed <> excluded.appointed",
             {county, assignment.person, assignment.visitor, assignment.appointed, since.iso()}) > 0;
}

bool delete_assignment(db::Session& session, const std::string& county, Id person) {
  return session.execute("delete from assignments where county = $1 and person = $2", {county, person}) > 0;
}

std::optional<Assignment> find_assignment(db::Session& session, const std::string& county, Id person) {
  return session.first("select person, visitor, appointed from assignments where county = $1 and person = $2",
                       {county, person}, [](const db::Row& row) {
                         return Assignment{row.id(0), row.id(1), row.boolean(2)};
                       });
}

std::vector<Assignment> load_people_of(db::Session& session, const std::string& county, const std::string& login) {
  return session.all(
      "select a.person, a.visitor, a.appointed from visitors v join assignments a on a.county = v.county "
      "and a.visitor = v.id where v.county = $1 and v.login = $2 and v.login <> '' and v.active = 1 order by a.person",
      {county, login}, [](const db::Row& row) {
        return Assignment{row.id(0), row.id(1), row.boolean(2)};
      });
}

std::vector<AssignedPerson> load_assigned(db::Session& session, const std::string& county, const std::string& area,
                                          const std::string& month) {
  std::string end = after(area);
  return session.all(
      "select m.person, m.village, cast(sum(o.min) as bigint), coalesce(a.visitor, 0), coalesce(a.appointed, 0), "
      "p.name from person_months m join people p on p.county = m.county and p.id = m.person "
      "join obligations o on o.county = m.county and o.month = m.month and o.person = m.person and o.basis = 'owed' "
      "left join assignments a on a.county = m.county and a.person = m.person "
      "where m.county = $1 and m.month = $2 and m.village >= $3 and m.village < $4 "
      "group by m.person, m.village, a.visitor, a.appointed, p.name order by m.village, m.person",
      {county, month, area, end}, read_assigned);
}

std::vector<AssignedPerson> load_assigned(db::Session& session, const std::string& area, const std::string& month,
                                          const std::string& village, Id after_person, int limit) {
  std::string county = county_of(area);
  std::string end = after(area);
  return session.all(
      "select m.person, m.village, cast(sum(o.min) as bigint), coalesce(a.visitor, 0), coalesce(a.appointed, 0), "
      "p.name from person_months m join people p on p.county = m.county and p.id = m.person "
      "join obligations o on o.county = m.county and o.month = m.month and o.person = m.person and o.basis = 'owed' "
      "left join assignments a on a.county = m.county and a.person = m.person "
      "where m.county = $1 and m.month = $2 and m.village >= $3 and m.village < $4 and (m.village, m.person) > ($5, "
      "$6) "
      "group by m.village, m.person, a.visitor, a.appointed, p.name order by m.village, m.person limit $7",
      {county, month, area, end, village, after_person, limit}, read_assigned);
}

std::map<Id, std::int64_t> load_visits_by_visitor(db::Session& session, const std::string& area,
                                                  const std::string& month) {
  std::map<Id, std::int64_t> visits;
  std::string county = county_of(area);
  std::string end = after(area);
  session.query(
      "select a.visitor, cast(sum(o.min) as bigint) from person_months m "
      "join obligations o on o.county = m.county and o.month = m.month and o.person = m.person and o.basis = 'owed' "
      "join assignments a on a.county = m.county and a.person = m.person "
      "where m.county = $1 and m.month = $2 and m.village >= $3 and m.village < $4 group by a.visitor",
      {county, month, area, end}, [&](const db::Row& row) { visits.emplace(row.id(0), row.integer(1)); });
  return visits;
}

}  // namespace tanfang::planning::store
