// Values of facts, checked against the schemes' vocabulary and brought into normal form, each spelling once.
#pragma once

#include <memory>
#include <string>

#include "registry/known_facts.h"
#include "schemes/schemes.h"

namespace tanfang::registry {

class FactBook {
 public:
  explicit FactBook(const schemes::Vocabulary& vocabulary);
  ~FactBook();

  /// The values in normal form, by name, later ones of a name winning. Throws Problem with the vocabulary's codes
  /// (`fact.unknown`, `fact.type`, `fact.value`, …, `json.malformed`); `path` stands before the fact's own. birth_date,
  /// sex and residence_area belong to the file itself and are refused: `fact.identity`.
  FactValues normal(const FactValues& said, const std::string& path);
  /// Sets all known facts into the emptied `facts`.
  void fill(const KnownFacts& known, schemes::Facts& facts);

 private:
  struct Shelf;
  std::unique_ptr<Shelf> shelf_;
};

}  // namespace tanfang::registry
