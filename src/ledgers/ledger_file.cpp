#include "ledgers/ledger_file.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kBuffered = 260;  // rows looked at for headings and content

struct VillageContent : Content {
  explicit VillageContent(const VillageFinder& finder) : finder(finder) {}
  bool is_village(std::string_view text) const override { return finder.is_village(text); }
  const VillageFinder& finder;
};

bool is_place(Field field) {
  return field == Field::residence_area || field == Field::town || field == Field::area_path ||
         field == Field::county || field == Field::address || field == Field::residence_area_code;
}

/// A citizen number as a number: 17 digits and the check character.
std::uint64_t packed(const std::string& number) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 17; ++i) value = value * 10 + static_cast<std::uint64_t>(number[i] - '0');
  return value * 11 + (number[17] == 'X' ? 10 : static_cast<std::uint64_t>(number[17] - '0'));
}

}  // namespace

/// One reading of all rows.
class LedgerFile::Pass {
 public:
  explicit Pass(LedgerFile& file)
      : file_(file),
        villages_(file.areas_, file.reading_.area),
        checker_(file.words_, file.layout_, file.reading_.mapping, villages_, file.reading_.today),
        number_(file.layout_.find(Field::citizen_number)) {
    for (const excel::Merge& merge : file.merges_) {
      if (merge.last_row > merge.first_row && merge.first_row > file.layout_.heading_row)
        tall_merges_.push_back(&merge);
    }
    for (const Column& column : file.layout_.columns) {
      bool village_or_town = column.field == Field::residence_area || column.field == Field::town;
      if (file.layout_.fill_down && village_or_town) filled_[column.index] = {};
    }
    sections_ = file.layout_.find(Field::residence_area) == nullptr && file.layout_.find(Field::area_path) == nullptr;
  }

  void run(const std::function<void(CheckedRow&, const excel::Row&)>& visit) {
    auto reader = file_.workbook_->read(file_.sheet_);
    excel::Row row;
    while (reader->next(row)) {
      if (row.number <= file_.layout_.heading_row) continue;
      bool continues = fill_merged(row);
      if (continues || checker_.is_nobody(row)) {
        if (sections_ && !continues) take_section(row);
        continue;
      }
      fill_down(row);
      CheckedRow checked = checker_.check(row, section_);
      if (checked.has_number && checked.reasons.empty() &&
          !taken_.insert(packed(checked.person.citizen_number)).second) {
        checked.reasons.emplace_back("duplicate.in_file");
      }
      visit(checked, row);
    }
  }

 private:
  /// Gives the cells of a block of rows the text of its first one. True for a further row of a person whose citizen
  /// number stands in such a block.
  bool fill_merged(excel::Row& row) {
    while (next_merge_ < tall_merges_.size() && tall_merges_[next_merge_]->first_row <= row.number) {
      open_.push_back({tall_merges_[next_merge_++], {}});
    }
    std::erase_if(open_, [&](const Open& open) { return open.merge->last_row < row.number; });
    bool continues = false;
    for (Open& open : open_) {
      std::size_t column = static_cast<std::size_t>(open.merge->first_column);
      if (row.number == open.merge->first_row) {
        if (column < row.cells.size()) open.cell = row.cells[column];
        continue;
      }
      if (number_ != nullptr && number_->index == open.merge->first_column) continues = true;
      const Column* known = column_at(open.merge->first_column);
      if (known == nullptr || !is_place(known->field)) continue;
      if (column >= row.cells.size()) row.cells.resize(column + 1);
      if (row.cells[column].kind == excel::CellKind::empty) row.cells[column] = open.cell;
    }
    return continues;
  }

  const Column* column_at(int index) const {
    auto found = std::find_if(file_.layout_.columns.begin(), file_.layout_.columns.end(),
                              [&](const Column& column) { return column.index == index; });
    return found == file_.layout_.columns.end() ? nullptr : &*found;
  }

  void fill_down(excel::Row& row) {
    for (auto& [index, last] : filled_) {
      std::size_t column = static_cast<std::size_t>(index);
      if (!trimmed(text_at(row, index)).empty()) {
        last = row.cells[column];
      } else if (last.kind != excel::CellKind::empty) {
        if (column >= row.cells.size()) row.cells.resize(column + 1);
        row.cells[column] = last;
      }
    }
  }

  /// A row with nothing but a village's name heads the people below it: 西关村（12人）.
  void take_section(const excel::Row& row) {
    std::string only;
    for (const excel::Cell& cell : row.cells) {
      std::string text = compact(cell.text);
      if (text.empty() || text == only) continue;
      if (!only.empty()) return;
      only = text;
    }
    only = only.substr(0, only.find_first_of("(:["));
    if (only.ends_with("：")) only.erase(only.size() - std::string_view("：").size());
    if (!only.empty() && villages_.is_village(only)) section_ = only;
  }

  struct Open {
    const excel::Merge* merge;
    excel::Cell cell;
  };

  LedgerFile& file_;
  VillageFinder villages_;
  RowChecker checker_;
  const Column* number_;
  std::vector<const excel::Merge*> tall_merges_;  // by first row
  std::size_t next_merge_ = 0;
  std::vector<Open> open_;
  std::unordered_map<int, excel::Cell> filled_;
  bool sections_ = false;
  std::string section_;
  std::unordered_set<std::uint64_t> taken_;
};

LedgerFile::LedgerFile(const Words& words, const registry::AreaIndex& areas, Reading reading)
    : words_(words), areas_(areas), reading_(std::move(reading)) {
  workbook_ = excel::open_workbook(reading_.path, reading_.limits);
  choose_sheet(words, areas);
  check_columns();
}

void LedgerFile::choose_sheet(const Words& words, const registry::AreaIndex& areas) {
  VillageFinder finder(areas, reading_.area);
  VillageContent content(finder);
  std::size_t first = excel::choose_sheet(*workbook_, reading_.mapping.sheet);
  std::optional<Problem> refusal;
  for (std::size_t i = first; i < workbook_->sheets().size(); ++i) {
    if (!workbook_->sheets()[i].visible && i != first) continue;
    std::vector<excel::Row> rows;
    excel::Row row;
    auto reader = workbook_->read(i);
    while (rows.size() < kBuffered && reader->next(row)) rows.push_back(row);
    try {
      merges_ = workbook_->merges(i);
      layout_ = find_layout(rows, merges_, words, reading_.mapping, content);
    } catch (const Problem& problem) {
      // A sheet of explanations may stand before the table.
      if (problem.code != "ledger.no_heading" || !reading_.mapping.sheet.empty()) throw;
      if (!refusal) refusal = problem;
      continue;
    }
    sheet_ = i;
    for (excel::Row& one : rows) {
      if (one.number <= layout_.heading_row) top_.push_back(std::move(one));
    }
    return;
  }
  throw *refusal;
}

void LedgerFile::check_columns() const {
  if (layout_.find(Field::citizen_number) == nullptr) throw problems::column_missing("身份证号", "citizen number");
  if (layout_.find(Field::name) == nullptr) throw problems::column_missing("姓名", "name");
}

void LedgerFile::for_each(const std::function<void(CheckedRow&, const excel::Row&)>& visit) { Pass(*this).run(visit); }

}  // namespace tanfang::ledgers
