// The readers behind `open_workbook`. Only table.cpp and tests include this.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/excel/table.h"

namespace tanfang::excel {

std::unique_ptr<Workbook> open_xlsx(const std::string& path, const Limits& limits);
std::unique_ptr<Workbook> open_xls(const std::string& path, const Limits& limits);
/// The tables of a web page; Problem `ledger.not_a_table` where it has none.
std::unique_ptr<Workbook> open_html(const std::string& path, const Limits& limits);
/// SpreadsheetML of Excel 2003 (`<Workbook>` in one XML file).
std::unique_ptr<Workbook> open_spreadsheet_xml(const std::string& path, const Limits& limits);
std::unique_ptr<Workbook> open_csv(const std::string& path, const Limits& limits);

/// Column and row of a reference like `AB12`; the row is 0 where there is none (`AB`). nullopt where it is malformed.
struct Reference {
  int row = 0;
  int column = 0;
};
std::optional<Reference> parse_reference(std::string_view text);

/// `A1:B3`.
std::optional<Merge> parse_merge(std::string_view text);

}  // namespace tanfang::excel
