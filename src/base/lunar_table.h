// The rows behind base/lunar.h.
#pragma once

namespace tanfang {

struct LunarYear {
  int new_year_month;  // civil month and day of the first day of the lunar year
  int new_year_day;
  int leap_month;      // 0: none; a leap month follows its namesake
  const char* months;  // in order, L = 30 days, S = 29
  int qingming;        // day of April
};

inline constexpr int kFirstLunarYear = 1900;
inline constexpr int kLastLunarYear = 2100;
extern const LunarYear kLunarYears[kLastLunarYear - kFirstLunarYear + 1];

}  // namespace tanfang
