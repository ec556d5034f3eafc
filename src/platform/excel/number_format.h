// How spreadsheets keep numbers and dates.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tanfang::excel {

/// Whether a number format shows a date: `id` as in the styles, `code` the format's text where it is a custom one.
/// Times of day without a date are no dates.
bool shows_date(int id, std::string_view code);

/// The day of a serial number of the 1900 system (60, the 29 February 1900 that never was, is none) or of the 1904 one.
std::optional<Date> date_of_serial(double serial, bool from_1904 = false);

/// Up to 15 digits, as the program that wrote it shows it in a wide column.
std::string number_text(double number);

/// The value of a decimal number, or nullopt; not for "nan" or "inf".
std::optional<double> parse_number(std::string_view text);

}  // namespace tanfang::excel
