#include "base/mask.h"

#include "base/text.h"

namespace tanfang {
namespace {

std::string first_characters(std::string_view text, std::size_t count) {
  std::string out;
  for (char32_t c : code_points(text)) {
    if (count-- == 0) break;
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string mask_citizen_number(std::string_view number) {
  if (number.size() != 18) return std::string(number.size(), '*');
  return std::string(number.substr(0, 6)) + std::string(12, '*');
}

std::string mask_phone(std::string_view phone) {
  if (phone.size() < 7) {
    return phone.size() < 3 ? std::string(phone.size(), '*')
                            : std::string(phone.size() - 2, '*') + std::string(phone.substr(phone.size() - 2));
  }
  return std::string(phone.substr(0, 3)) + std::string(phone.size() - 7, '*') +
         std::string(phone.substr(phone.size() - 4));
}

std::string mask_name(std::string_view name) {
  std::size_t length = length_of(name);
  return length < 2 ? std::string(name) : first_characters(name, 1) + std::string(length - 1, '*');
}

std::string mask_address(std::string_view address) {
  return length_of(address) <= 6 ? first_characters(address, 2) + "****" : first_characters(address, 6) + "****";
}

}  // namespace tanfang
