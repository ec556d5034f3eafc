#include "ledgers/disability_cell.h"

#include <string_view>

namespace tanfang::ledgers {
namespace {

struct Sign {
  std::string_view text;
  int grade;
};

// Longer signs first.
constexpr Sign kSigns[] = {{"iii", 3}, {"ii", 2}, {"iv", 4}, {"i", 1},  {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4},
                           {"壹", 1},  {"贰", 2}, {"叁", 3}, {"肆", 4}, {"1", 1},  {"2", 2},  {"3", 3},  {"4", 4},
                           {"ⅰ", 1},   {"ⅱ", 2},  {"ⅲ", 3},  {"ⅳ", 4},  {"Ⅰ", 1},  {"Ⅱ", 2},  {"Ⅲ", 3},  {"Ⅳ", 4}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const Sign* sign_at(std::string_view rest) {
  for (const Sign& sign : kSigns) {
    if (rest.starts_with(sign.text)) return &sign;
  }
  return nullptr;
}

}  // namespace

GradeSaid read_grade(const Words& words, const std::string& plain) {
  constexpr std::string_view kLevel = "级";
  GradeSaid said;
  std::string_view rest = plain;
  while (!rest.empty()) {
    if (std::size_t length = words.disability_kind_at(rest); length > 0) {
      said.kind = true;
      rest.remove_prefix(length);
      continue;
    }
    const Sign* sign = sign_at(rest);
    if (sign == nullptr) return said;
    std::string_view behind = rest.substr(sign->text.size());
    if (is_digit(rest[0]) && !behind.empty() && is_digit(behind[0])) return said;  // of a year or a number
    bool level = behind.starts_with(kLevel);
    if (level) behind.remove_prefix(kLevel.size());
    said.level = said.level || level;
    if (said.grade == 0 || sign->grade < said.grade) said.grade = sign->grade;
    rest = behind;
  }
  said.whole = said.grade > 0;
  return said;
}

}  // namespace tanfang::ledgers
