#include "platform/excel/table_writer.h"

#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/problem.h"
#include "platform/excel/number_format.h"

namespace tanfang::excel {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Failure("cannot write the table " + path + ": " + why);
}

constexpr std::uint8_t kA4 = 9;  // as ECMA-376 numbers paper

lxw_col_t to_column(std::size_t column) { return static_cast<lxw_col_t>(column); }

}  // namespace

/// The new book is written into a folder of its own that only the owner may enter, beside the goal, and renamed.
struct TableWriter::Book {
  std::string folder;
  std::string part;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* plain = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* title = nullptr;
  lxw_format* date = nullptr;

  ~Book() {
    if (book != nullptr) workbook_close(book);
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
  }

  lxw_format* of(Look look) const { return look == Look::title ? title : look == Look::heading ? heading : plain; }
};

TableWriter::TableWriter(const std::string& path, const std::string& sheet_name)
    : book_(std::make_unique<Book>()), path_(path) {
  std::string pattern = path + ".XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) fail(path, std::strerror(errno));
  book_->folder = pattern;
  book_->part = pattern + "/table.xlsx";
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = book_->folder.data();
  book_->book = workbook_new_opt(book_->part.c_str(), &options);
  if (book_->book == nullptr) fail(path, "out of memory");
  book_->sheet = workbook_add_worksheet(book_->book, sheet_name.empty() ? nullptr : sheet_name.c_str());
  if (book_->sheet == nullptr) book_->sheet = workbook_add_worksheet(book_->book, nullptr);
  if (book_->sheet == nullptr) fail(path, "no sheet");
  book_->plain = workbook_add_format(book_->book);
  book_->heading = workbook_add_format(book_->book);
  book_->title = workbook_add_format(book_->book);
  book_->date = workbook_add_format(book_->book);
  format_set_num_format(book_->plain, "@");
  format_set_num_format(book_->date, "yyyy-mm-dd");
  format_set_bold(book_->heading);
  format_set_text_wrap(book_->heading);
  format_set_align(book_->heading, LXW_ALIGN_CENTER);
  format_set_align(book_->heading, LXW_ALIGN_VERTICAL_CENTER);
  format_set_border(book_->heading, LXW_BORDER_THIN);
  format_set_bg_color(book_->heading, 0xE8EEF4);
  format_set_bold(book_->title);
  format_set_font_size(book_->title, 14);
  format_set_align(book_->title, LXW_ALIGN_CENTER);
}

TableWriter::~TableWriter() = default;

void TableWriter::set_width(int column, double characters) {
  worksheet_set_column(book_->sheet, to_column(column), to_column(column), characters, nullptr);
}

void TableWriter::set_page(bool landscape, int heading_rows) {
  lxw_worksheet* sheet = book_->sheet;
  if (landscape) worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
  auto rows = static_cast<lxw_row_t>(heading_rows);
  if (heading_rows == 0) return;
  worksheet_freeze_panes(sheet, rows, 0);
  worksheet_repeat_rows(sheet, 0, rows - 1);
}

void TableWriter::filter_from_last_row(int columns) {
  filter_row_ = row_ - 1;
  filter_columns_ = columns;
}

void TableWriter::merge_in_next_row(int first_column, int last_column) {
  merges_.push_back({row_, row_, first_column, last_column});
}

void TableWriter::add_row(const std::vector<Cell>& cells, Look look) {
  lxw_worksheet* sheet = book_->sheet;
  lxw_format* format = book_->of(look);
  auto row = static_cast<lxw_row_t>(row_);
  for (const Merge& merge : merges_) {
    worksheet_merge_range(sheet, row, to_column(merge.first_column), row, to_column(merge.last_column), "", format);
  }
  for (std::size_t column = 0; column < cells.size(); ++column) {
    const Cell& cell = cells[column];
    if (cell.kind == CellKind::empty) continue;
    lxw_error error = LXW_NO_ERROR;
    if (cell.kind == CellKind::number) {
      error =
          worksheet_write_number(sheet, row, to_column(column), cell.number, look == Look::plain ? nullptr : format);
    } else if (cell.kind == CellKind::date) {
      error = worksheet_write_number(sheet, row, to_column(column), cell.number, book_->date);
    } else {
      error = worksheet_write_string(sheet, row, to_column(column), cell.text.c_str(), format);
    }
    if (error != LXW_NO_ERROR) fail(path_, lxw_strerror(error));
  }
  merges_.clear();
  ++row_;
}

void TableWriter::close() {
  if (filter_row_ >= 0 && filter_columns_ > 0) {
    worksheet_autofilter(book_->sheet, static_cast<lxw_row_t>(filter_row_), 0, static_cast<lxw_row_t>(row_ - 1),
                         static_cast<lxw_col_t>(filter_columns_ - 1));
  }
  lxw_error error = workbook_close(std::exchange(book_->book, nullptr));
  if (error != LXW_NO_ERROR) fail(path_, lxw_strerror(error));
  if (::chmod(book_->part.c_str(), 0600) != 0) fail(path_, std::strerror(errno));
  if (::rename(book_->part.c_str(), path_.c_str()) != 0) fail(path_, std::strerror(errno));
}

}  // namespace tanfang::excel
