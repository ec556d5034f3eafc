// The facts that would settle what is unknown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemes/evaluator.h"

namespace tanfang::schemes {

class MissingFacts {
 public:
  explicit MissingFacts(Evaluator& evaluator) : evaluator_(evaluator), program_(evaluator.program()) {}

  /// What would settle a truth. Facts that are only asked not to be known as true are named too.
  void collect(std::uint32_t truth);
  /// Paths in the order of the vocabulary.
  std::vector<std::string> names() const;
  /// Their words, joined.
  Words words() const;
  bool empty() const { return found_.empty(); }

 private:
  struct Found {
    std::uint16_t fact = 0;
    std::uint16_t member = 0;  // 0: the fact itself
    auto operator<=>(const Found&) const = default;
  };
  void add(const Node& node);
  void add_list(const Node& node);
  void add_areas(const Node& node);
  void collect_number(std::uint32_t number);
  void collect_entries(const Node& node, bool with_body);
  std::vector<Found> sorted() const;

  Evaluator& evaluator_;
  const Program& program_;
  std::vector<Found> found_;
  std::vector<std::uint32_t> visited_;
};

/// The list fact that a loop node walks.
std::uint16_t list_fact(const Program& program, const Node& node);

}  // namespace tanfang::schemes
