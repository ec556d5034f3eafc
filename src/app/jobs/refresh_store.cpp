#include "app/jobs/refresh_store.h"

#include "base/area_code.h"

namespace tanfang::app::jobs {

namespace store {

std::int64_t rewrite_stale(db::Session& session, const std::string& county, Date today, Date confirmed_before) {
  std::string day = today.iso();
  std::string before = confirmed_before.iso();
  session.execute("delete from refresh_lists where county = $1", {county});
  return session.execute(
      "insert into refresh_lists (county, area, person, confirmed_on)"
      " select county, area, id, confirmed_on from ("
      "  select p.county, p.area, p.id, coalesce((select max(s.said_on) from statements s"
      "   where s.county = p.county and s.person = p.id), p.registered_on) as confirmed_on"
      "  from people p where p.county = $1"
      "  and not exists (select 1 from status_spans t where t.county = p.county and t.person = p.id"
      "   and t.status in ('moved_out', 'deceased') and t.valid_from <= $2"
      "   and (t.valid_to is null or t.valid_to > $2))"
      "  and exists (select 1 from classifications c where c.county = p.county and c.person = p.id"
      "   and c.valid_from <= $2 and (c.valid_to is null or c.valid_to > $2)"
      "   and (c.eligible is null or c.eligible = 1))"
      " ) known where confirmed_on < $3",
      {county, day, before});
}

}  // namespace store

std::vector<Stale> list_stale(db::Session& session, const std::string& area, const std::string& after_area, Id after,
                              std::int64_t limit) {
  return session.all(
      "select area, person, confirmed_on from refresh_lists where county = $1 and area >= $2 and area < $3"
      " and (area, person) > ($4, $5) order by area, person limit $6",
      {area.substr(0, 6), area, area + ":", after_area, after, limit}, [](const db::Row& row) {
        return Stale{row.string(0), row.id(1), row.date(2)};
      });
}

std::vector<StaleCount> count_stale(db::Session& session, const std::string& area) {
  return session.all(
      "select substr(area, 1, 9) as town, count(*) from refresh_lists where county = $1 and area >= $2 and area < $3"
      " group by substr(area, 1, 9) order by town",
      {area.substr(0, 6), area, area + ":"}, [](const db::Row& row) {
        return StaleCount{row.string(0), row.integer(1)};
      });
}

}  // namespace tanfang::app::jobs
