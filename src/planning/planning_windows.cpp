#include "planning/planning_windows.h"

#include <algorithm>

namespace tanfang::planning {
namespace {

/// The run of `months` months, counted from January, that holds `day`.
Days months_of(Date day, int months) {
  Date january = *Date::from_ymd(day.year(), 1, 1);
  Date first = add_months(january, (day.month() - 1) / months * months);
  return {first, add_months(first, months) - 1};
}

}  // namespace

bool is_calendar_window(schemes::Window window) {
  return window != schemes::Window::interval && window != schemes::Window::after_event;
}

Days window_of(schemes::Window window, Date day) {
  switch (window) {
    case schemes::Window::week: {
      Date monday = day - (day.weekday() - 1);
      return {monday, monday + 6};
    }
    case schemes::Window::half_month:
      if (day.day() <= 15) return {day.first_of_month(), day.first_of_month() + 14};
      return {day.first_of_month() + 15, day.last_of_month()};
    case schemes::Window::quarter:
      return months_of(day, 3);
    case schemes::Window::half_year:
      return months_of(day, 6);
    case schemes::Window::year:
      return months_of(day, 12);
    default:
      return months_of(day, 1);
  }
}

std::vector<Days> windows_touching(schemes::Window window, const Days& days) {
  std::vector<Days> windows;
  for (Days next = window_of(window, days.first); next.first <= days.last; next = window_of(window, next.last + 1)) {
    windows.push_back(next);
  }
  return windows;
}

Date due_day_of(schemes::Window window, const Days& days, int due_day) {
  if (due_day == 0 || window == schemes::Window::week) return days.last;
  Date due = days.last.first_of_month() + (due_day - 1);
  return days.contains(due) ? due : days.last;
}

}  // namespace tanfang::planning
