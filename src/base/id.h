// Identifiers: 64 bits, ordered by time, shown as 13 characters.
#pragma once

#include <compare>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tanfang {

/// 41 bits of milliseconds since 2020-01-01 and 22 bits that the source fills; always positive.
struct Id {
  std::int64_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
};

/// Crockford base 32, 13 characters, same order as the number.
std::string format_id(Id id);
/// nullopt for anything `format_id` cannot have written (case does not matter).
std::optional<Id> parse_id(std::string_view text);

/// Hands out identifiers that rise strictly, also when asked many times within one millisecond and by many
/// threads.
class IdSource {
 public:
  /// `seed` fills the low bits of each new millisecond's first id. `ahead` milliseconds are added to every moment:
  /// where several programs work at one given moment, it keeps the ids of each behind those of the one before.
  explicit IdSource(std::uint64_t seed, std::int64_t ahead = 0) : state_(seed), ahead_(ahead) {}
  Id next(Instant now);

 private:
  std::mutex mutex_;
  std::uint64_t state_;
  const std::int64_t ahead_;
  std::int64_t last_ = 0;
};

}  // namespace tanfang
