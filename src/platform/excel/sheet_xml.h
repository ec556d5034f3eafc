// The parts of a workbook of one sheet as ECMA-376 has them. Inside the folder only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/excel/table.h"

namespace tanfang::excel {

/// The style of a cell, by its place among `kStyles`.
enum class CellStyle { none, text, heading, title, date };

/// How the whole sheet looks.
struct SheetLook {
  std::string name;
  std::vector<double> widths;  // characters, by column; 0: the usual
  bool paged = false;          // A4, as wide as a page, page numbers below
  bool landscape = false;
  int heading_rows = 0;  // stay in view, and stand again on every page
  std::vector<Merge> merges;
  int filter_row = -1;  // from 0; -1: nothing to filter by
  int filter_columns = 0;
  int rows = 0;
};

/// By name, all parts but the sheet.
std::vector<std::pair<std::string, std::string>> parts_beside_sheet(const SheetLook& look);
inline constexpr std::string_view kSheetPart = "xl/worksheets/sheet1.xml";
/// What stands before the rows, and behind them.
std::string head_of_sheet(const SheetLook& look);
std::string tail_of_sheet(const SheetLook& look);

/// Cells of a row, counted from 0.
void open_row(std::string& out, int row);
void add_number(std::string& out, int row, std::size_t column, double number, CellStyle style);
void add_text(std::string& out, int row, std::size_t column, std::string_view text, CellStyle style);
void add_blank(std::string& out, int row, std::size_t column, CellStyle style);
void close_row(std::string& out);

}  // namespace tanfang::excel
