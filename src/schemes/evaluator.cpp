#include "schemes/evaluator.h"

#include <algorithm>

namespace tanfang::schemes {
namespace {

constexpr std::uint8_t kNotYet = 0xFF;

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

bool infinite(std::int64_t value) { return value <= -kInfinite || value >= kInfinite; }
std::int64_t bounded(std::int64_t value) { return std::clamp(value, -kInfinite, kInfinite); }
std::int64_t times(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  bool overflow = __builtin_mul_overflow(left, right, &result);
  return overflow ? ((left < 0) == (right < 0) ? kInfinite : -kInfinite) : bounded(result);
}

std::int64_t shift_months(std::int64_t day, std::int64_t months) {
  if (infinite(day)) return day;
  Civil from = civil_of(day);
  std::int64_t total = std::int64_t{from.year} * 12 + from.month - 1 + months;
  if (total < 12 || total >= 120000) return months < 0 ? -kInfinite : kInfinite;
  auto year = static_cast<int>(total / 12);
  auto month = static_cast<int>(total % 12) + 1;
  return Date::from_ymd(year, month, std::min(from.day, days_in_month(year, month)))->days();
}

/// lives_in (same_town, same_county, elsewhere) as an answer to a relation of 9, 6 or 4 digits.
Truth lives_in_says(std::int64_t place, int digits) {
  if (place == kUnknown) return Truth::unknown;
  if (digits > 9) return place == 0 ? Truth::unknown : Truth::no;
  if (digits == 9) return truth_of(place == 0);
  if (place <= 1) return Truth::yes;
  return digits == 6 ? Truth::no : Truth::unknown;
}

}  // namespace

std::int64_t added(std::int64_t left, std::int64_t right) {
  if (infinite(left)) return left;
  return infinite(right) ? right : bounded(left + right);
}

Range product(Range left, Range right) {
  std::int64_t corners[] = {times(left.low, right.low), times(left.low, right.high), times(left.high, right.low),
                            times(left.high, right.high)};
  return {*std::min_element(corners, corners + 4), *std::max_element(corners, corners + 4)};
}

Truth conjunction(Truth left, Truth right) {
  if (left == Truth::no || right == Truth::no) return Truth::no;
  return left == Truth::yes && right == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth negation(Truth value) { return value == Truth::unknown ? Truth::unknown : truth_of(value == Truth::no); }

Truth compared(Range left, Comparison comparison, Range right) {
  auto between = [](bool certain, bool possible) {
    return certain ? Truth::yes : possible ? Truth::unknown : Truth::no;
  };
  bool one = left.low == left.high && right.low == right.high;
  bool overlap = left.low <= right.high && right.low <= left.high;
  switch (comparison) {
    case Comparison::equal:
      return between(one && left.low == right.low, overlap);
    case Comparison::not_equal:
      return negation(between(one && left.low == right.low, overlap));
    case Comparison::less:
      return between(left.high < right.low, left.low < right.high);
    case Comparison::less_or_equal:
      return between(left.high <= right.low, left.low <= right.high);
    case Comparison::greater:
      return between(left.low > right.high, left.high > right.low);
    case Comparison::greater_or_equal:
      return between(left.low >= right.high, left.high >= right.low);
  }
  return Truth::unknown;
}

Evaluator::Evaluator(const Program& program, const Facts& facts, Date on)
    : program_(program),
      nodes_(program.nodes.data()),
      values_(facts.values.data()),
      lists_(facts.lists.data()),
      on_(on),
      today_(civil_of(on.days())) {
  std::fill_n(known_truths_.begin(), program.definitions.size(), kNotYet);
}

Truth Evaluator::truth(std::uint32_t at) {
  const Node& node = nodes_[at];
  switch (node.op) {
    case Op::constant:
      return truth_of(node.number != 0);
    case Op::all:
      return all(node);
    case Op::any:
      return any(node);
    case Op::negate:
      return negation(truth(node.first));
    case Op::definition:
      return definition(node);
    case Op::fact: {
      std::int64_t value = load(node);
      return value == kUnknown ? Truth::unknown : truth_of(value != 0);
    }
    case Op::value_in: {
      std::int64_t value = load(node);
      if (value == kUnknown) return Truth::unknown;
      return truth_of(value >= 0 && value < 63 && (node.number >> value & 1) != 0);
    }
    case Op::holds_any: {
      std::int64_t value = load(node);
      return value == kUnknown ? Truth::unknown : truth_of((value & node.number) != 0);
    }
    case Op::holds_all: {
      std::int64_t value = load(node);
      return value == kUnknown ? Truth::unknown : truth_of((value & node.number) == node.number);
    }
    case Op::set_empty: {
      std::int64_t value = load(node);
      return value == kUnknown ? Truth::unknown : truth_of(value == 0);
    }
    case Op::list_empty:
      return list(node).known ? truth_of(list(node).cells.empty()) : Truth::unknown;
    case Op::compare:
      return compare(node);
    case Op::known:
      return truth_of(load(node) != kUnknown);
    case Op::list_known:
      return truth_of(list(node).known);
    case Op::settled:
      return truth_of(truth(node.first) != Truth::unknown);
    case Op::fixed: {
      Range range = number(node.first);
      return truth_of(range.low == range.high);
    }
    case Op::certainly:
      return truth_of(truth(node.first) == Truth::yes);
    case Op::possibly:
      return truth_of(truth(node.first) != Truth::no);
    case Op::every:
      return every(node);
    case Op::some:
      return some(node);
    case Op::same_area:
      return same(node);
    case Op::within:
      return within_area(load(nodes_[node.first]), node.number);
    default:
      return Truth::unknown;
  }
}

Truth Evaluator::all(const Node& node) {
  const std::uint32_t* part = &program_.parts[node.first];
  Truth result = Truth::yes;
  for (std::uint32_t i = 0; i < node.second; ++i) {
    Truth value = truth(part[i]);
    if (value == Truth::no) return Truth::no;
    if (value == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

Truth Evaluator::any(const Node& node) {
  const std::uint32_t* part = &program_.parts[node.first];
  Truth result = Truth::no;
  for (std::uint32_t i = 0; i < node.second; ++i) {
    Truth value = truth(part[i]);
    if (value == Truth::yes) return Truth::yes;
    if (value == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

Truth Evaluator::definition(const Node& node) {
  std::uint8_t& known = known_truths_[node.first];
  if (known == kNotYet) known = static_cast<std::uint8_t>(truth(program_.definitions[node.first].root));
  return static_cast<Truth>(known);
}

Truth Evaluator::every(const Node& node) {
  const Facts::List& entries = list(node);
  if (!entries.known) return Truth::unknown;
  Truth result = Truth::yes;
  Loop loop(*this, node.aux);
  for (std::size_t at = 0; at < entries.cells.size(); at += static_cast<std::size_t>(node.number)) {
    loop.at(&entries.cells[at]);
    Truth filter = truth(node.first);
    if (filter == Truth::no) continue;
    Truth body = truth(node.second);
    if (body == Truth::yes) continue;
    if (body == Truth::no && filter == Truth::yes) return Truth::no;
    result = Truth::unknown;
  }
  return result;
}

Truth Evaluator::some(const Node& node) {
  const Facts::List& entries = list(node);
  if (!entries.known) return Truth::unknown;
  Truth result = Truth::no;
  Loop loop(*this, node.aux);
  for (std::size_t at = 0; at < entries.cells.size(); at += static_cast<std::size_t>(node.number)) {
    loop.at(&entries.cells[at]);
    Truth filter = truth(node.first);
    if (filter == Truth::no) continue;
    Truth value = conjunction(filter, truth(node.second));
    if (value == Truth::yes) return Truth::yes;
    if (value == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

Truth Evaluator::same(const Node& node) {
  const Node& left = nodes_[node.first];
  Truth by_codes = same_area(load(left), load(nodes_[node.second]), node.aux);
  if (by_codes != Truth::unknown || node.number == 0) return by_codes;
  return lives_in_says(rows_[left.depth - 1][node.number], node.aux);
}

Truth Evaluator::compare(const Node& node) {
  return compared(number(node.first), static_cast<Comparison>(node.aux), number(node.second));
}

Range Evaluator::number(std::uint32_t at) {
  const Node& node = nodes_[at];
  switch (node.op) {
    case Op::number:
      return {node.number, node.number};
    case Op::number_fact: {
      std::int64_t value = load(node);
      return value == kUnknown ? Range{-kInfinite, kInfinite} : Range{value, value};
    }
    case Op::on:
      return {on_.days(), on_.days()};
    case Op::number_definition:
      return number_definition(node);
    case Op::full_years:
    case Op::months_since:
    case Op::days_since:
      return since(node);
    case Op::count:
      return count(node);
    case Op::points:
      return points(node);
    default:
      return arithmetic(node);
  }
}

Range Evaluator::number_definition(const Node& node) {
  const DefinitionCode& code = program_.definitions[node.first];
  if (node.first >= known_numbers_.size()) return number(code.root);
  if (known_truths_[node.first] == kNotYet) {
    known_numbers_[node.first] = number(code.root);
    known_truths_[node.first] = 0;
  }
  return known_numbers_[node.first];
}

Range Evaluator::arithmetic(const Node& node) {
  Range left = number(node.first);
  if (node.op == Op::minus) return {-left.high, -left.low};
  if (node.op == Op::shift_months) return {shift_months(left.low, node.number), shift_months(left.high, node.number)};
  Range right = number(node.second);
  if (node.op == Op::add) return {added(left.low, right.low), added(left.high, right.high)};
  if (node.op == Op::subtract) return {added(left.low, -right.high), added(left.high, -right.low)};
  return product(left, right);
}

Range Evaluator::since(const Node& node) {
  Range day = number(node.first);
  auto one = [&](std::int64_t from) -> std::int64_t {
    if (infinite(from)) return -from;
    if (node.op == Op::days_since) return on_.days() - from;
    if (node.op == Op::full_years) return years_between(civil_of(from), today_);
    return months_between(civil_of(from), today_);
  };
  if (day.low == day.high) {
    std::int64_t value = one(day.low);
    return {value, value};
  }
  return {one(day.high), one(day.low)};
}

Range Evaluator::count(const Node& node) {
  const Facts::List& entries = list(node);
  if (!entries.known) return {0, kInfinite};
  Range result;
  Loop loop(*this, node.aux);
  for (std::size_t at = 0; at < entries.cells.size(); at += static_cast<std::size_t>(node.number)) {
    const std::int64_t* row = &entries.cells[at];
    loop.at(row);
    Truth filter = truth(node.first);
    if (filter == Truth::no) continue;
    if (filter == Truth::yes) ++result.low;
    result.high = row[kStandsForAll] == 1 ? kInfinite : added(result.high, 1);
  }
  return result;
}

Range Evaluator::points(const Node& node) {
  const std::uint32_t* part = &program_.parts[node.first];
  Range sum;
  for (std::uint32_t i = 0; i + 1 < node.second; i += 2) {
    Truth given = truth(part[i]);
    if (given == Truth::no) continue;
    Range value = number(part[i + 1]);
    if (given == Truth::unknown) value = {std::min<std::int64_t>(value.low, 0), std::max<std::int64_t>(value.high, 0)};
    sum = {added(sum.low, value.low), added(sum.high, value.high)};
  }
  return sum;
}

}  // namespace tanfang::schemes
