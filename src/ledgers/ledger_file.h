// A ledger that is open: its table found, its rows read and checked, as often as asked.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ledgers/layout.h"
#include "ledgers/row_check.h"
#include "ledgers/village_finder.h"
#include "platform/excel/table.h"

namespace tanfang::ledgers {

/// How a ledger is read.
struct Reading {
  std::string path;
  std::string area;  // 6, 9 or 12 digits
  Mapping mapping;
  Date today;
  excel::Limits limits{};
};

class LedgerFile {
 public:
  /// Finds the sheet and the headings. Throws Problem. `words` must outlive the file.
  LedgerFile(const Words& words, const registry::AreaIndex& areas, Reading reading);

  const Layout& layout() const { return parts_.front().layout; }
  const std::string& sheet_name(int part = 0) const { return workbook_->sheets()[parts_[part].sheet].name; }
  const std::vector<excel::Merge>& merges() const { return parts_.front().merges; }
  /// Rows above the people of the first sheet read: titles and headings, as they stand.
  const std::vector<excel::Row>& top() const { return parts_.front().top; }
  /// All sheets read, in order; further ones have the columns of the first.
  std::vector<std::string> sheets_read() const;
  /// Visible sheets with people that were not read: their columns are others.
  const std::vector<std::string>& sheets_left() const { return left_; }

  /// Reads from the first row to the last and checks every person's row. With each: the row with merged cells filled.
  void for_each(const std::function<void(CheckedRow&, const excel::Row&)>& visit);

 private:
  class Pass;
  struct Part {
    std::size_t sheet = 0;
    std::vector<excel::Merge> merges;
    std::vector<excel::Row> top;
    Layout layout;
    bool has_people = false;
  };
  Part read_part(std::size_t sheet, const Content& content);
  void choose_sheets();
  void check_columns() const;

  const Words& words_;
  registry::AreaIndex areas_;
  Reading reading_;
  std::unique_ptr<excel::Workbook> workbook_;
  std::vector<Part> parts_;
  std::vector<std::string> left_;
};

}  // namespace tanfang::ledgers
