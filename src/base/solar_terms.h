// The 24 solar terms (节气) from 1900 to 2100, as a table of civil days in China.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"

namespace tanfang {

/// `xiaohan` (0), `dahan`, `lichun` … `dongzhi` (23), in the order of the civil year.
std::optional<int> parse_solar_term(std::string_view name);

/// The civil day of a term in that year; nullopt outside the table.
std::optional<Date> solar_term_in(int year, int term);

}  // namespace tanfang
