// The refused rows as the clerk sent them, with the reasons behind, ready to be mended and sent again.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "ledgers/checking.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/row_check.h"
#include "platform/excel/table_writer.h"

namespace tanfang::ledgers {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReasonHeading = "退回原因";

std::string reason_text(const std::vector<std::string>& reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += (text.empty() ? "" : "；") + reason_words(reason).zh;
  return text;
}

/// The column of the reasons: an earlier one that the sheet brings back, or the first free one.
int reason_column(const LedgerFile& file) {
  int last = 0;
  for (const Column& column : file.layout().columns) {
    if (column.heading == kReasonHeading) return column.index;
    last = std::max(last, column.index + 1);
  }
  return last;
}

void put(std::vector<excel::Cell>& cells, int column, excel::CellKind kind, std::string text) {
  cells.resize(std::max(cells.size(), static_cast<std::size_t>(column) + 1));
  cells[static_cast<std::size_t>(column)] = {kind, 0, std::move(text)};
}

/// Titles and headings. Cells merged over several rows keep their text in the first one, which reads the same.
void write_top(excel::TableWriter& writer, const LedgerFile& file, int column) {
  int written = 0;
  for (const excel::Row& row : file.top()) {
    for (; written + 1 < row.number; ++written) writer.skip_row();
    bool heading = row.number >= file.layout().first_heading_row;
    for (const excel::Merge& merge : file.merges()) {
      if (merge.first_row == row.number && merge.last_column > merge.first_column) {
        writer.merge_in_next_row(merge.first_column, merge.last_column);
      }
    }
    std::vector<excel::Cell> cells = row.cells;
    if (row.number == file.layout().heading_row) put(cells, column, excel::CellKind::text, kReasonHeading);
    writer.add_row(cells, heading ? excel::Look::heading : excel::Look::title);
    ++written;
  }
}

/// A file that is there already, perhaps half mended by its clerk, stays beside the new one: `back.1.xlsx`.
void keep_aside(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) == 0) return;
  fs::path whole(path);
  for (int number = 1;; ++number) {
    fs::path aside =
        whole.parent_path() / (whole.stem().string() + "." + std::to_string(number) + whole.extension().string());
    if (fs::exists(aside, error)) continue;
    fs::rename(whole, aside, error);
    if (error) throw problems::refused_path_not_writable();
    return;
  }
}

}  // namespace

void check_refused_path(const std::string& path, const std::string& ledger) {
  std::error_code error;
  if (fs::equivalent(path, ledger, error)) throw problems::refused_path_is_ledger();
  fs::path folder = fs::path(path).parent_path();
  std::string place = folder.empty() ? "." : folder.string();
  if (!fs::is_directory(place, error) || ::access(place.c_str(), W_OK | X_OK) != 0) {
    throw problems::refused_path_not_writable();
  }
}

std::int64_t write_refused_rows(const LedgerImport& order, Date today, const LedgerResult& result,
                                const std::string& path) {
  if (result.refused.empty()) return 0;
  auto areas = registry::AreaIndex::from_csv(order.shipped + "/data/areas.csv", order.area);
  Words words = load_words(order.shipped);
  LedgerFile file(words, areas, {order.path, order.area, result.used, today, {}});
  int column = reason_column(file);
  keep_aside(path);
  excel::TableWriter writer(path, file.sheet_name());
  writer.set_width(column, 40);
  write_top(writer, file, column);
  auto next = result.refused.begin();
  file.for_each([&](CheckedRow& checked, const excel::Row& row) {
    std::pair here(checked.part, checked.number);
    while (next != result.refused.end() && std::pair(next->sheet, next->row) < here) ++next;
    if (next == result.refused.end() || std::pair(next->sheet, next->row) != here) return;
    std::vector<excel::Cell> cells = row.cells;
    put(cells, column, excel::CellKind::text, reason_text(next->reasons));
    writer.add_row(cells);
  });
  writer.close();
  return static_cast<std::int64_t>(result.refused.size());
}

void record_refused_rows(audit::Work& work, const LedgerImport& order, std::int64_t rows) {
  work.record({order.area.substr(0, 6), "refused_rows_written", "ledger", "{\"rows\":" + std::to_string(rows) + "}"});
}

}  // namespace tanfang::ledgers
