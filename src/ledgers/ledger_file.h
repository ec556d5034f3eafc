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

  const Layout& layout() const { return layout_; }
  const std::string& sheet_name() const { return workbook_->sheets()[sheet_].name; }
  const std::vector<excel::Merge>& merges() const { return merges_; }
  /// Rows above the people: titles and headings, as they stand.
  const std::vector<excel::Row>& top() const { return top_; }

  /// Reads from the first row to the last and checks every person's row. With each: the row with merged cells filled.
  void for_each(const std::function<void(CheckedRow&, const excel::Row&)>& visit);

 private:
  class Pass;
  void choose_sheet(const Words& words, const registry::AreaIndex& areas);
  void check_columns() const;

  const Words& words_;
  registry::AreaIndex areas_;
  Reading reading_;
  std::unique_ptr<excel::Workbook> workbook_;
  std::size_t sheet_ = 0;
  std::vector<excel::Merge> merges_;
  std::vector<excel::Row> top_;
  Layout layout_;
};

}  // namespace tanfang::ledgers
