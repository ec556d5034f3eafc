#include "base/mask.h"

#include <algorithm>

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
  // What clerks write beside the number (13812345678儿子小明) is hidden as well.
  auto points = code_points(phone);
  auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  auto digits = static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_digit));
  std::size_t first = digits < 7 ? 0 : 3;
  std::size_t last = digits < 3 ? 0 : digits < 7 ? 2 : 4;
  std::string out;
  std::size_t seen = 0;
  for (char32_t c : points) {
    bool shown = is_digit(c) && (seen < first || seen + last >= digits);
    seen += is_digit(c) ? 1 : 0;
    out.push_back(shown ? static_cast<char>(c) : '*');
  }
  return out;
}

std::string mask_name(std::string_view name) {
  std::size_t length = length_of(name);
  return length < 2 ? std::string(name) : first_characters(name, 1) + std::string(length - 1, '*');
}

std::string mask_address(std::string_view address) {
  return length_of(address) <= 6 ? first_characters(address, 2) + "****" : first_characters(address, 6) + "****";
}

}  // namespace tanfang
