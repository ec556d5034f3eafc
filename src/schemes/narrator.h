// Says in words why a rule came out as it did, and what a rule asks.
#pragma once

#include <string>
#include <vector>

#include "schemes/evaluator.h"

namespace tanfang::schemes {

class Narrator {
 public:
  explicit Narrator(Evaluator& evaluator) : evaluator_(evaluator), program_(evaluator.program()) {}

  /// The facts that made a truth what it is (yes or no), each a phrase.
  std::vector<Words> because(std::uint32_t truth);
  /// What a rule asks, without values.
  Words describe(std::uint32_t node);

 private:
  void tell(std::uint32_t truth, int depth, std::vector<Words>& out);
  void tell_parts(const Node& node, Truth value, int depth, std::vector<Words>& out);
  void tell_definition(const Node& node, int depth, std::vector<Words>& out);
  Words atom(std::uint32_t at, Truth value);
  Words loop(const Node& node, Truth value);
  Words set_value(const Node& node, Truth value);
  Words comparison(const Node& node, Truth value);

  // narrator_words.cpp
  Words number_words(std::uint32_t number, bool with_value);
  Words describe_parts(const Node& node);
  Words describe_loop(const Node& node);
  Words area_words(const Node& node, bool holds);
  Words values_words(const Node& node);
  const FactDeclaration& declaration(const Node& node) const;
  std::string value_text(const Node& node, std::int64_t value, bool english) const;

  Evaluator& evaluator_;
  const Program& program_;
};

/// Phrases joined to one.
Words joined(const std::vector<Words>& phrases, std::string_view zh, std::string_view en);

}  // namespace tanfang::schemes
