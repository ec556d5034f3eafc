// The calendar of a month: what is due and what was met on which day.
#include <map>

#include "base/id.h"
#include "reports/calendar_store.h"
#include "reports/reports_problems.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports {
namespace {

using Days = std::map<Date, CalendarDay>;

void add(Days& days, const store::CalendarRow& row) {
  CalendarDay& due = days[row.due];
  due.due += row.obligations;
  due.overdue += row.overdue;
  if (!row.met) return;
  due.due_met += row.obligations;
  days[*row.met].met += row.obligations;
}

std::vector<CalendarDay> in_order(const Days& days) {
  std::vector<CalendarDay> listed;
  for (const auto& [day, counts] : days) {
    listed.push_back(counts);
    listed.back().day = day;
  }
  return listed;
}

/// A visitor's id as the interface writes it; "" for nobody.
std::string id_of(const std::string& visitor) {
  Id id{std::stoll(visitor)};
  return id.value == 0 ? "" : format_id(id);
}

}  // namespace

Calendar calendar(db::Session& session, const std::string& area, const std::string& month, CalendarBy by, Instant now) {
  require_area(session, area);
  if (area.size() < 6) throw problems::forecast_area(area);
  std::vector<std::string> closed;
  std::string county = open_counties(session, area, month, closed).front();
  Days whole;
  std::map<std::string, Days> parts;
  for (const store::CalendarRow& row : store::load_calendar(session, area, month, by, now)) {
    add(whole, row);
    if (by != CalendarBy::nothing) add(parts[row.part], row);
  }
  std::map<std::string, std::string> names;
  if (by == CalendarBy::area) {
    for (auto& [code, name] : store::load_area_names(session, area)) names[code] = name;
  } else if (by == CalendarBy::visitor) {
    for (auto& [visitor, name] : store::load_visitor_names(session, county)) names[visitor] = name;
  }
  Calendar made{in_order(whole), {}};
  for (const auto& [part, days] : parts) {
    made.parts.push_back({by == CalendarBy::visitor ? id_of(part) : part, names[part], in_order(days)});
  }
  return made;
}

}  // namespace tanfang::reports
