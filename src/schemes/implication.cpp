#include "schemes/implication.h"

#include <algorithm>

#include "schemes/evaluator.h"

namespace tanfang::schemes {
namespace {

constexpr int kDeepest = 12;

bool same_fact(const Node& left, const Node& right) {
  return left.slot == right.slot && left.depth == right.depth && (left.depth == 0 || left.first == right.first);
}

}  // namespace

std::vector<std::uint32_t> Implication::parts_of(const Node& node) const {
  auto from = program_.parts.begin() + node.first;
  return {from, from + node.second};
}

bool Implication::same(std::uint32_t left, std::uint32_t right) const {
  if (left == right) return true;
  const Node& a = program_.nodes[left];
  const Node& b = program_.nodes[right];
  if (a.op != b.op || a.aux != b.aux || a.number != b.number) return false;
  return same_children(a, b);
}

bool Implication::same_children(const Node& a, const Node& b) const {
  switch (a.op) {
    case Op::constant:
    case Op::number:
    case Op::on:
      return true;
    case Op::all:
    case Op::any:
    case Op::points: {
      std::vector<std::uint32_t> left = parts_of(a);
      std::vector<std::uint32_t> right = parts_of(b);
      return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                        [&](std::uint32_t x, std::uint32_t y) { return same(x, y); });
    }
    case Op::definition:
    case Op::number_definition:
      return a.first == b.first;
    case Op::every:
    case Op::some:
      return a.slot == b.slot && same(a.first, b.first) && same(a.second, b.second);
    case Op::count:
      return a.slot == b.slot && same(a.first, b.first);
    case Op::list_empty:
    case Op::list_known:
      return a.slot == b.slot;
    case Op::fact:
    case Op::value_in:
    case Op::holds_any:
    case Op::holds_all:
    case Op::set_empty:
    case Op::known:
    case Op::number_fact:
      return same_fact(a, b);
    case Op::compare:
    case Op::same_area:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
      return same(a.first, b.first) && same(a.second, b.second);
    default:
      return same(a.first, b.first);
  }
}

/// The whole numbers for which a comparison with a fixed number holds.
bool Implication::bounds(const Node& node, std::int64_t& low, std::int64_t& high) const {
  const Node& right = program_.nodes[node.second];
  if (node.op != Op::compare || right.op != Op::number) return false;
  low = -kInfinite;
  high = kInfinite;
  switch (static_cast<Comparison>(node.aux)) {
    case Comparison::equal:
      low = high = right.number;
      return true;
    case Comparison::less:
      high = right.number - 1;
      return true;
    case Comparison::less_or_equal:
      high = right.number;
      return true;
    case Comparison::greater:
      low = right.number + 1;
      return true;
    case Comparison::greater_or_equal:
      low = right.number;
      return true;
    case Comparison::not_equal:
      return false;
  }
  return false;
}

bool Implication::atom_implies(const Node& a, const Node& b) const {
  bool bits = a.op == Op::value_in || a.op == Op::holds_any;
  if (bits && a.op == b.op && same_fact(a, b)) return (a.number & ~b.number) == 0;
  if (a.op == Op::holds_all && b.op == Op::holds_all && same_fact(a, b)) return (b.number & ~a.number) == 0;
  if (a.op == Op::negate && b.op == Op::negate) return implies(b.first, a.first, 1);
  std::int64_t low, high, other_low, other_high;
  if (a.op != Op::compare || b.op != Op::compare || !same(a.first, b.first)) return false;
  return bounds(a, low, high) && bounds(b, other_low, other_high) && other_low <= low && high <= other_high;
}

bool Implication::implies(std::uint32_t left, std::uint32_t right, int depth) const {
  if (depth > kDeepest) return false;
  const Node& a = program_.nodes[left];
  const Node& b = program_.nodes[right];
  if (same(left, right)) return true;
  if (ranges_.settled(left) == Truth::no || ranges_.settled(right) == Truth::yes) return true;
  if (a.op == Op::constant || b.op == Op::constant) return false;
  if (a.op == Op::definition) {
    if (implies(program_.definitions[a.first].root, right, depth + 1)) return true;
  }
  auto each = [&](std::uint32_t part) { return implies(part, right, depth + 1); };
  auto every = [&](std::uint32_t part) { return implies(left, part, depth + 1); };
  if (a.op == Op::any) {
    std::vector<std::uint32_t> parts = parts_of(a);
    if (std::all_of(parts.begin(), parts.end(), each)) return true;
  }
  if (a.op == Op::all) {
    std::vector<std::uint32_t> parts = parts_of(a);
    if (std::any_of(parts.begin(), parts.end(), each)) return true;
  }
  if (b.op == Op::all) {
    std::vector<std::uint32_t> parts = parts_of(b);
    if (std::all_of(parts.begin(), parts.end(), every)) return true;
  }
  if (b.op == Op::any) {
    std::vector<std::uint32_t> parts = parts_of(b);
    if (std::any_of(parts.begin(), parts.end(), every)) return true;
  }
  if (b.op == Op::definition) return implies(left, program_.definitions[b.first].root, depth + 1);
  return atom_implies(a, b);
}

bool Implication::atom_excludes(const Node& a, const Node& b) const {
  auto holds = [](const Node& node) { return node.op == Op::holds_any || node.op == Op::holds_all; };
  bool empty = (a.op == Op::set_empty && holds(b)) || (b.op == Op::set_empty && holds(a));
  if (empty) return same_fact(a, b);
  if (a.op == Op::value_in && b.op == Op::value_in && same_fact(a, b)) return (a.number & b.number) == 0;
  std::int64_t low, high, other_low, other_high;
  if (a.op != Op::compare || b.op != Op::compare || !same(a.first, b.first)) return false;
  return bounds(a, low, high) && bounds(b, other_low, other_high) && (high < other_low || other_high < low);
}

bool Implication::excludes(std::uint32_t left, std::uint32_t right, int depth) const {
  if (depth > kDeepest) return false;
  const Node& a = program_.nodes[left];
  const Node& b = program_.nodes[right];
  if (ranges_.settled(left) == Truth::no || ranges_.settled(right) == Truth::no) return true;
  if (a.op == Op::negate && implies(right, a.first)) return true;
  if (b.op == Op::negate && implies(left, b.first)) return true;
  auto each = [&](std::uint32_t part) { return excludes(part, right, depth + 1); };
  if (a.op == Op::definition) return excludes(program_.definitions[a.first].root, right, depth + 1);
  if (a.op == Op::any || a.op == Op::all) {
    std::vector<std::uint32_t> parts = parts_of(a);
    bool found =
        a.op == Op::any ? std::all_of(parts.begin(), parts.end(), each) : std::any_of(parts.begin(), parts.end(), each);
    if (found) return true;
  }
  bool turn = b.op == Op::definition || b.op == Op::any || b.op == Op::all;
  if (turn && a.op != Op::any && a.op != Op::all) return excludes(right, left, depth + 1);
  return atom_excludes(a, b);
}

void Implication::flatten(std::uint32_t rule, std::vector<std::uint32_t>& out) const {
  const Node& node = program_.nodes[rule];
  if (node.op == Op::definition) return flatten(program_.definitions[node.first].root, out);
  if (node.op != Op::all) return out.push_back(rule);
  for (std::uint32_t part : parts_of(node)) flatten(part, out);
}

bool Implication::follows(const std::vector<std::uint32_t>& rules, std::uint32_t right) const {
  std::vector<std::uint32_t> parts = rules;
  for (std::uint32_t rule : rules) flatten(rule, parts);
  if (std::any_of(parts.begin(), parts.end(), [&](std::uint32_t part) { return implies(part, right); })) return true;
  const Node& node = program_.nodes[right];
  if (node.op == Op::definition) return follows(rules, program_.definitions[node.first].root);
  auto each = [&](std::uint32_t part) { return follows(rules, part); };
  std::vector<std::uint32_t> needed = node.op == Op::all || node.op == Op::any ? parts_of(node) : parts;
  if (node.op == Op::all) return std::all_of(needed.begin(), needed.end(), each);
  return node.op == Op::any && std::any_of(needed.begin(), needed.end(), each);
}

bool Implication::always(std::uint32_t rule) const {
  const Node& node = program_.nodes[rule];
  if (node.op == Op::constant) return node.number != 0;
  if (ranges_.settled(rule) == Truth::yes) return true;
  if (node.op == Op::definition) return always(program_.definitions[node.first].root);
  auto each = [&](std::uint32_t part) { return always(part); };
  std::vector<std::uint32_t> parts;
  if (node.op == Op::all || node.op == Op::any) parts = parts_of(node);
  return node.op == Op::all ? std::all_of(parts.begin(), parts.end(), each)
                            : std::any_of(parts.begin(), parts.end(), each);
}

bool Implication::impossible(const std::vector<std::uint32_t>& rules) const {
  std::vector<std::uint32_t> parts = rules;
  for (std::uint32_t rule : rules) flatten(rule, parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Node& node = program_.nodes[parts[i]];
    if (ranges_.settled(parts[i]) == Truth::no) return true;
    if (node.op == Op::any) {
      std::vector<std::uint32_t> choices = parts_of(node);
      if (std::all_of(choices.begin(), choices.end(), [&](std::uint32_t choice) { return impossible({choice}); }))
        return true;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (excludes(parts[i], parts[j])) return true;
    }
  }
  return false;
}

}  // namespace tanfang::schemes
