// Area codes as packed numbers: relations without touching text.
#include <algorithm>

#include "schemes/facts.h"

namespace tanfang::schemes {
namespace {

constexpr std::int64_t kPowers[] = {1,        10,        100,        1000,        10000,        100000,       1000000,
                                    10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000};

int digits_of(std::int64_t packed) { return static_cast<int>(packed & 15); }

std::int64_t prefix_of(std::int64_t packed, int digits) { return (packed >> 4) / kPowers[12 - digits]; }

}  // namespace

std::int64_t pack_area(std::string_view code) {
  std::int64_t number = 0;
  for (char c : code) number = number * 10 + (c - '0');
  auto digits = static_cast<std::int64_t>(code.size());
  return number * kPowers[12 - digits] << 4 | digits;
}

std::string unpack_area(std::int64_t packed) {
  std::string text = std::to_string(packed >> 4);
  text.insert(0, 12 - text.size(), '0');
  text.resize(static_cast<std::size_t>(digits_of(packed)));
  return text;
}

Truth same_area(std::int64_t left, std::int64_t right, int digits) {
  if (left == kUnknown || right == kUnknown) return Truth::unknown;
  int comparable = std::min({digits_of(left), digits_of(right), digits});
  if (prefix_of(left, comparable) != prefix_of(right, comparable)) return Truth::no;
  return comparable == digits ? Truth::yes : Truth::unknown;
}

Truth within_area(std::int64_t packed, std::int64_t area) { return same_area(packed, area, digits_of(area)); }

}  // namespace tanfang::schemes
