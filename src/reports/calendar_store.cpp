#include "reports/calendar_store.h"

#include "base/area_code.h"

namespace tanfang::reports::store {
namespace {

/// Villages are looked up only where they are asked for: a whole county is one stretch of obligations.
std::string calendar_sql(bool places, CalendarBy by) {
  std::string part = by == CalendarBy::area      ? "substr(m.village, 1, cast($5 as integer))"
                     : by == CalendarBy::visitor ? "cast(coalesce(a.visitor, 0) as text)"
                                                 : "''";
  std::string sql = "select " + part +
                    ", o.due_day, o.met_on, count(1),"
                    " cast(sum(case when o.met_on is null and o.overdue_at <= $3 then 1 else 0 end) as bigint)"
                    " from report_obligations o";
  if (places) {
    sql += " join report_months m on m.county = o.county and m.month = o.month and m.person = o.person";
  }
  if (by == CalendarBy::visitor) {
    sql += " left join report_assignments a on a.county = o.county and a.person = o.person";
  }
  sql += " where o.county = $1 and o.month = $2 and cast($5 as bigint) > 0";
  sql += places ? " and m.village >= $4 and m.village < $6" : " and $4 < $6";
  return sql + " group by 1, 2, 3";
}

}  // namespace

std::vector<CalendarRow> load_calendar(db::Session& session, const std::string& area, const std::string& month,
                                       CalendarBy by, Instant now) {
  std::string county = county_of(area);
  std::string end = area + ":";
  std::int64_t digits = area.size() == 6 ? 9 : 12;
  bool places = area != county || by == CalendarBy::area;
  return session.all(calendar_sql(places, by), {county, month, now, area, digits, end}, [](const db::Row& row) {
    return CalendarRow{row.string(0), row.date(1), row.optional_date(2), row.integer(3), row.integer(4)};
  });
}

std::vector<std::pair<std::string, std::string>> load_visitor_names(db::Session& session, const std::string& county) {
  return session.all("select visitor, name from report_visitors where county = $1", {county}, [](const db::Row& row) {
    return std::pair{std::to_string(row.integer(0)), row.string(1)};
  });
}

}  // namespace tanfang::reports::store
