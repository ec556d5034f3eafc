// A scheme's rules, compiled: an array of small nodes over numbered facts. compiler.cpp makes it, evaluator.cpp runs
// it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemes/facts.h"

namespace tanfang::schemes {

enum class Op : std::uint8_t {
  // Give a truth.
  constant,    // number: 0, 1
  all,         // parts[first … first+second)
  any,         //
  negate,      // first
  definition,  // first: definition
  fact,        // a boolean fact
  value_in,    // a choice or integer fact; number: bits of the values
  holds_any,   // a set fact; number: bits
  holds_all,   //
  set_empty,   // a set fact
  list_empty,  // slot: list
  compare,     // first, second: numbers; aux: Comparison
  known,       // a fact
  list_known,  // slot: list
  settled,     // first: a truth; whether it is not unknown
  fixed,       // first: a number; whether it is one number
  certainly,   // first
  possibly,    // first
  every,       // slot: list, aux: depth, first: filter, second: body, number: row width
  some,        //
  same_area,   // first, second: area facts; aux: digits; number: cell of lives_in, 0 for none (of first's row)
  within,      // first: area fact; number: packed area
  // Give a number, as a range.
  number,             // number
  number_fact,        // an integer, choice or date fact
  on,                 // the day of evaluation
  number_definition,  // first: definition
  add,                // first, second
  subtract,           //
  multiply,           //
  minus,              // first
  full_years,         // first: a date
  months_since,       //
  days_since,         //
  shift_months,       // first: a date; number: months
  count,              // slot: list, aux: depth, first: filter, number: row width
  points,             // parts: pairs of truth and number
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

/// `depth` 0: `slot` is the place of a fact in the vocabulary; otherwise a cell of the entry that the loop of that
/// depth stands at, `first` being the list fact's place.
struct Node {
  Op op = Op::constant;
  std::uint8_t depth = 0;
  std::uint16_t slot = 0;
  std::uint8_t aux = 0;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::int64_t number = 0;
};

inline constexpr std::uint8_t kDeepestLoop = 3;
inline constexpr std::size_t kMostDefinitions = 255;

/// A named rule or number that other rules use; computed once a person.
struct DefinitionCode {
  std::string id;
  Words words;
  Words unit;  // 岁, 分
  std::string cite;
  std::uint32_t root = 0;
  bool is_number = false;
};

/// One way of choosing the methods: the first whose condition is true counts.
struct MethodCode {
  std::uint32_t when = 0;
  MethodSet methods;
  std::string mark;
  std::string cite;
};

struct OwedCode {
  std::uint32_t when = 0;
  std::vector<MethodCode> methods;
};

/// Words for a rule's parts, kept beside the nodes they belong to: the name of a member definition at its use.
struct NodeLabel {
  std::uint32_t node = 0;
  Words words;
};

struct Program {
  std::vector<Node> nodes;
  std::vector<std::uint32_t> parts;
  std::vector<DefinitionCode> definitions;
  std::vector<NodeLabel> labels;      // ordered by node
  std::uint32_t eligible = 0;         // the condition beside the categories
  std::uint32_t eligible_person = 0;  // with the categories
  std::string eligible_cite;
  std::vector<std::uint32_t> categories;
  std::vector<std::uint32_t> tiers;
  std::vector<std::vector<OwedCode>> owed;  // for each tier
  int willing = -1;                         // place of the fact
  std::shared_ptr<const Vocabulary> vocabulary;

  const Words* label_of(std::uint32_t node) const;
};

}  // namespace tanfang::schemes
