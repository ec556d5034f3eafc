#include "schemes/value_ranges.h"

#include <algorithm>

namespace tanfang::schemes {
namespace {

constexpr Range kAnything{-kInfinite, kInfinite};
constexpr std::int64_t kOldest = 150;

}  // namespace

const FactDeclaration& ValueRanges::declaration(const Node& node) const {
  const std::vector<FactDeclaration>& facts = program_.vocabulary->facts();
  return node.depth == 0 ? facts[node.slot] : facts[node.first].members[node.slot - 1u];
}

Range ValueRanges::fact_range(const Node& node) const {
  const FactDeclaration& fact = declaration(node);
  if (fact.type == FactType::integer) return {fact.min, fact.max};
  if (fact.type == FactType::choice) return {0, static_cast<std::int64_t>(fact.values.size()) - 1};
  return kAnything;
}

Range ValueRanges::range(std::uint32_t at) const {
  const Node& node = program_.nodes[at];
  switch (node.op) {
    case Op::number:
      return {node.number, node.number};
    case Op::number_fact:
      return fact_range(node);
    case Op::number_definition:
      return range(program_.definitions[node.first].root);
    case Op::full_years: {
      const Node& day = program_.nodes[node.first];
      bool birth = day.op == Op::number_fact && day.depth == 0 && declaration(day).name == "birth_date";
      return birth ? Range{0, kOldest} : kAnything;
    }
    case Op::count:
      return {0, kInfinite};
    case Op::points:
      return points(node);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
      return arithmetic(node);
    default:
      return kAnything;
  }
}

Range ValueRanges::points(const Node& node) const {
  Range sum;
  for (std::uint32_t i = 0; i + 1 < node.second; i += 2) {
    Truth given = settled(program_.parts[node.first + i]);
    if (given == Truth::no) continue;
    Range value = range(program_.parts[node.first + i + 1]);
    if (given == Truth::unknown) value = {std::min<std::int64_t>(value.low, 0), std::max<std::int64_t>(value.high, 0)};
    sum = {added(sum.low, value.low), added(sum.high, value.high)};
  }
  return sum;
}

Range ValueRanges::arithmetic(const Node& node) const {
  Range left = range(node.first);
  Range right = range(node.second);
  if (node.op == Op::add) return {added(left.low, right.low), added(left.high, right.high)};
  if (node.op == Op::subtract) return {added(left.low, -right.high), added(left.high, -right.low)};
  return product(left, right);
}

Truth ValueRanges::junction(const Node& node) const {
  Truth deciding = node.op == Op::all ? Truth::no : Truth::yes;
  bool open = false;
  for (std::uint32_t i = 0; i < node.second; ++i) {
    Truth value = settled(program_.parts[node.first + i]);
    if (value == deciding) return deciding;
    open = open || value == Truth::unknown;
  }
  return open ? Truth::unknown : negation(deciding);
}

Truth ValueRanges::choice(const Node& node) const {
  if (node.number == 0) return Truth::no;
  const FactDeclaration& fact = declaration(node);
  bool all = fact.type == FactType::choice && node.number == (std::int64_t{1} << fact.values.size()) - 1;
  return all ? Truth::yes : Truth::unknown;
}

Truth ValueRanges::settled(std::uint32_t at) const {
  const Node& node = program_.nodes[at];
  switch (node.op) {
    case Op::constant:
      return node.number != 0 ? Truth::yes : Truth::no;
    case Op::all:
    case Op::any:
      return junction(node);
    case Op::negate:
      return negation(settled(node.first));
    case Op::definition:
      return settled(program_.definitions[node.first].root);
    case Op::value_in:
      return choice(node);
    case Op::compare:
      return compared(range(node.first), static_cast<Comparison>(node.aux), range(node.second));
    case Op::certainly:
      return settled(node.first) == Truth::no ? Truth::no : Truth::unknown;
    case Op::possibly:
      return settled(node.first) == Truth::yes ? Truth::yes : Truth::unknown;
    case Op::some:
      return conjunction(settled(node.first), settled(node.second)) == Truth::no ? Truth::no : Truth::unknown;
    case Op::every:
      return settled(node.first) == Truth::no || settled(node.second) == Truth::yes ? Truth::yes : Truth::unknown;
    default:
      return Truth::unknown;
  }
}

}  // namespace tanfang::schemes
