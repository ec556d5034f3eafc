// The course of things: month by month, and to the end of this one.
#include <algorithm>
#include <map>

#include "reports/reports_problems.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports {
namespace {

/// Who is finished and who is open in one village.
struct Village {
  std::int64_t owed = 0;
  std::int64_t lately = 0;  // finished on the days that make the pace
  std::vector<Date> due;    // of the open
};

/// How many of the open are finished in time when `pace` are finished a day from today on, those first who are due
/// first.
std::int64_t expected_of(std::vector<Date> due, double pace, Date today) {
  std::sort(due.begin(), due.end());
  std::int64_t expected = 0;
  for (Date day : due) {
    double finished_by_then = pace * (day - today + 1);
    if (day >= today && static_cast<double>(expected + 1) <= finished_by_then + 1e-9) ++expected;
  }
  return expected;
}

}  // namespace

std::vector<MonthFigures> trend(db::Session& session, const std::string& area, const std::string& from,
                                const std::string& to, Instant now) {
  require_area(session, area);
  std::map<std::string, Figures> months;
  for (const store::CountyMonth& county : store::load_counties(session, area, to)) {
    for (const MonthFigures& month : store::load_trend(session, county.county, area, from, to, now)) {
      months[month.month] += month.figures;
    }
  }
  std::vector<MonthFigures> found;
  for (const auto& [month, figures] : months) found.push_back({month, figures});
  return found;
}

Forecast forecast(db::Session& session, const std::string& area, const std::string& month, Date today) {
  std::string name = require_area(session, area);
  if (area.size() < 6) throw problems::forecast_area(area);
  std::vector<std::string> closed;
  std::string county = open_counties(session, area, month, closed).front();
  Forecast made;
  made.total.area = area;
  made.total.name = name;
  made.last_due = *Date::parse(month + "-01");
  Date since = std::max(made.last_due, today - (kPaceDays - 1));
  std::map<std::string, Village> villages;
  for (const store::OwedRow& row : store::load_owed(session, county, area, month)) {
    Village& village = villages[row.village];
    ++village.owed;
    if (row.open_until) village.due.push_back(*row.open_until);
    if (row.finished_on && *row.finished_on >= since && *row.finished_on <= today) ++village.lately;
    made.last_due = std::max(made.last_due, row.last_due);
  }
  made.days_left = std::max(0, made.last_due - today + 1);
  std::map<std::string, std::string> names;
  for (auto& [code, village_name] : store::load_area_names(session, area)) names[code] = village_name;
  int days = std::max(1, today - since + 1);
  for (const auto& [code, village] : villages) {
    double pace = static_cast<double>(village.lately) / days;
    ForecastPart part{code, names[code], village.owed, static_cast<std::int64_t>(village.due.size()),
                      expected_of(village.due, pace, today)};
    made.total.owed += part.owed;
    made.total.open += part.open;
    made.total.expected += part.expected;
    if (part.missed() > 0) made.by_village.push_back(std::move(part));
  }
  std::stable_sort(made.by_village.begin(), made.by_village.end(),
                   [](const ForecastPart& left, const ForecastPart& right) { return left.missed() > right.missed(); });
  return made;
}

}  // namespace tanfang::reports
