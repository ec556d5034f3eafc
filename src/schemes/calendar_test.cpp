#include "schemes/calendar.h"

#include <gtest/gtest.h>

#include "base/date.h"

namespace tanfang::schemes {
namespace {

TEST(Calendar, AgreesWithTheDatesOfBase) {
  for (std::int32_t days = -40000; days < 40000; days += 13) {
    Date date = Date::from_days(days);
    Civil civil = civil_of(days);
    ASSERT_EQ(civil.year, date.year());
    ASSERT_EQ(civil.month, date.month());
    ASSERT_EQ(civil.day, date.day());
  }
}

TEST(Calendar, YearsAndMonthsAgreeWithTheDatesOfBase) {
  Date first = *Date::from_ymd(2023, 7, 1);
  for (int from = 0; from < 800; ++from) {
    for (int to = 0; to < 800; to += 3) {
      Date left = first + from;
      Date right = first + to;
      Civil a = civil_of(left.days());
      Civil b = civil_of(right.days());
      ASSERT_EQ(years_between(a, b), full_years(left, right));
      int months = months_between(a, b);
      // The most months that one can go back and not be before `left`.
      ASSERT_GE(add_months(right, -months), left);
      ASSERT_LT(add_months(right, -months - 1), left);
    }
  }
}

}  // namespace
}  // namespace tanfang::schemes
