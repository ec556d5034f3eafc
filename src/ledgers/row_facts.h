// What the cells of one row say, as facts.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledgers/layout.h"
#include "ledgers/mapping.h"
#include "ledgers/words.h"
#include "registry/registry.h"

namespace tanfang::ledgers {

/// What the ledger claims of a person that a scheme decides.
struct Claims {
  std::vector<std::string> categories;      // said to be one of
  std::vector<std::string> not_categories;  // said not to be one of
  std::string tier;                         // or empty
  bool empty() const { return categories.empty() && not_categories.empty() && tier.empty(); }
};

struct RowFacts {
  registry::FactValues facts;
  Claims claims;
  std::vector<int> unreadable;  // columns whose cell could not be read; the fact stays unknown
};

/// What one column's cell says, before the columns of a row are put together.
struct Said {
  enum class Kind : std::uint8_t { nothing, value, unreadable };
  Kind kind = Kind::nothing;
  std::string value;                                // JSON text of a fact, or the word of a table
  std::vector<std::string> values;                  // of a set or a list of words
  int count = -1;                                   // children: how many, -1 unknown
  std::vector<std::pair<int, std::string>> places;  // children: how many (0: not said) live where
  std::string fact{};                               // of a claim: JSON of what its cell says besides
};

/// Reads rows of one layout. Cells of one column repeat, so what a text means is remembered.
class RowFactsReader {
 public:
  /// Throws Problem `mapping.bad_value`.
  RowFactsReader(const Words& words, const Layout& layout, const Mapping& mapping);

  /// `area`: the village's code. `hukou_code(text)` finds the code of a written hukou place or gives "".
  RowFacts read(const excel::Row& row, const std::string& area,
                const std::function<std::string(const std::string&)>& hukou_code);

 private:
  struct Source {
    const Column* column;
    const schemes::FactDeclaration* own;              // for Field::own_fact
    std::unordered_map<std::string, Said> corrected;  // by plain word, from the mapping
    std::unordered_map<std::string, Said> known;
  };
  const Said& said(Source& source, const excel::Cell& cell);

  const Words& words_;
  const Mapping& mapping_;
  std::vector<Source> sources_;
};

}  // namespace tanfang::ledgers
