// Where the table stands in a sheet: its headings, its columns, the rows that are people.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledgers/fields.h"
#include "ledgers/mapping.h"
#include "ledgers/words.h"
#include "platform/excel/table.h"

namespace tanfang::ledgers {

struct Layout {
  int first_heading_row = 0;
  int heading_row = 0;                          // the lowest one; people stand below
  std::vector<Column> columns;                  // every column that has a heading, left to right
  std::vector<std::map<int, std::string>> top;  // the titles and headings, compact, by column
  bool fill_down = false;                       // empty cells of the village and town columns repeat the cell above

  const Column* find(Field field) const;
  /// Whether another sheet's columns hold the same in the same places.
  bool same_columns(const Layout& other) const;
};

/// What content may tell of a column that its heading does not.
class Content {
 public:
  virtual ~Content() = default;
  /// Whether the text names a village of the area.
  virtual bool is_village(std::string_view text) const = 0;
};

/// Finds the headings among the first rows of a sheet. A heading block is one to three rows; the block that names most
/// fields wins. Throws Problem `ledger.no_heading`, `mapping.unknown_column`.
Layout find_layout(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges, const Words& words,
                   const Mapping& mapping, const Content& content);

/// The text of a cell, or empty.
const std::string& text_at(const excel::Row& row, int column);

}  // namespace tanfang::ledgers
