// The encrypted columns of all rooms, for key rotation. A room that adds one adds it here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.h"

namespace tanfang::app {

/// One column whose values a FieldCipher sealed with the context `<name>:<row as text>`.
struct EncryptedColumn {
  std::string_view name;  // table.column, as in the context
  /// Rows after ($1 county, $2 row, $3 position), at most $4: county, row, position, value.
  std::string_view select;
  /// Puts $4 in the place of $5 at (county, row, position).
  std::string_view update;
  /// Values taken at once.
  std::int64_t batch = 1000;
};

std::span<const EncryptedColumn> encrypted_columns();

/// Where a row stands; `row` is what the context names, `position` tells several of one row apart.
struct Cell {
  std::string county;
  std::int64_t row = 0;
  std::int64_t position = 0;
  std::string value;
};

/// The next cells with a value after `after`.
std::vector<Cell> next_cells(db::Session& session, const EncryptedColumn& column, const Cell& after,
                             std::int64_t limit);
/// Puts `fresh[i]` in the place of `cells[i].value`, unless that was changed in the meantime.
void replace_cells(db::Session& session, const EncryptedColumn& column, std::span<const Cell> cells,
                   std::span<const std::string> fresh);

}  // namespace tanfang::app
