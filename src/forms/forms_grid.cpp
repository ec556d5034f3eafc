#include "forms/forms_grid.h"

#include <map>

namespace tanfang::forms {

void check_grid(const Form& form, const Section& section, Mistakes& mistakes) {
  int columns = form.grid_columns - (section.side ? kSideColumns : 0);
  for (const Block& block : form.blocks) {
    if (block.code == section.block && !block.side.empty()) columns -= kSideColumns;
  }
  std::map<int, int> filled;
  for (const Field& field : section.fields) {
    if (!field.cell) continue;
    for (int row = field.cell->row; row < field.cell->row + field.cell->height; ++row) {
      filled[row] += field.cell->label + field.cell->width;
    }
  }
  int expected_row = 1;
  for (const auto& [row, count] : filled) {
    if (row != expected_row++) {
      mistakes.error(section.line, "网格缺第 " + std::to_string(row - 1) + " 行",
                     "row " + std::to_string(row - 1) + " of the grid is missing");
      return;
    }
    if (count == columns) continue;
    std::string zh = "网格第 " + std::to_string(row) + " 行占 " + std::to_string(count) + " 列，应为 ";
    std::string en = "row " + std::to_string(row) + " of the grid takes " + std::to_string(count) + " columns, not ";
    mistakes.error(section.line, zh + std::to_string(columns) + " 列", en + std::to_string(columns));
  }
}

}  // namespace tanfang::forms
