#include "base/id.h"

#include <algorithm>

namespace tanfang {
namespace {

constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 13;
constexpr std::int64_t kEpochMilliseconds = 1'577'836'800'000;  // 2020-01-01T00:00Z
constexpr int kLowBits = 22;

int digit_of(char c) {
  char lower = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  const char* end = kAlphabet + 32;
  const char* found = std::find(kAlphabet, end, lower);
  return found == end ? -1 : static_cast<int>(found - kAlphabet);
}

}  // namespace

std::string format_id(Id id) {
  std::string text(kLength, '0');
  auto rest = static_cast<std::uint64_t>(id.value);
  for (std::size_t i = kLength; i-- > 0; rest >>= 5) text[i] = kAlphabet[rest & 31];
  return text;
}

std::optional<Id> parse_id(std::string_view text) {
  if (text.size() != kLength) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : text) {
    int digit = digit_of(c);
    if (digit < 0 || value >> 59 != 0) return std::nullopt;
    value = value << 5 | static_cast<std::uint64_t>(digit);
  }
  if (value >> 63 != 0) return std::nullopt;
  return Id{static_cast<std::int64_t>(value)};
}

Id IdSource::next(Instant now) {
  std::lock_guard lock(mutex_);
  state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
  std::int64_t since = std::max<std::int64_t>(now.milliseconds + ahead_ - kEpochMilliseconds, 0);
  // Half of the low bits stay free, so that a burst within the millisecond keeps counting upwards.
  auto low = static_cast<std::int64_t>(state_ >> 43) & ((1 << (kLowBits - 1)) - 1);
  last_ = std::max(since << kLowBits | low, last_ + 1);
  return Id{last_};
}

}  // namespace tanfang
