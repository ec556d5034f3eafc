#include "base/lunar.h"

#include "base/lunar_table.h"

namespace tanfang {
namespace {

const LunarYear* find_year(int year) {
  if (year < kFirstLunarYear || year > kLastLunarYear) return nullptr;
  return &kLunarYears[year - kFirstLunarYear];
}

int length_of_month(char letter) { return letter == 'L' ? 30 : 29; }

/// `last_when_short`: day 30 of a month of 29 days is its last day.
std::optional<Date> find_day(int year, int month, int day, bool last_when_short) {
  const LunarYear* lunar = find_year(year);
  if (!lunar || month < 1 || month > 12 || day < 1 || day > 30) return std::nullopt;
  // A leap month follows its namesake, so it moves only the months after it.
  int position = month - 1 + (lunar->leap_month != 0 && month > lunar->leap_month ? 1 : 0);
  int offset = 0;
  for (int i = 0; i < position; ++i) offset += length_of_month(lunar->months[i]);
  int length = length_of_month(lunar->months[position]);
  if (day > length && !last_when_short) return std::nullopt;
  return *Date::from_ymd(year, lunar->new_year_month, lunar->new_year_day) +
         (offset + (day > length ? length : day) - 1);
}

}  // namespace

std::optional<Date> lunar_day(int year, int month, int day) { return find_day(year, month, day, false); }

std::optional<Date> lunar_day_in(int year, int month, int day) {
  for (int lunar_year : {year, year - 1}) {
    auto date = find_day(lunar_year, month, day, true);
    if (date && date->year() == year) return date;
  }
  return std::nullopt;
}

std::optional<Date> qingming_in(int year) {
  const LunarYear* lunar = find_year(year);
  return lunar ? Date::from_ymd(year, 4, lunar->qingming) : std::nullopt;
}

}  // namespace tanfang
