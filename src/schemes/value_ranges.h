// What a number of a rule can be at all, and so which comparisons are decided before anything is known of a person.
#pragma once

#include "schemes/evaluator.h"

namespace tanfang::schemes {

class ValueRanges {
 public:
  explicit ValueRanges(const Program& program) : program_(program) {}

  /// From the declared `min` and `max`, the points of scores, ages and counts; never too narrow.
  Range range(std::uint32_t number) const;
  /// yes, no: true or false of everybody whose facts are known.
  Truth settled(std::uint32_t truth) const;

 private:
  Range fact_range(const Node& node) const;
  Range points(const Node& node) const;
  Range arithmetic(const Node& node) const;
  Truth junction(const Node& node) const;
  Truth choice(const Node& node) const;
  const FactDeclaration& declaration(const Node& node) const;

  const Program& program_;
};

}  // namespace tanfang::schemes
