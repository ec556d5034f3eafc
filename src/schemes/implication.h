// What can be told of rules without facts: that one follows from another, that two cannot hold together.
#pragma once

#include <cstdint>
#include <vector>

#include "schemes/value_ranges.h"

namespace tanfang::schemes {

/// Certain answers only: false means "cannot tell" as well as "no".
class Implication {
 public:
  explicit Implication(const Program& program) : program_(program), ranges_(program) {}

  bool implies(std::uint32_t left, std::uint32_t right) const { return implies(left, right, 0); }
  bool excludes(std::uint32_t left, std::uint32_t right) const { return excludes(left, right, 0); }
  /// `right` is true wherever all of them are.
  bool follows(const std::vector<std::uint32_t>& rules, std::uint32_t right) const;
  /// Whatever is known of a person.
  bool always(std::uint32_t rule) const;
  /// All of them together can never be true.
  bool impossible(const std::vector<std::uint32_t>& rules) const;

 private:
  bool implies(std::uint32_t left, std::uint32_t right, int depth) const;
  bool atom_implies(const Node& left, const Node& right) const;
  bool excludes(std::uint32_t left, std::uint32_t right, int depth) const;
  bool atom_excludes(const Node& left, const Node& right) const;
  bool same(std::uint32_t left, std::uint32_t right) const;
  bool same_children(const Node& left, const Node& right) const;
  std::vector<std::uint32_t> parts_of(const Node& node) const;
  void flatten(std::uint32_t rule, std::vector<std::uint32_t>& out) const;
  bool bounds(const Node& node, std::int64_t& low, std::int64_t& high) const;

  const Program& program_;
  ValueRanges ranges_;
};

}  // namespace tanfang::schemes
