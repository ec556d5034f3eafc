// The rows that a month's calendar is made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/db/database.h"
#include "reports/reports.h"

namespace tanfang::reports::store {

/// Obligations of one part that are due on one day and were met on one day, or not at all.
struct CalendarRow {
  std::string part;
  Date due;
  std::optional<Date> met;
  std::int64_t obligations = 0;
  std::int64_t overdue = 0;
};
std::vector<CalendarRow> load_calendar(db::Session& session, const std::string& area, const std::string& month,
                                       CalendarBy by, Instant now);
/// Of the county's visitors, by id as parts are named.
std::vector<std::pair<std::string, std::string>> load_visitor_names(db::Session& session, const std::string& county);

}  // namespace tanfang::reports::store
