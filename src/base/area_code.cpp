#include "base/area_code.h"

#include <algorithm>

namespace tanfang {

bool is_area_code(std::string_view code) {
  bool length_fits = code.size() == 2 || code.size() == 4 || code.size() == 6 || code.size() == 9 || code.size() == 12;
  return length_fits && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<bool> in_same_area(std::string_view left, std::string_view right, AreaLevel level) {
  std::size_t digits = static_cast<std::size_t>(level);
  std::size_t known = std::min({left.size(), right.size(), digits});
  if (left.substr(0, known) != right.substr(0, known)) return false;
  if (known < digits) return std::nullopt;
  return true;
}

std::string county_of(std::string_view code) { return std::string(code.substr(0, 6)); }

}  // namespace tanfang
