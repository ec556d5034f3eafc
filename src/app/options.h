// Checks of option values that several commands share: each returns what is wrong, or nothing.
#pragma once

#include <string>

#include "base/area_code.h"
#include "base/date.h"
#include "base/id.h"

namespace tanfang::app {

inline std::string is_date(const std::string& text) { return Date::parse(text) ? "" : "not a date like 2024-03-01"; }
inline std::string is_area(const std::string& text) {
  return is_area_code(text) ? "" : "not an area code of 2, 4, 6, 9 or 12 digits";
}
inline std::string is_county(const std::string& text) {
  return text.size() == 6 && is_area_code(text) ? "" : "not a county code of 6 digits";
}
inline std::string is_id(const std::string& text) { return parse_id(text) ? "" : "not an id"; }

}  // namespace tanfang::app
