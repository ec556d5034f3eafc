// Full years and months between days, on numbers: the same rules as base/date.h without its conversions.
#pragma once

#include <cstdint>

namespace tanfang::schemes {

struct Civil {
  int year;
  int month;
  int day;
};

/// Days since 1970-01-01 to a day of the Gregorian calendar.
constexpr Civil civil_of(std::int64_t days) {
  // Counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
  std::int64_t shifted = days + 719468;
  std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  auto day_of_era = static_cast<int>(shifted - era * 146097);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;
  int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + static_cast<int>(era) * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

constexpr int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// Completed years; who is born on 29 February completes one on 1 March in common years.
constexpr int years_between(Civil from, Civil to) {
  bool reached = to.month > from.month || (to.month == from.month && to.day >= from.day);
  return to.year - from.year - (reached ? 0 : 1);
}

/// The most months that one can go back from `to` and not be before `from`; where the month reached is shorter, its
/// last day is meant.
constexpr int months_between(Civil from, Civil to) {
  int months = (to.year - from.year) * 12 + to.month - from.month;
  int longest = days_in_month(from.year, from.month);
  int reached = to.day < longest ? to.day : longest;
  return reached >= from.day ? months : months - 1;
}

}  // namespace tanfang::schemes
