// How personal data is shown to who did not ask for it with a reason.
#pragma once

#include <string>
#include <string_view>

namespace tanfang {

/// `510521************`: the area alone. With the birth date, which is shown beside it, further digits would give the
/// whole number away: the last one is computed from the others.
std::string mask_citizen_number(std::string_view number);
/// `138****7875`; short numbers keep their last two digits.
std::string mask_phone(std::string_view phone);
/// `王**`: the first character, a star for each other.
std::string mask_name(std::string_view name);
/// The first six characters, then `****`.
std::string mask_address(std::string_view address);

}  // namespace tanfang
