#include "planning/planning_windows.h"

#include <gtest/gtest.h>

namespace tanfang::planning {
namespace {

using schemes::Window;

Date day(const char* iso) { return *Date::parse(iso); }

struct Row {
  Window window;
  const char* on;
  const char* first;
  const char* last;
};

class CalendarWindow : public testing::TestWithParam<Row> {};

TEST_P(CalendarWindow, HoldsTheDay) {
  Days days = window_of(GetParam().window, day(GetParam().on));
  EXPECT_EQ(days.first.iso(), GetParam().first);
  EXPECT_EQ(days.last.iso(), GetParam().last);
}

INSTANTIATE_TEST_SUITE_P(Table, CalendarWindow,
                         testing::Values(Row{Window::week, "2024-03-01", "2024-02-26", "2024-03-03"},
                                         Row{Window::week, "2024-12-30", "2024-12-30", "2025-01-05"},
                                         Row{Window::week, "2025-01-05", "2024-12-30", "2025-01-05"},
                                         Row{Window::half_month, "2024-02-15", "2024-02-01", "2024-02-15"},
                                         Row{Window::half_month, "2024-02-16", "2024-02-16", "2024-02-29"},
                                         Row{Window::half_month, "2023-02-28", "2023-02-16", "2023-02-28"},
                                         Row{Window::half_month, "2024-03-31", "2024-03-16", "2024-03-31"},
                                         Row{Window::month, "2024-02-29", "2024-02-01", "2024-02-29"},
                                         Row{Window::month, "2023-02-01", "2023-02-01", "2023-02-28"},
                                         Row{Window::month, "2024-12-31", "2024-12-01", "2024-12-31"},
                                         Row{Window::quarter, "2024-02-29", "2024-01-01", "2024-03-31"},
                                         Row{Window::quarter, "2024-12-01", "2024-10-01", "2024-12-31"},
                                         Row{Window::half_year, "2024-06-30", "2024-01-01", "2024-06-30"},
                                         Row{Window::half_year, "2024-07-01", "2024-07-01", "2024-12-31"},
                                         Row{Window::year, "2024-02-29", "2024-01-01", "2024-12-31"}));

TEST(Windows, TouchingAMonthIncludesWeeksThatCrossItsEnds) {
  auto weeks = windows_touching(Window::week, {day("2024-03-01"), day("2024-03-31")});
  ASSERT_EQ(weeks.size(), 5u);
  EXPECT_EQ(weeks.front().first.iso(), "2024-02-26");
  EXPECT_EQ(weeks.back().last.iso(), "2024-03-31");
  EXPECT_EQ(windows_touching(Window::half_month, {day("2024-03-10"), day("2024-04-02")}).size(), 3u);
}

TEST(Windows, TheDueDayLiesInTheWindowsLastMonth) {
  auto due = [](Window window, const char* on, int due_day) {
    return due_day_of(window, window_of(window, day(on)), due_day).iso();
  };
  EXPECT_EQ(due(Window::month, "2024-03-05", 20), "2024-03-20");
  EXPECT_EQ(due(Window::month, "2024-03-05", 0), "2024-03-31");
  EXPECT_EQ(due(Window::quarter, "2024-01-05", 20), "2024-03-20");
  EXPECT_EQ(due(Window::month, "2024-02-05", 31), "2024-02-29");
  EXPECT_EQ(due(Window::half_month, "2024-03-05", 20), "2024-03-15");
  EXPECT_EQ(due(Window::half_month, "2024-03-18", 20), "2024-03-20");
  EXPECT_EQ(due(Window::half_month, "2024-03-18", 5), "2024-03-31");
  EXPECT_EQ(due(Window::week, "2024-03-18", 20), "2024-03-24");
}

}  // namespace
}  // namespace tanfang::planning
