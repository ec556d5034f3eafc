#include "ledgers/written_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"
#include "ledgers/plain_words.h"
#include "platform/excel/number_format.h"

namespace tanfang::ledgers {
namespace {

using Kind = WrittenDate::Kind;

constexpr int kFirstYear = 1850;
constexpr int kLastYear = 2100;

WrittenDate unreadable() { return {Kind::unreadable, 0, 0, 0}; }

bool is_year(int year) { return year >= kFirstYear && year <= kLastYear; }

WrittenDate from_parts(int year, int month, int day) {
  if (!is_year(year) || !Date::from_ymd(year, month, day)) return unreadable();
  return {Kind::day, year, month, day};
}

WrittenDate from_month(int year, int month) {
  if (!is_year(year) || month < 1 || month > 12) return unreadable();
  return {Kind::month, year, month, 0};
}

WrittenDate from_serial(double serial) {
  auto date = excel::date_of_serial(serial);
  return date ? from_parts(date->year(), date->month(), date->day()) : unreadable();
}

/// Digits without any mark: 19421021, 194210, 1942, or a serial number of five digits.
WrittenDate from_digits(const std::string& digits) {
  auto part = [&](std::size_t at, std::size_t count) { return std::stoi(digits.substr(at, count)); };
  switch (digits.size()) {
    case 8:
      return from_parts(part(0, 4), part(4, 2), part(6, 2));
    case 6:
      return from_month(part(0, 4), part(4, 2));
    case 5:
      return from_serial(part(0, 5));
    case 4:
      return is_year(part(0, 4)) ? WrittenDate{Kind::year, part(0, 4), 0, 0} : unreadable();
    default:
      return unreadable();
  }
}

/// Ten digits and 〇零○ in Chinese: 一九四二年十月二十一日 becomes 1942年10月21日.
std::string with_arabic_digits(const std::string& text) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
  std::string out;
  auto points = code_points(text);
  auto digit = [&](std::size_t i) {
    if (i >= points.size()) return -1;
    if (points[i] == U'〇' || points[i] == U'○' || points[i] == U'Ｏ') return 0;
    std::size_t at = kDigits.find(points[i]);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i] == U'十') {
      bool tens_before = i > 0 && digit(i - 1) > 0;
      if (!tens_before) out += '1';
      if (digit(i + 1) < 0) out += '0';
    } else if (digit(i) >= 0) {
      out += static_cast<char>('0' + digit(i));
    } else {
      append_utf8(out, points[i]);
    }
  }
  return out;
}

struct Tokens {
  std::vector<std::string> numbers;
  bool clean = true;  // nothing but numbers and the marks between them
};

Tokens tokens_of(std::string text) {
  for (std::string_view mark : {"年", "月", "日", "号", "／", "。", "、", "—", "–", "－", "·"})
    text = replaced(text, mark, ".");
  Tokens tokens;
  bool in_number = false;
  for (char c : text) {
    bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !in_number) tokens.numbers.emplace_back();
    if (is_digit) tokens.numbers.back() += c;
    in_number = is_digit;
    if (!is_digit && c != '.' && c != '-' && c != '/' && c != ',') tokens.clean = false;
  }
  return tokens;
}

/// A time of day behind the date says nothing here: `1942-10-21 00:00:00`, `1942-10-21T00:00`.
std::string without_time(std::string text) {
  std::size_t colon = text.find(':');
  if (colon == std::string::npos) return text;
  std::size_t gap = text.find_last_of(" T", colon);
  return gap == std::string::npos ? text : text.substr(0, gap);
}

WrittenDate from_tokens(const Tokens& tokens) {
  const auto& numbers = tokens.numbers;
  if (!tokens.clean || numbers.empty() || numbers.size() > 3) return unreadable();
  if (std::any_of(numbers.begin(), numbers.end(), [](const auto& number) { return number.size() > 8; })) {
    return unreadable();
  }
  if (numbers.size() == 1) return from_digits(numbers[0]);
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < numbers.size(); ++i) parts[i] = std::stoi(numbers[i]);
  if (numbers.size() == 2) {
    if (numbers[0].size() == 4 && numbers[1].size() == 4) return from_parts(parts[0], parts[1] / 100, parts[1] % 100);
    return numbers[0].size() == 4 ? from_month(parts[0], parts[1]) : unreadable();
  }
  if (numbers[0].size() == 4) return from_parts(parts[0], parts[1], parts[2]);
  if (numbers[2].size() == 4) {  // 21/10/1942 and 10/21/1942: only what cannot be read otherwise
    if (parts[0] > 12) return from_parts(parts[2], parts[1], parts[0]);
    if (parts[1] > 12) return from_parts(parts[2], parts[0], parts[1]);
    return unreadable();
  }
  if (numbers[0].size() == 2) {
    WrittenDate date = from_parts(1900 + parts[0], parts[1], parts[2]);
    if (date.kind == Kind::day) date.kind = Kind::two_digit_year;
    return date;
  }
  return unreadable();
}

WrittenDate from_number(double number) {
  double whole = std::floor(number);
  if (whole == number && number >= 0 && number < 1e8) return from_digits(std::to_string(static_cast<long>(number)));
  // 1942.03 kept as a number; 1942.1 may have been 1942.10, so only the year is sure.
  if (!is_year(static_cast<int>(whole))) return from_serial(number);
  std::string text = excel::number_text(number);
  std::size_t decimals = text.size() - text.find('.') - 1;
  if (decimals == 1) return {Kind::year, static_cast<int>(whole), 0, 0};
  if (decimals == 2) return from_month(static_cast<int>(whole), std::stoi(text.substr(text.find('.') + 1)));
  return unreadable();
}

}  // namespace

bool WrittenDate::agrees_with(Date date) const {
  switch (kind) {
    case Kind::none:
      return true;
    case Kind::year:
      return date.year() == year;
    case Kind::month:
      return date.year() == year && date.month() == month;
    case Kind::day:
    case Kind::two_digit_year:
      return date.year() == year && date.month() == month && date.day() == day;
    case Kind::unreadable:
      return false;
  }
  return false;
}

std::optional<Date> WrittenDate::date() const {
  return kind == Kind::day ? Date::from_ymd(year, month, day) : std::nullopt;
}

WrittenDate read_date(const excel::Cell& cell) {
  if (cell.kind == excel::CellKind::empty) return {};
  if (cell.kind == excel::CellKind::number) return from_number(cell.number);
  if (cell.kind == excel::CellKind::boolean || cell.kind == excel::CellKind::error) return unreadable();
  std::string text = without_time(trimmed(half_width(cell.text)));
  text = without_spaces(text);
  std::erase_if(text, [](char c) { return c == '\'' || c == '"' || c == '`'; });
  if (text.empty()) return {};
  return from_tokens(tokens_of(with_arabic_digits(text)));
}

}  // namespace tanfang::ledgers
