#include "platform/excel/number_format.h"

#include <charconv>
#include <cmath>

namespace tanfang::excel {
namespace {

constexpr int kDaysTo1970In1900System = 25569;
constexpr int kDaysTo1970In1904System = 24107;
constexpr double kLastSerial = 2'958'465;  // 9999-12-31

/// Letters of a format code that ask for parts of a date, outside quotes, brackets and escapes.
struct FormatLetters {
  bool year_or_day = false;
  bool month_or_minute = false;
  bool hour_or_second = false;
};

FormatLetters letters_of(std::string_view code) {
  FormatLetters letters;
  for (std::size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == ';') break;  // the first section formats positive numbers
    if (c == '"' || c == '[') {
      std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      letters.year_or_day = true;
    } else if (c == 'm' || c == 'M') {
      letters.month_or_minute = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      letters.hour_or_second = true;
    }
  }
  return letters;
}

}  // namespace

bool shows_date(int id, std::string_view code) {
  if (!code.empty()) {
    FormatLetters letters = letters_of(code);
    return letters.year_or_day || (letters.month_or_minute && !letters.hour_or_second);
  }
  // ECMA-376 18.8.30: 14-17 and 22 are dates; 27-31, 36 and 50-58 are the date formats of Chinese systems.
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
         id == 57 || id == 58;
}

std::optional<Date> date_of_serial(double serial, bool from_1904) {
  if (!(serial >= 0) || serial > kLastSerial) return std::nullopt;
  int day = static_cast<int>(std::floor(serial));
  if (from_1904) return Date::from_days(day - kDaysTo1970In1904System);
  if (day == 0 || day == 60) return std::nullopt;
  return Date::from_days(day - kDaysTo1970In1900System + (day < 60 ? 1 : 0));
}

std::string number_text(double number) {
  char buffer[40];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::general, 15);
  return std::string(buffer, error == std::errc() ? end : buffer);
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace tanfang::excel
