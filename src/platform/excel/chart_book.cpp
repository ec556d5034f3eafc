#include "platform/excel/chart_book.h"

#include <sys/stat.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/date.h"
#include "base/problem.h"

namespace tanfang::excel {
namespace {

constexpr std::uint8_t kA4 = 9;
constexpr lxw_col_t kWide = 8;        // columns that a paragraph stretches over
constexpr lxw_row_t kChartRows = 16;  // that a chart covers
constexpr std::size_t kLineLetters = 46;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Failure("cannot write the book " + path + ": " + why);
}

}  // namespace

struct ChartBook::Book {
  std::string path;
  std::string folder;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string sheet_name;
  lxw_row_t row = 0;
  // Of the table that was added last: where its headings stand and how many rows it has.
  lxw_row_t table_row = 0;
  lxw_row_t table_rows = 0;
  lxw_format* title = nullptr;
  lxw_format* paragraph = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* text = nullptr;
  lxw_format* count = nullptr;
  lxw_format* rate = nullptr;

  ~Book() {
    if (book != nullptr) workbook_close(book);
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
  }

  lxw_format* format(const char* number) const {
    lxw_format* made = workbook_add_format(book);
    format_set_border(made, LXW_BORDER_THIN);
    if (number != nullptr) format_set_num_format(made, number);
    return made;
  }

  void make_formats() {
    title = workbook_add_format(book);
    format_set_bold(title);
    format_set_font_size(title, 16);
    format_set_align(title, LXW_ALIGN_CENTER);
    paragraph = workbook_add_format(book);
    format_set_text_wrap(paragraph);
    format_set_align(paragraph, LXW_ALIGN_VERTICAL_TOP);
    heading = format(nullptr);
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_align(heading, LXW_ALIGN_CENTER);
    format_set_bg_color(heading, 0xE8EEF4);
    text = format("@");
    count = format("#,##0");
    rate = format("0.0%");
  }

  void write(lxw_col_t column, const Value& value) const {
    if (value.kind == Value::Kind::count || value.kind == Value::Kind::rate) {
      worksheet_write_number(sheet, row, column, value.number, value.kind == Value::Kind::rate ? rate : count);
    } else {
      worksheet_write_string(sheet, row, column, value.kind == Value::Kind::none ? "—" : value.text.c_str(), text);
    }
  }
};

ChartBook::ChartBook(const std::string& path, const std::string& made_on) : book_(std::make_unique<Book>()) {
  book_->path = path;
  std::string pattern = path + ".XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) fail(path, std::strerror(errno));
  book_->folder = pattern;
  book_->book = workbook_new((pattern + "/book.xlsx").c_str());
  if (book_->book == nullptr) fail(path, "out of memory");
  lxw_doc_properties properties{};
  if (auto day = Date::parse(made_on)) properties.created = static_cast<std::time_t>(day->days()) * 86400;
  workbook_set_properties(book_->book, &properties);
  book_->make_formats();
}

ChartBook::~ChartBook() = default;

void ChartBook::add_sheet(const std::string& name) {
  book_->sheet = workbook_add_worksheet(book_->book, name.c_str());
  if (book_->sheet == nullptr) fail(book_->path, "no sheet " + name);
  book_->sheet_name = name;
  book_->row = 0;
  worksheet_set_paper(book_->sheet, kA4);
  worksheet_fit_to_pages(book_->sheet, 1, 0);
  worksheet_set_footer(book_->sheet, "&C第 &P 页，共 &N 页");
  worksheet_set_column(book_->sheet, 0, 0, 20, nullptr);
  worksheet_set_column(book_->sheet, 1, kWide, 11, nullptr);
}

void ChartBook::add_title(const std::string& text) {
  worksheet_merge_range(book_->sheet, book_->row, 0, book_->row, kWide, text.c_str(), book_->title);
  book_->row += 2;
}

void ChartBook::add_paragraph(const std::string& text) {
  worksheet_merge_range(book_->sheet, book_->row, 0, book_->row, kWide, text.c_str(), book_->paragraph);
  // Merged cells do not grow by themselves: three bytes a letter.
  double lines = 1 + static_cast<double>(text.size() / 3 / kLineLetters);
  worksheet_set_row(book_->sheet, book_->row, 16 * lines, nullptr);
  ++book_->row;
}

void ChartBook::add_table(const std::string& title, const std::vector<std::string>& headings,
                          const std::vector<std::vector<Value>>& rows) {
  ++book_->row;
  worksheet_write_string(book_->sheet, book_->row++, 0, title.c_str(), nullptr);
  book_->table_row = book_->row;
  book_->table_rows = static_cast<lxw_row_t>(rows.size());
  for (std::size_t i = 0; i < headings.size(); ++i) {
    worksheet_write_string(book_->sheet, book_->row, static_cast<lxw_col_t>(i), headings[i].c_str(), book_->heading);
  }
  ++book_->row;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) book_->write(static_cast<lxw_col_t>(i), row[i]);
    ++book_->row;
  }
}

void ChartBook::add_chart(const ChartOrder& order) {
  if (book_->table_rows == 0) return;
  lxw_chart* chart = workbook_add_chart(book_->book, order.line ? LXW_CHART_LINE : LXW_CHART_COLUMN);
  if (chart == nullptr) fail(book_->path, "no chart");
  const char* sheet = book_->sheet_name.c_str();
  lxw_row_t first = book_->table_row + 1;
  lxw_row_t last = book_->table_row + book_->table_rows;
  for (int column : order.columns) {
    auto place = static_cast<lxw_col_t>(column);
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, sheet, first, 0, last, 0);
    chart_series_set_values(series, sheet, first, place, last, place);
    chart_series_set_name_range(series, sheet, book_->table_row, place);
  }
  chart_title_set_name(chart, order.title.c_str());
  chart_legend_set_position(chart, order.columns.size() > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
  ++book_->row;
  worksheet_insert_chart(book_->sheet, book_->row, 0, chart);
  book_->row += kChartRows;
}

void ChartBook::close() {
  lxw_error error = workbook_close(std::exchange(book_->book, nullptr));
  if (error != LXW_NO_ERROR) fail(book_->path, lxw_strerror(error));
  std::string part = book_->folder + "/book.xlsx";
  if (::chmod(part.c_str(), 0600) != 0 || ::rename(part.c_str(), book_->path.c_str()) != 0) {
    fail(book_->path, std::strerror(errno));
  }
}

}  // namespace tanfang::excel
