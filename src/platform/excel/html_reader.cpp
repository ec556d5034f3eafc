// Tables of a web page: what many systems export under the name `.xls`. All tables of the page are one sheet, row after
// row, so that a title in a table of its own stands above the rows; a table inside a cell begins rows of its own.
#include <algorithm>

#include "base/text.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/html_tokens.h"

namespace tanfang::excel {
namespace {

/// Runs of white space as one blank; line breaks that were asked for stay.
std::string plain(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool space = c == ' ' || c == '\t' || c == '\r' || c == '\f';
    if (space && (out.empty() || out.back() == ' ' || out.back() == '\n')) continue;
    if (c == '\n') {
      while (!out.empty() && out.back() == ' ') out.pop_back();
    }
    out += space ? ' ' : c;
  }
  return trimmed(out);
}

class HtmlSheet : public SheetReader {
 public:
  HtmlSheet(const std::string& path, Encoding encoding, const Limits& limits)
      : tokens_(path, encoding, limits), limits_(limits) {}

  bool next(Row& row) override {
    while (read_row()) {
      while (!cells_.empty() && cells_.back().kind == CellKind::empty) cells_.pop_back();
      if (cells_.empty()) continue;
      row.number = number_;
      row.cells = cells_;
      return true;
    }
    return false;
  }

  /// Of the rows read so far.
  const std::vector<Merge>& merges() const { return merges_; }

 private:
  /// One `<tr>`, ended by its end tag, the next one or the table's end. False where there is none.
  bool read_row() {
    cells_.clear();
    if (!in_row_) {
      do {
        if (!tokens_.next(token_)) return false;
        note_table();
      } while (!is_start("tr"));
    }
    in_row_ = false;
    if (++number_ > limits_.rows) throw problems::too_large("rows");
    for (int& left : spanned_) left = std::max(0, left - 1);
    column_ = 0;
    while (tokens_.next(token_)) {
      if (is_start("tr")) {
        in_row_ = true;
        break;
      }
      if (is_end("tr") || is_end("table")) break;
      if (is_start("table")) {
        note_table();
        break;
      }
      if (is_start("td") || is_start("th")) begin_cell();
      if (is_end("td") || is_end("th")) in_cell_ = false;
      if (in_cell_) add_text();
    }
    end_cell();
    return true;
  }

  bool is_start(std::string_view name) const { return token_.kind == HtmlToken::Kind::start && token_.name == name; }
  bool is_end(std::string_view name) const { return token_.kind == HtmlToken::Kind::end && token_.name == name; }

  /// What spans rows ends with its table.
  void note_table() {
    if (is_start("table") || is_end("table")) spanned_.clear();
  }

  void begin_cell() {
    end_cell();
    while (column_ < static_cast<int>(spanned_.size()) && spanned_[static_cast<std::size_t>(column_)] > 0) ++column_;
    int columns = token_.number("colspan", limits_.columns);
    int rows = token_.number("rowspan", limits_.rows);
    if (column_ + columns > limits_.columns) throw problems::too_large("columns");
    if (columns > 1 || rows > 1) {
      if (merges_.size() >= limits_.merges) throw problems::too_large("merges");
      int last_row = rows > limits_.rows - number_ ? limits_.rows : number_ + rows - 1;
      merges_.push_back({number_, last_row, column_, column_ + columns - 1});
    }
    auto end = static_cast<std::size_t>(column_ + columns);
    if (spanned_.size() < end) spanned_.resize(end, 0);
    std::fill(spanned_.begin() + column_, spanned_.begin() + column_ + columns, rows);
    cells_.resize(static_cast<std::size_t>(column_) + 1);
    column_ += columns;
    in_cell_ = true;
    begun_ = true;
    text_.clear();
    token_.text.clear();
  }

  void add_text() {
    bool breaks = token_.kind == HtmlToken::Kind::start &&
                  (token_.name == "br" || token_.name == "p" || token_.name == "div" || token_.name == "li");
    if (breaks && !text_.empty()) text_ += '\n';
    if (token_.kind != HtmlToken::Kind::text) return;
    if (text_.size() + token_.text.size() > limits_.cell_bytes) throw problems::too_large("cell");
    // A line end of the page's own text is a blank.
    std::replace(token_.text.begin(), token_.text.end(), '\n', ' ');
    text_ += token_.text;
  }

  void end_cell() {
    in_cell_ = false;
    if (!begun_) return;
    begun_ = false;
    Cell& cell = cells_.back();
    cell.text = plain(text_);
    cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
  }

  HtmlTokens tokens_;
  Limits limits_;
  HtmlToken token_;
  std::vector<Cell> cells_;
  std::vector<Merge> merges_;
  std::vector<int> spanned_;  // for each column: how many rows, this one included, its last cell still covers
  std::string text_;
  int number_ = 0;
  int column_ = 0;
  bool in_row_ = false;  // the next row's `<tr>` was read
  bool in_cell_ = false;
  bool begun_ = false;  // a cell whose text is not stored yet
};

class HtmlWorkbook : public Workbook {
 public:
  HtmlWorkbook(const std::string& path, const Limits& limits)
      : path_(path), limits_(limits), encoding_(detect_encoding(path)) {}
  const std::vector<Sheet>& sheets() const override { return sheets_; }
  std::unique_ptr<SheetReader> read(std::size_t) override {
    return std::make_unique<HtmlSheet>(path_, encoding_, limits_);
  }
  std::vector<Merge> merges(std::size_t) override {
    HtmlSheet sheet(path_, encoding_, limits_);
    Row row;
    while (sheet.next(row)) {
    }
    return sheet.merges();
  }

 private:
  std::string path_;
  Limits limits_;
  Encoding encoding_;
  std::vector<Sheet> sheets_ = {Sheet{}};
};

}  // namespace

std::unique_ptr<Workbook> open_html(const std::string& path, const Limits& limits) {
  auto workbook = std::make_unique<HtmlWorkbook>(path, limits);
  Row row;
  if (!workbook->read(0)->next(row)) throw problems::web_page();
  return workbook;
}

}  // namespace tanfang::excel
