// Headings as they stand in the sheet: one to three rows, merged or not. Part of finding the layout.
#pragma once

#include <string>
#include <vector>

#include "ledgers/layout.h"

namespace tanfang::ledgers {

/// What stands over one column: the lowest heading and those above it, joined.
struct Heading {
  int column = 0;
  std::string text;
  std::string group;
  int group_origin = -1;  // tells the lowest group over this column from others of the same text
};

/// The headings of the block of `height` rows that ends in rows[last].
std::vector<Heading> read_headings(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges,
                                   std::size_t last, int height);

/// Columns as the headings and the mapping name them. `score` tells how much of a ledger was recognised.
struct Recognised {
  std::vector<Column> columns;
  double score = 0;
  double named = 0;  // the same without what groups are worth
};
Recognised recognise(const std::vector<Heading>& headings, const Words& words, const Mapping& mapping);

}  // namespace tanfang::ledgers
