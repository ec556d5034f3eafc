// Runs compiled rules on one person's facts: three values, ranges of numbers, each definition once.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "schemes/calendar.h"
#include "schemes/program.h"

namespace tanfang::schemes {

/// What a number can be. Unknown ends are infinite.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

inline constexpr std::int64_t kInfinite = std::int64_t{1} << 60;

class Evaluator {
 public:
  Evaluator(const Program& program, const Facts& facts, Date on);

  Truth truth(std::uint32_t node);
  Range number(std::uint32_t node);

  const Program& program() const { return program_; }
  Date on() const { return on_; }
  /// The number behind a fact node, kUnknown where it is not known.
  std::int64_t load(const Node& node) const {
    return node.depth == 0 ? values_[node.slot] : rows_[node.depth - 1][node.slot];
  }
  const Facts::List& list(const Node& node) const { return lists_[node.slot]; }

  /// Stands at one entry of a list after the other; what an outer loop stood at comes back when it ends.
  class Loop {
   public:
    Loop(Evaluator& evaluator, std::uint8_t depth)
        : row_(evaluator.rows_[depth - 1]), outer_(evaluator.rows_[depth - 1]) {}
    ~Loop() { row_ = outer_; }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    void at(const std::int64_t* row) { row_ = row; }

   private:
    const std::int64_t*& row_;
    const std::int64_t* outer_;
  };

 private:
  Truth all(const Node& node);
  Truth any(const Node& node);
  Truth definition(const Node& node);
  Truth every(const Node& node);
  Truth some(const Node& node);
  Truth compare(const Node& node);
  Truth same(const Node& node);
  Range count(const Node& node);
  Range points(const Node& node);
  Range arithmetic(const Node& node);
  Range since(const Node& node);
  Range number_definition(const Node& node);

  const Program& program_;
  const Node* nodes_;
  const std::int64_t* values_;
  const Facts::List* lists_;
  Date on_;
  Civil today_;
  std::array<const std::int64_t*, kDeepestLoop> rows_{};
  std::array<std::uint8_t, kMostDefinitions + 1> known_truths_;
  std::array<Range, 32> known_numbers_;  // of the first definitions; the others are computed again
};

/// Whether a comparison holds of numbers that are only known as ranges.
Truth compared(Range left, Comparison comparison, Range right);
/// Sum and product that stay infinite.
std::int64_t added(std::int64_t left, std::int64_t right);
Range product(Range left, Range right);
Truth conjunction(Truth left, Truth right);
Truth negation(Truth value);

}  // namespace tanfang::schemes
