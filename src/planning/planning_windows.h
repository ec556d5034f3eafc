// Calendar windows: which week, half-month, month, quarter, half-year or year a day belongs to.
#pragma once

#include <vector>

#include "base/date.h"
#include "schemes/schemes.h"

namespace tanfang::planning {

/// A run of days, both ends included.
struct Days {
  Date first;
  Date last;
  bool operator==(const Days&) const = default;
  bool contains(Date day) const { return first <= day && day <= last; }
  bool touches(const Days& other) const { return first <= other.last && other.first <= last; }
  bool covers(const Days& other) const { return first <= other.first && other.last <= last; }
};

/// week (Monday to Sunday), half_month (1st to 15th, 16th to the end), month, quarter, half_year, year. interval and
/// after_event are no calendar windows and must not be asked for.
bool is_calendar_window(schemes::Window window);
/// The window of that kind which holds `day`.
Days window_of(schemes::Window window, Date day);
/// Every window of that kind that touches `days`, in order.
std::vector<Days> windows_touching(schemes::Window window, const Days& days);
/// The day by which the visits of a window are in time: `due_day` of its last month (linzi-2022 五(二)); the window's
/// last day where the scheme has none (0), where that day lies outside the window, and for weeks.
Date due_day_of(schemes::Window window, const Days& days, int due_day);

}  // namespace tanfang::planning
