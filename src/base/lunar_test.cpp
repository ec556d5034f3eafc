#include "base/lunar.h"

#include <gtest/gtest.h>

namespace tanfang {
namespace {

struct Row {
  int year;
  int month;
  int day;
  const char* date;
};

class LunarDay : public testing::TestWithParam<Row> {};

TEST_P(LunarDay, IsAsPublished) {
  const Row& row = GetParam();
  auto date = lunar_day_in(row.year, row.month, row.day);
  ASSERT_TRUE(date.has_value());
  EXPECT_EQ(date->iso(), row.date);
}

INSTANTIATE_TEST_SUITE_P(
    Published, LunarDay,
    testing::Values(Row{2023, 1, 1, "2023-01-22"}, Row{2024, 1, 1, "2024-02-10"}, Row{2025, 1, 1, "2025-01-29"},
                    Row{2026, 1, 1, "2026-02-17"},
                    // ICU says 02-07 and 02-02.
                    Row{2027, 1, 1, "2027-02-06"}, Row{2030, 1, 1, "2030-02-03"}, Row{2024, 1, 15, "2024-02-24"},
                    Row{2025, 1, 15, "2025-02-12"}, Row{2023, 5, 5, "2023-06-22"}, Row{2024, 5, 5, "2024-06-10"},
                    Row{2025, 5, 5, "2025-05-31"}, Row{2023, 8, 15, "2023-09-29"}, Row{2024, 8, 15, "2024-09-17"},
                    // A leap month lies before the eighth month in 2020 and 2025.
                    Row{2020, 8, 15, "2020-10-01"}, Row{2025, 8, 15, "2025-10-06"}, Row{2023, 9, 9, "2023-10-23"},
                    Row{2024, 9, 9, "2024-10-11"}, Row{2025, 9, 9, "2025-10-29"},
                    // The last month falls into the next civil year; its last day is the eve, of 29 or 30 days.
                    Row{2024, 12, 8, "2024-01-18"}, Row{2025, 12, 30, "2025-01-28"}, Row{2024, 12, 30, "2024-02-09"}));

TEST(Lunar, ADayThatIsNotThereIsAbsent) {
  EXPECT_FALSE(lunar_day(2024, 12, 30));  // 29 days
  EXPECT_TRUE(lunar_day(2023, 12, 30));
  EXPECT_FALSE(lunar_day(2024, 13, 1));
  EXPECT_FALSE(lunar_day(2024, 1, 31));
  EXPECT_FALSE(lunar_day(1899, 1, 1));
  EXPECT_FALSE(lunar_day_in(2101, 12, 1));
  EXPECT_FALSE(qingming_in(2101));
}

TEST(Lunar, EveryYearOfTheTableJoinsTheNext) {
  for (int year = 1900; year < 2100; ++year) {
    auto last = lunar_day(year, 12, 30).has_value() ? lunar_day(year, 12, 30) : lunar_day(year, 12, 29);
    ASSERT_TRUE(last && lunar_day(year + 1, 1, 1)) << year;
    EXPECT_EQ(*last + 1, *lunar_day(year + 1, 1, 1)) << year;
  }
}

TEST(Lunar, QingmingIsASolarTerm) {
  EXPECT_EQ(qingming_in(2023)->iso(), "2023-04-05");
  EXPECT_EQ(qingming_in(2024)->iso(), "2024-04-04");
  EXPECT_EQ(qingming_in(2026)->iso(), "2026-04-05");
}

}  // namespace
}  // namespace tanfang
