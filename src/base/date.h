// Civil dates and instants. Pure values: nothing here asks the system for the time.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tanfang {

/// A day of the Gregorian calendar, held as days since 1970-01-01. Valid from year 1 to 9999.
class Date {
 public:
  constexpr Date() = default;
  static constexpr Date from_days(std::int32_t days_since_epoch) { return Date(days_since_epoch); }
  /// nullopt where the month or day does not exist (30 February).
  static std::optional<Date> from_ymd(int year, int month, int day);
  /// Reads exactly `YYYY-MM-DD`.
  static std::optional<Date> parse(std::string_view iso);

  constexpr std::int32_t days() const { return days_; }
  int year() const;
  int month() const;
  int day() const;
  /// 1 = Monday … 7 = Sunday.
  int weekday() const;
  /// `YYYY-MM-DD`.
  std::string iso() const;

  Date first_of_month() const;
  Date last_of_month() const;
  constexpr Date operator+(int days) const { return Date(days_ + days); }
  constexpr Date operator-(int days) const { return Date(days_ - days); }
  constexpr int operator-(Date other) const { return days_ - other.days_; }
  constexpr auto operator<=>(const Date&) const = default;

 private:
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

/// The same day `months` later (negative: earlier); where the month reached is shorter, its last day.
Date add_months(Date date, int months);

/// Completed years of life on `on`. Who is born on 29 February completes a year on 1 March in common years.
int full_years(Date birth, Date on);

/// A moment as milliseconds since 1970-01-01T00:00Z.
struct Instant {
  std::int64_t milliseconds = 0;
  constexpr auto operator<=>(const Instant&) const = default;
};

/// Official time of China (UTC+8, no daylight saving) decides on which day an instant falls.
Date china_date(Instant instant);
/// Midnight at the start of `date`, official time of China, plus `minutes`.
Instant china_instant(Date date, int minutes = 0);

/// Reads RFC 3339 (`2024-03-01T09:30:00+08:00`, `…Z`) or a local time without zone, taken as official time of
/// China (`2024-03-01T09:30`, seconds optional).
std::optional<Instant> parse_instant(std::string_view text);
/// `YYYY-MM-DDTHH:MM:SS+08:00`.
std::string format_instant(Instant instant);

}  // namespace tanfang
