// What libfreexl does not tell of an .xls file: which sheets are hidden and which cells are merged. A small reader of
// the compound file and the BIFF8 records, on bytes in memory, bounds checked throughout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/excel/table.h"

namespace tanfang::excel {

enum class CompoundKind { workbook, encrypted, something_else };

struct XlsSheet {
  bool visible = true;
  std::vector<Merge> merges;
};

struct XlsContainer {
  CompoundKind kind = CompoundKind::something_else;
  std::vector<XlsSheet> sheets;  // in the order of the book
};

/// nullopt where the compound file is damaged.
std::optional<XlsContainer> read_xls_container(std::string_view bytes, const Limits& limits);

}  // namespace tanfang::excel
