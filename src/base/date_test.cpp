#include "base/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tanfang {
namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }

TEST(Date, ReadsOnlyWholeIsoDatesThatExist) {
  EXPECT_EQ(day("2024-02-29").iso(), "2024-02-29");
  for (const char* wrong : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "2024-01-32", "2024/01/01", "",
                            "2024-01-01T", "20240101", "0000-01-01", "2024-01-0x"}) {
    EXPECT_FALSE(Date::parse(wrong)) << wrong;
  }
}

TEST(Date, KnowsItsParts) {
  Date date = day("2024-12-09");
  EXPECT_EQ(date.year(), 2024);
  EXPECT_EQ(date.month(), 12);
  EXPECT_EQ(date.day(), 9);
  EXPECT_EQ(date.weekday(), 1);
  EXPECT_EQ(date.first_of_month(), day("2024-12-01"));
  EXPECT_EQ(date.last_of_month(), day("2024-12-31"));
  EXPECT_EQ(day("2023-02-10").last_of_month(), day("2023-02-28"));
}

TEST(Date, AddsMonthsAndStopsAtTheLastDayOfAShorterMonth) {
  EXPECT_EQ(add_months(day("2024-08-31"), -6), day("2024-02-29"));
  EXPECT_EQ(add_months(day("2023-08-31"), -6), day("2023-02-28"));
  EXPECT_EQ(add_months(day("2024-01-15"), 12), day("2025-01-15"));
  EXPECT_EQ(add_months(day("2024-03-31"), 1), day("2024-04-30"));
}

TEST(Date, CompletesYears) {
  EXPECT_EQ(full_years(day("1944-05-06"), day("2024-05-05")), 79);
  EXPECT_EQ(full_years(day("1944-05-06"), day("2024-05-06")), 80);
  // Who is born on 29 February completes a year on 1 March in common years.
  EXPECT_EQ(full_years(day("1944-02-29"), day("2023-02-28")), 78);
  EXPECT_EQ(full_years(day("1944-02-29"), day("2023-03-01")), 79);
  EXPECT_EQ(full_years(day("1944-02-29"), day("2024-02-29")), 80);
}

TEST(Instant, FallsOnTheDayOfChina) {
  EXPECT_EQ(china_date(parse_instant("2024-03-01T00:00").value()), day("2024-03-01"));
  EXPECT_EQ(china_date(parse_instant("2024-02-29T16:00:00Z").value()), day("2024-03-01"));
  EXPECT_EQ(china_date(parse_instant("2024-02-29T15:59:59Z").value()), day("2024-02-29"));
  EXPECT_EQ(china_instant(day("2024-03-01"), 90), parse_instant("2024-03-01T01:30:00+08:00").value());
}

TEST(Instant, ReadsAndWritesRfc3339) {
  EXPECT_EQ(format_instant(parse_instant("2024-03-01T09:30").value()), "2024-03-01T09:30:00+08:00");
  EXPECT_EQ(format_instant(parse_instant("1969-12-31T23:59:59Z").value()), "1970-01-01T07:59:59+08:00");
  EXPECT_EQ(parse_instant("2024-03-01T09:30:00.250Z").value().milliseconds % 1000, 250);
  for (const char* wrong :
       {"2024-03-01", "2024-03-01 09:30", "2024-03-01T24:00", "2024-03-01T09:60", "2024-03-01T09:30:61",
        "2024-03-01T09:30+8", "2024-03-01T09:30:00.Z", "2024-03-01T09:30x", "x"}) {
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
  }
}

RC_GTEST_PROP(Date, ReadsBackWhatItWrites, ()) {
  Date date = Date::from_days(*rc::gen::inRange(-700'000, 2'900'000));
  RC_ASSERT(Date::parse(date.iso()) == date);
}

RC_GTEST_PROP(Instant, ReadsBackWhatItWrites, ()) {
  Instant instant{*rc::gen::inRange<std::int64_t>(-4'000'000'000, 4'000'000'000) * 1000};
  RC_ASSERT(parse_instant(format_instant(instant)) == instant);
}

}  // namespace
}  // namespace tanfang
