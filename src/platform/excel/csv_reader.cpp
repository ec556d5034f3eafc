#include <algorithm>
#include <array>

#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/text_decoder.h"

namespace tanfang::excel {
namespace {

/// The delimiter that stands most often outside quotes at the beginning of the text.
char detect_delimiter(std::string_view text) {
  constexpr std::array<char, 4> kDelimiters = {',', '\t', ';', '|'};
  std::array<int, 4> counts{};
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += c == kDelimiters[i];
  }
  return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// `="510521…"`, by which programs keep spreadsheets from taking digits for a number.
void strip_formula_quotes(std::string& text) {
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) text = text.substr(2, text.size() - 3);
}

class CsvSheet : public SheetReader {
 public:
  CsvSheet(const std::string& path, Encoding encoding, const Limits& limits)
      : decoder_(path, encoding), limits_(limits) {
    text_ = decoder_.next();
    delimiter_ = detect_delimiter(text_);
  }

  bool next(Row& row) override {
    row.cells.clear();
    while (read_record(row)) {
      while (!row.cells.empty() && row.cells.back().kind == CellKind::empty) row.cells.pop_back();
      if (!row.cells.empty()) return true;
    }
    return false;
  }

 private:
  static constexpr int kEnd = -1;

  int peek() {
    if (at_ == text_.size()) {
      text_ = decoder_.next();
      at_ = 0;
      if (text_.empty()) return kEnd;
    }
    return static_cast<unsigned char>(text_[at_]);
  }

  bool read_record(Row& row) {
    row.cells.clear();
    if (peek() == kEnd) return false;
    row.number = ++number_;
    if (number_ > limits_.rows) throw problems::too_large("rows");
    while (true) {
      read_field();
      add_cell(row);
      int c = peek();
      if (c == kEnd) return true;
      ++at_;
      if (c == delimiter_) continue;
      if (c == '\r' && peek() == '\n') ++at_;
      return true;
    }
  }

  bool ends_field(int c) const { return c == kEnd || c == delimiter_ || c == '\n' || c == '\r'; }

  /// Leaves the reader at the delimiter, line end or end of text behind the field.
  void read_field() {
    field_.clear();
    if (peek() == '"') {
      ++at_;
      read_quoted();
    }
    for (int c = peek(); !ends_field(c); c = peek()) append(static_cast<char>(c));
  }

  void read_quoted() {
    while (true) {
      int c = peek();
      if (c == kEnd) throw problems::malformed("row " + std::to_string(number_));
      if (c != '"') {
        append(static_cast<char>(c));
        continue;
      }
      ++at_;
      if (peek() != '"') return;
      append('"');
    }
  }

  void append(char c) {
    if (field_.size() >= limits_.cell_bytes) throw problems::too_large("cell");
    field_ += c;
    ++at_;
  }

  void add_cell(Row& row) {
    strip_formula_quotes(field_);
    if (static_cast<int>(row.cells.size()) >= limits_.columns) {
      if (!field_.empty()) throw problems::too_large("columns");
      return;
    }
    Cell& cell = row.cells.emplace_back();
    if (field_.empty()) return;
    cell.kind = CellKind::text;
    cell.text = field_;
  }

  TextDecoder decoder_;
  Limits limits_;
  std::string_view text_;
  std::size_t at_ = 0;
  char delimiter_ = ',';
  std::string field_;
  int number_ = 0;
};

class CsvWorkbook : public Workbook {
 public:
  CsvWorkbook(const std::string& path, const Limits& limits)
      : path_(path), limits_(limits), encoding_(detect_encoding(path)) {}
  const std::vector<Sheet>& sheets() const override { return sheets_; }
  std::unique_ptr<SheetReader> read(std::size_t) override {
    return std::make_unique<CsvSheet>(path_, encoding_, limits_);
  }
  std::vector<Merge> merges(std::size_t) override { return {}; }

 private:
  std::string path_;
  Limits limits_;
  Encoding encoding_;
  std::vector<Sheet> sheets_ = {Sheet{}};
};

}  // namespace

std::unique_ptr<Workbook> open_csv(const std::string& path, const Limits& limits) {
  return std::make_unique<CsvWorkbook>(path, limits);
}

}  // namespace tanfang::excel
