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

/// 同上: as in the row above.
bool is_ditto(const std::string& text) {
  constexpr std::size_t kLongest = 12;  // bytes
  if (text.size() > kLongest) return false;
  std::string plain = compact(text);
  for (std::string_view ditto : {"同上", "上同", "〃", "″", "〞", "\"", "''", "”", "“", "同上行", "..", "……"}) {
    if (plain == ditto) return true;
  }
  return false;
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
  Pass(LedgerFile& file, const Part& part, int number, std::unordered_set<std::uint64_t>& taken)
      : file_(file),
        part_(part),
        part_number_(number),
        taken_(taken),
        villages_(file.areas_, file.reading_.area),
        checker_(file.words_, part.layout, file.reading_.mapping, villages_, file.reading_.today),
        number_(part.layout.find(Field::citizen_number)) {
    for (const excel::Merge& merge : part.merges) {
      if (merge.last_row > merge.first_row && merge.first_row > part.layout.heading_row) tall_merges_.push_back(&merge);
    }
    for (const Column& column : part.layout.columns) {
      bool village_or_town = column.field == Field::residence_area || column.field == Field::town;
      bool repeated = village_or_town || column.field == Field::area_path;
      if (repeated) filled_.push_back({column.index, part.layout.fill_down && village_or_town, {}});
    }
    sections_ = part.layout.find(Field::residence_area) == nullptr && part.layout.find(Field::area_path) == nullptr;
    if (sections_) read_titles();
  }

  void run(const std::function<void(CheckedRow&, const excel::Row&)>& visit) {
    auto reader = file_.workbook_->read(part_.sheet);
    excel::Row row;
    while (reader->next(row)) {
      if (row.number <= part_.layout.heading_row) continue;
      bool continues = fill_merged(row);
      if (continues || checker_.is_nobody(row)) {
        if (sections_ && !continues) take_section(row);
        continue;
      }
      fill_down(row);
      CheckedRow checked = checker_.check(row, section_);
      checked.part = part_number_;
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
    auto found = std::find_if(part_.layout.columns.begin(), part_.layout.columns.end(),
                              [&](const Column& column) { return column.index == index; });
    return found == part_.layout.columns.end() ? nullptr : &*found;
  }

  void fill_down(excel::Row& row) {
    for (Filled& filled : filled_) {
      std::size_t column = static_cast<std::size_t>(filled.column);
      const std::string& text = text_at(row, filled.column);
      bool empty = text.empty() || trimmed(text).empty();
      if (!empty && !is_ditto(text)) {
        if (filled.last.text != text) filled.last = row.cells[column];
      } else if (filled.last.kind != excel::CellKind::empty && (!empty || filled.when_empty)) {
        if (column >= row.cells.size()) row.cells.resize(column + 1);
        row.cells[column] = filled.last;
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
    if (std::string named = villages_.section_named(only); !named.empty()) section_ = named;
  }

  /// Where no column names the village the title may: 西关村花名册, 填报单位：齐都镇西关村, or the sheet's name.
  void read_titles() {
    for (const excel::Row& row : part_.top) {
      if (row.number >= part_.layout.heading_row) break;
      for (const excel::Cell& cell : row.cells) {
        if (section_.empty() && !cell.text.empty()) section_ = villages_.village_of_title(cell.text);
      }
    }
    const std::string& sheet = file_.workbook_->sheets()[part_.sheet].name;
    if (section_.empty() && !sheet.empty()) section_ = villages_.village_of_title(sheet);
  }

  struct Open {
    const excel::Merge* merge;
    excel::Cell cell;
  };

  struct Filled {
    int column;
    bool when_empty;
    excel::Cell last;
  };

  LedgerFile& file_;
  const Part& part_;
  int part_number_;
  std::unordered_set<std::uint64_t>& taken_;
  VillageFinder villages_;
  RowChecker checker_;
  const Column* number_;
  std::vector<const excel::Merge*> tall_merges_;  // by first row
  std::size_t next_merge_ = 0;
  std::vector<Open> open_;
  std::vector<Filled> filled_;
  bool sections_ = false;
  std::string section_;
};

LedgerFile::LedgerFile(const Words& words, const registry::AreaIndex& areas, Reading reading)
    : words_(words), areas_(areas), reading_(std::move(reading)) {
  workbook_ = excel::open_workbook(reading_.path, reading_.limits);
  choose_sheets();
  check_columns();
}

LedgerFile::Part LedgerFile::read_part(std::size_t sheet, const Content& content) {
  std::vector<excel::Row> rows;
  excel::Row row;
  auto reader = workbook_->read(sheet);
  while (rows.size() < kBuffered && reader->next(row)) rows.push_back(row);
  Part part;
  part.sheet = sheet;
  part.merges = workbook_->merges(sheet);
  part.layout = find_layout(rows, part.merges, words_, reading_.mapping, content);
  const Column* number = part.layout.find(Field::citizen_number);
  for (excel::Row& one : rows) {
    constexpr std::size_t kFewestDigits = 15;
    bool above = one.number <= part.layout.heading_row;
    if (!above && number != nullptr && digits_in(text_at(one, number->index)) >= kFewestDigits) part.has_people = true;
    if (above) part.top.push_back(std::move(one));
  }
  return part;
}

/// The first visible sheet with people, and with it those that have its columns: a county keeps a sheet for each
/// village.
void LedgerFile::choose_sheets() {
  VillageFinder finder(areas_, reading_.area);
  VillageContent content(finder);
  bool named = !reading_.mapping.sheet.empty();
  std::size_t first = excel::choose_sheet(*workbook_, reading_.mapping.sheet);
  std::optional<Problem> refusal;
  for (std::size_t i = first; i < workbook_->sheets().size() && (i == first || !named); ++i) {
    if (!workbook_->sheets()[i].visible && i != first) continue;
    try {
      Part part = read_part(i, content);
      if (parts_.empty() || (part.has_people && !parts_.front().has_people)) {
        parts_.clear();
        parts_.push_back(std::move(part));
      } else if (part.has_people && part.layout.same_columns(parts_.front().layout)) {
        parts_.push_back(std::move(part));
      } else if (part.has_people) {
        left_.push_back(workbook_->sheets()[i].name);
      }
    } catch (const Problem& problem) {
      // A sheet of explanations may stand before or behind the table.
      bool no_table = problem.code == "ledger.no_heading" || problem.code == "mapping.unknown_column";
      if (!no_table || named) throw;
      if (!refusal) refusal = problem;
    }
  }
  if (parts_.empty()) throw *refusal;
}

std::vector<std::string> LedgerFile::sheets_read() const {
  std::vector<std::string> names;
  for (const Part& part : parts_) names.push_back(workbook_->sheets()[part.sheet].name);
  return names;
}

void LedgerFile::check_columns() const {
  if (layout().find(Field::citizen_number) == nullptr) throw problems::column_missing("身份证号", "citizen number");
  if (layout().find(Field::name) == nullptr) throw problems::column_missing("姓名", "name");
}

void LedgerFile::for_each(const std::function<void(CheckedRow&, const excel::Row&)>& visit) {
  std::unordered_set<std::uint64_t> taken;
  for (std::size_t i = 0; i < parts_.size(); ++i) Pass(*this, parts_[i], static_cast<int>(i), taken).run(visit);
}

}  // namespace tanfang::ledgers
