// Seeded chance for demonstration data: the same seed gives the same county on every machine.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <span>
#include <utility>

namespace tanfang::app {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  /// A whole number from `low` to `high`, both included.
  int between(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// True in `percent` of 100 cases.
  bool percent(double percent) { return static_cast<double>(engine_() >> 11) * 0x1p-53 * 100.0 < percent; }
  template <typename T>
  const T& one_of(std::span<const T> choices) {
    return choices[engine_() % choices.size()];
  }
  /// One of the values by their weights (any unit).
  template <typename T>
  T weighted(std::initializer_list<std::pair<T, int>> choices) {
    int total = 0;
    for (const auto& choice : choices) total += choice.second;
    int at = between(1, total);
    for (const auto& choice : choices) {
      at -= choice.second;
      if (at <= 0) return choice.first;
    }
    return choices.begin()->first;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tanfang::app
