#include "base/citizen_number.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// `5.10521E+17`, `510521194203150000.0`: a number once kept as a floating-point value.
bool looks_like_float(std::string_view text) {
  std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos && exponent > 0) {
    std::string_view tail = text.substr(exponent + 1);
    if (!tail.empty() && (tail[0] == '+' || tail[0] == '-')) tail.remove_prefix(1);
    std::string_view head = text.substr(0, exponent);
    return !tail.empty() && all_digits(tail) &&
           std::all_of(head.begin(), head.end(), [](char c) { return is_digit(c) || c == '.'; });
  }
  std::size_t point = text.find('.');
  return point != std::string_view::npos && point > 0 && all_digits(text.substr(0, point)) &&
         all_digits(text.substr(point + 1));
}

/// What a cell says beside the number itself: 身份证：… before it, a full stop or comma behind it.
void strip_surroundings(std::string& text) {
  std::size_t first = text.find_first_of("0123456789");
  std::string_view before = std::string_view(text).substr(0, first);
  bool labelled = before.find("身份") != std::string_view::npos || before.find("证件") != std::string_view::npos;
  if (first != std::string::npos && labelled) text.erase(0, first);
  for (std::string_view mark : {"。", "、", ",", ";", "，", "；"}) {
    if (text.ends_with(mark)) text.resize(text.size() - mark.size());
  }
}

std::string repaired_form(std::string_view written) {
  std::string text = without_spaces(half_width(written));
  std::erase_if(text, [](char c) { return c == '\'' || c == '`' || c == '-'; });
  text = replaced(std::move(text), "\xE2\x80\x98", "");  // ‘
  text = replaced(std::move(text), "\xE2\x80\x99", "");  // ’
  text = replaced(std::move(text), "\xC3\x97", "X");     // ×
  strip_surroundings(text);
  if (text.size() == 18 && text.back() == 'x') text.back() = 'X';
  return text;
}

}  // namespace

char citizen_number_check(std::string_view seventeen_digits) {
  constexpr int kWeights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (seventeen_digits[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

CitizenNumberReading read_citizen_number(std::string_view written, bool from_number_cell) {
  CitizenNumberReading reading;
  std::string plain = without_spaces(half_width(written));
  std::string text = looks_like_float(plain) ? plain : repaired_form(written);
  if (from_number_cell || looks_like_float(plain)) {
    reading.reason = "citizen_number.lost_digits";
    return reading;
  }
  if (length_of(text) != 18) {
    reading.reason = "citizen_number.length";
    return reading;
  }
  std::string_view digits = std::string_view(text).substr(0, 17);
  reading.reason = "citizen_number.checksum";
  if (text.size() != 18 || !all_digits(digits) || citizen_number_check(digits) != text.back()) return reading;
  auto birth =
      Date::from_ymd(std::stoi(text.substr(6, 4)), std::stoi(text.substr(10, 2)), std::stoi(text.substr(12, 2)));
  if (!birth) return reading;

  reading.reason.clear();
  reading.repaired = text != written;
  reading.number = CitizenNumber{text, *birth, (text[16] - '0') % 2 == 1 ? Sex::male : Sex::female};
  return reading;
}

}  // namespace tanfang
