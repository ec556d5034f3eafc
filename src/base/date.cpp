#include "base/date.h"

#include <fmt/format.h>

#include <chrono>

namespace tanfang {
namespace {

constexpr std::int64_t kDayMilliseconds = 86'400'000;
constexpr std::int64_t kChinaOffsetMilliseconds = 8 * 3'600'000;

std::chrono::year_month_day civil(Date date) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(date.days())));
}

/// A run of exactly `width` digits at `position`, or nullopt.
std::optional<int> digits(std::string_view text, std::size_t position, std::size_t width) {
  if (position + width > text.size()) return std::nullopt;
  int value = 0;
  for (char c : text.substr(position, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Writes the last `width` digits of `value`. By hand: a list of fifty records has hundreds of times.
void put_digits(std::string& text, std::size_t position, std::size_t width, unsigned value) {
  for (std::size_t i = position + width; i-- > position; value /= 10) text[i] = static_cast<char>('0' + value % 10);
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - ((value % by != 0 && (value < 0) != (by < 0)) ? 1 : 0);
}

/// Minutes east of UTC from `Z`, `+08:00` or nothing (official time of China).
std::optional<int> parse_offset(std::string_view text) {
  if (text.empty()) return 8 * 60;
  if (text == "Z") return 0;
  auto hours = digits(text, 1, 2);
  auto minutes = digits(text, 4, 2);
  if (text.size() != 6 || text[3] != ':' || !hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  int total = *hours * 60 + *minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date(static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  auto year = digits(iso, 0, 4);
  auto month = digits(iso, 5, 2);
  auto day = digits(iso, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return from_ymd(*year, *month, *day);
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday(std::chrono::sys_days(std::chrono::days(days_))).iso_encoding());
}

std::string Date::iso() const {
  auto ymd = civil(*this);
  auto year = static_cast<int>(ymd.year());
  auto month = static_cast<unsigned>(ymd.month());
  auto day = static_cast<unsigned>(ymd.day());
  if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  std::string text = "0000-00-00";
  put_digits(text, 0, 4, static_cast<unsigned>(year));
  put_digits(text, 5, 2, month);
  put_digits(text, 8, 2, day);
  return text;
}

Date Date::first_of_month() const { return *this - (day() - 1); }
Date Date::last_of_month() const { return add_months(first_of_month(), 1) - 1; }

Date add_months(Date date, int months) {
  auto ymd = civil(date) + std::chrono::months(months);
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return Date::from_days(static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

int full_years(Date birth, Date on) {
  auto born = civil(birth);
  auto now = civil(on);
  int years = static_cast<int>(now.year()) - static_cast<int>(born.year());
  bool reached = now.month() > born.month() || (now.month() == born.month() && now.day() >= born.day());
  return reached ? years : years - 1;
}

Date china_date(Instant instant) {
  return Date::from_days(
      static_cast<std::int32_t>(floor_divide(instant.milliseconds + kChinaOffsetMilliseconds, kDayMilliseconds)));
}

Instant china_instant(Date date, int minutes) {
  return {date.days() * kDayMilliseconds - kChinaOffsetMilliseconds + minutes * 60'000LL};
}

std::optional<Instant> parse_instant(std::string_view text) {
  auto date = Date::parse(text.substr(0, 10));
  auto hour = digits(text, 11, 2);
  auto minute = digits(text, 14, 2);
  if (!date || !hour || !minute || text[10] != 'T' || text[13] != ':' || *hour > 23 || *minute > 59)
    return std::nullopt;
  std::int64_t milliseconds = 0;
  std::size_t end = 16;
  if (end < text.size() && text[end] == ':') {
    auto second = digits(text, 17, 2);
    if (!second || *second > 59) return std::nullopt;
    milliseconds = *second * 1000;
    end = 19;
    if (end < text.size() && text[end] == '.') {
      std::int64_t scale = 100;
      for (++end; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end, scale /= 10) {
        milliseconds += (text[end] - '0') * scale;
      }
      if (text[end - 1] == '.') return std::nullopt;
    }
  }
  auto offset = parse_offset(text.substr(end));
  if (!offset) return std::nullopt;
  std::int64_t local = date->days() * kDayMilliseconds + (*hour * 60 + *minute) * 60'000LL + milliseconds;
  return Instant{local - *offset * 60'000LL};
}

std::string format_instant(Instant instant) {
  std::int64_t local = instant.milliseconds + kChinaOffsetMilliseconds;
  std::int64_t seconds = floor_divide(local, 1000) - floor_divide(local, kDayMilliseconds) * 86'400;
  std::string time = "T00:00:00+08:00";
  put_digits(time, 1, 2, static_cast<unsigned>(seconds / 3600));
  put_digits(time, 4, 2, static_cast<unsigned>(seconds / 60 % 60));
  put_digits(time, 7, 2, static_cast<unsigned>(seconds % 60));
  return china_date(instant).iso() + time;
}

}  // namespace tanfang
