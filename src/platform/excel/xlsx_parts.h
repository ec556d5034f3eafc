// The small parts of an .xlsx package: its sheets, the formats that show dates, the shared strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/excel/table.h"
#include "platform/excel/zip_package.h"

namespace tanfang::excel {

struct XlsxBook {
  std::vector<Sheet> sheets;
  std::vector<std::string> sheet_parts;  // the part of each sheet
  std::string strings_part;              // empty where the book has none
  bool from_1904 = false;
  std::vector<bool> date_styles;  // by the index that a cell's `s` names
};

/// Reads the workbook, its relations and its styles. Throws Problem.
XlsxBook read_xlsx_book(const ZipPackage& package);

/// All shared strings, one after another in one piece of memory.
class SharedStrings {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const {
    std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }
  std::string text_;
  std::vector<std::size_t> ends_;
};

/// Throws Problem `ledger.too_large` beyond `limits`.
SharedStrings read_shared_strings(const ZipPackage& package, const std::string& part, const Limits& limits);

/// `_x000D_` and the like, which stand for characters that XML cannot hold.
void decode_escapes(std::string& text);

}  // namespace tanfang::excel
