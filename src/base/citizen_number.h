// The citizen number (公民身份号码, GB 11643-1999): form repaired, substance checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tanfang {

enum class Sex { male, female };

struct CitizenNumber {
  std::string text;  // 18 characters, a capital X
  Date birth_date;
  Sex sex;
};

/// What reading a written number gave: a number, or the reason it is refused.
struct CitizenNumberReading {
  std::optional<CitizenNumber> number;
  /// `citizen_number.lost_digits`, `citizen_number.length` or `citizen_number.checksum`; empty with a number. A number
  /// whose characters or birth date cannot be counts as a wrong checksum.
  std::string reason;
  /// The form was mended: full-width digits, spaces, hyphens, an apostrophe in front, a small x.
  bool repaired = false;
};

/// Reads what a clerk wrote. `from_number_cell`: a spreadsheet kept it as a number, so its last digits are gone.
CitizenNumberReading read_citizen_number(std::string_view written, bool from_number_cell = false);

/// The check character of 17 digits (ISO 7064 MOD 11-2). For tests and demonstration data.
char citizen_number_check(std::string_view seventeen_digits);

}  // namespace tanfang
