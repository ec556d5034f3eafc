// Area codes: GB/T 2260 (province 2, city 4, county 6 digits) and the statistical division codes (town 9, village 12).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tanfang {

enum class AreaLevel { province = 2, city = 4, county = 6, town = 9, village = 12 };

/// A code of 2, 4, 6, 9 or 12 digits.
bool is_area_code(std::string_view code);

/// True or false where the codes decide whether both lie in one area of `level`; nullopt where one is too short to
/// tell and they agree as far as it goes. Both must satisfy `is_area_code`.
std::optional<bool> in_same_area(std::string_view left, std::string_view right, AreaLevel level);

/// The part of `code` that names its county; shorter codes are returned whole.
std::string county_of(std::string_view code);

}  // namespace tanfang
