#include "planning/pages_store.h"

#include <algorithm>

#include "base/area_code.h"
#include "planning/projections_store.h"
#include "platform/db/together.h"

namespace tanfang::planning::store {

std::vector<Resident> load_residents(db::Session& session, const std::string& area, const Resident& after, int limit) {
  std::string county = county_of(area);
  std::string first = std::max(area, after.area);
  std::string end = area + ":";
  return session.all(
      "select area, id, name from people where county = $1 and (area, id) > ($2, $3) and area < $4"
      " order by area, id limit $5",
      {county, first, after.person, end, limit}, [](const db::Row& row) {
        return Resident{row.string(0), row.id(1), row.string(2)};
      });
}

std::vector<Id> list_present(db::Session& session, const std::string& village, int limit) {
  return session.all(
      "select p.id from people p where p.county = $1 and p.area = $2 and not exists (select 1 from status_spans s"
      "  where s.county = p.county and s.person = p.id and s.status in ('moved_out', 'deceased')"
      "  and s.valid_to is null) order by p.id limit $3",
      {county_of(village), village, limit}, [](const db::Row& row) { return row.id(0); });
}

std::map<Id, std::vector<Obligation>> load_owed_to(db::Session& session, const std::vector<std::string>& months,
                                                   const std::vector<Resident>& people) {
  std::map<Id, std::vector<Obligation>> found;
  const Resident& first = people.front();
  const Resident& last = people.back();
  std::string county = county_of(first.area);
  for (const std::string& month : months) {
    session.query(
        "select o.person, o.first_day, o.label, o.kind, o.last_day, o.due_day, o.overdue_at, o.min, o.methods, o.tier,"
        " o.mark, o.basis, o.counted, o.met_on from people p cross join obligations o"
        " where p.county = $1 and (p.area, p.id) >= ($3, $4) and (p.area, p.id) <= ($5, $6)"
        " and o.county = p.county and o.month = $2 and o.person = p.id",
        {county, month, first.area, first.person, last.area, last.person},
        [&](const db::Row& row) { found[row.id(0)].push_back(read_obligation(row)); });
  }
  for (auto& [person, obligations] : found) sort_by_begin(obligations);
  return found;
}

std::map<Id, std::vector<Obligation>> load_obligations_of(db::Session& session, const std::string& county,
                                                          const std::vector<std::string>& months,
                                                          const std::vector<Id>& people) {
  static const std::string kSql =
      "select person, first_day, label, kind, last_day, due_day, overdue_at, min, methods, tier, mark, basis, "
      "counted, met_on from obligations where county = $1 and month = $2 and person in (" +
      db::placeholders(3) + ")";
  std::map<Id, std::vector<Obligation>> found;
  for (const std::string& month : months) {
    db::query_together(session, kSql, {county, month}, people,
                       [&](const db::Row& row) { found[row.id(0)].push_back(read_obligation(row)); });
  }
  for (auto& [person, obligations] : found) sort_by_begin(obligations);
  return found;
}

}  // namespace tanfang::planning::store
