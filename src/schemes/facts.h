// How facts are kept as numbers: one 64-bit number a fact, so that rules run without touching text.
//
// boolean 0/1 · integer itself · choice the place of its value · set a bit for each value · date days since 1970 ·
// area `padded to 12 digits * 16 + number of digits`. kUnknown stands for what is not known.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemes/schemes.h"

namespace tanfang::schemes {

inline constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();

/// First cell of a list's row: the entry stands for one or more alike.
inline constexpr std::size_t kStandsForAll = 0;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// Where each declaration of a vocabulary is kept.
struct Slots {
  std::unordered_map<std::string, std::vector<std::uint16_t>, TextHash, std::equal_to<>> by_name;
  std::vector<int> list_of;  // for each fact: its place in Facts::lists, -1 for no list
  int list_count = 0;
};

/// Cells in a row of a list: the flag and one for each member.
inline std::size_t row_width(const FactDeclaration& list) { return list.members.size() + 1; }

std::int64_t pack_area(std::string_view code);
std::string unpack_area(std::int64_t packed);

/// Whether two packed areas lie in one area of `digits` digits; unknown where a code is too short to tell.
Truth same_area(std::int64_t left, std::int64_t right, int digits);
/// Whether `packed` lies in `area`; unknown where it is too short to tell.
Truth within_area(std::int64_t packed, std::int64_t area);

std::string_view name_of(FactType type);

}  // namespace tanfang::schemes
