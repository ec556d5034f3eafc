#include <algorithm>
#include <charconv>
#include <memory>

#include "base/date.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/number_format.h"
#include "platform/excel/xlsx_parts.h"
#include "platform/excel/xml_reader.h"

namespace tanfang::excel {
namespace {

constexpr int kLastRow = 1'048'576;
constexpr int kLastColumn = 16'384;

/// Turns the XML of one sheet into rows. Finished rows wait in `rows_`, whose buffers are used again.
class SheetHandler : public XmlHandler {
 public:
  SheetHandler(const XlsxBook& book, const SharedStrings& strings, const Limits& limits, std::string part)
      : book_(book), strings_(strings), limits_(limits), part_(std::move(part)) {}

  void start(std::string_view name, const char** attributes) override {
    if (name == "c") {
      start_cell(attributes);
    } else if (name == "v" || name == "t") {
      in_value_ = in_cell_ && in_phonetic_ == 0;
    } else if (name == "row") {
      start_row(attributes);
    } else if (name == "rPh") {
      ++in_phonetic_;
    }
  }

  void end(std::string_view name) override {
    if (name == "c") {
      end_cell();
    } else if (name == "v" || name == "t") {
      in_value_ = false;
    } else if (name == "row") {
      if (last_filled_ > 0) ++count_;
      in_row_ = false;
    } else if (name == "rPh") {
      --in_phonetic_;
    }
  }

  void text(std::string_view characters) override {
    if (!in_value_) return;
    if (value_.size() + characters.size() > limits_.cell_bytes) throw problems::too_large("cell");
    value_ += characters;
  }

  /// Gives the oldest finished row, or false where the next bytes are needed.
  bool take(Row& row) {
    if (taken_ == count_) {
      bool part_done = in_row_ && count_ > 0;
      if (part_done) std::swap(rows_[0], rows_[count_]);
      taken_ = count_ = 0;
      return false;
    }
    std::swap(row, rows_[taken_++]);
    return true;
  }

 private:
  Row& row() { return rows_[count_]; }

  void start_row(const char** attributes) {
    int number = number_ + 1;
    std::string_view written = attribute(attributes, "r");
    if (!written.empty()) {
      auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
      if (error != std::errc() || end != written.data() + written.size()) throw problems::malformed(part_);
    }
    if (in_row_ || number <= number_ || number > kLastRow) throw problems::malformed(part_);
    if (number > limits_.rows) throw problems::too_large("rows");
    number_ = number;
    in_row_ = true;
    last_filled_ = 0;
    column_ = -1;
    if (rows_.size() <= count_) rows_.resize(count_ + 1);
    row().number = number;
    row().cells.clear();
  }

  void start_cell(const char** attributes) {
    if (!in_row_ || in_cell_) throw problems::malformed(part_);
    in_cell_ = true;
    value_.clear();
    type_.clear();
    style_ = 0;
    int column = column_ + 1;
    for (const char** pair = attributes; *pair != nullptr; pair += 2) {
      std::string_view name = pair[0];
      std::string_view value = pair[1];
      if (name == "r") {
        auto reference = parse_reference(value);
        if (!reference) throw problems::malformed(part_);
        column = reference->column;
      } else if (name == "t") {
        type_ = value;
      } else if (name == "s") {
        std::from_chars(value.data(), value.data() + value.size(), style_);
      }
    }
    if (column <= column_) throw problems::malformed(part_);
    column_ = column;
  }

  void end_cell() {
    in_cell_ = false;
    if (value_.empty()) return;
    Cell cell;
    finish(cell);
    if (cell.kind == CellKind::empty) return;
    if (column_ >= limits_.columns) throw problems::too_large("columns");
    auto& cells = row().cells;
    cells.resize(static_cast<std::size_t>(column_) + 1);
    cells.back() = std::move(cell);
    last_filled_ = column_ + 1;
  }

  void finish(Cell& cell) {
    if (type_ == "s") {
      std::size_t index = 0;
      auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (error != std::errc() || index >= strings_.size()) throw problems::malformed(part_);
      cell.text = strings_[index];
      finish_text(cell);
    } else if (type_ == "str" || type_ == "inlineStr") {
      cell.text = value_;
      finish_text(cell);
    } else if (type_ == "b") {
      cell.kind = CellKind::boolean;
      cell.number = value_ == "1" || value_ == "true" ? 1 : 0;
      cell.text = cell.number == 1 ? "TRUE" : "FALSE";
    } else if (type_ == "e") {
      cell.kind = CellKind::error;
      cell.text = value_;
    } else if (type_ == "d") {
      finish_iso_date(cell);
    } else {
      finish_number(cell);
    }
  }

  void finish_text(Cell& cell) {
    decode_escapes(cell.text);
    cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
  }

  void finish_iso_date(Cell& cell) {
    auto date = Date::parse(std::string_view(value_).substr(0, 10));
    cell.kind = date ? CellKind::date : CellKind::text;
    cell.text = date ? date->iso() : value_;
    if (date) cell.number = *date - *date_of_serial(61) + 61;
  }

  void finish_number(Cell& cell) {
    auto number = parse_number(value_);
    if (!number) throw problems::malformed(part_);
    cell.kind = CellKind::number;
    cell.number = *number;
    bool dated =
        style_ >= 0 && static_cast<std::size_t>(style_) < book_.date_styles.size() && book_.date_styles[style_];
    auto date = dated ? date_of_serial(*number, book_.from_1904) : std::nullopt;
    if (date) {
      constexpr int kFrom1904To1900 = 1462;
      cell.kind = CellKind::date;
      cell.text = date->iso();
      if (book_.from_1904) cell.number += kFrom1904To1900;
    } else {
      cell.text = number_text(*number);
    }
  }

  const XlsxBook& book_;
  const SharedStrings& strings_;
  const Limits& limits_;
  std::string part_;
  std::vector<Row> rows_;
  std::size_t count_ = 0;
  std::size_t taken_ = 0;
  std::string value_;
  std::string type_;
  int style_ = 0;
  int number_ = 0;
  int column_ = -1;
  int last_filled_ = 0;
  int in_phonetic_ = 0;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
};

class XlsxSheet : public SheetReader {
 public:
  XlsxSheet(const ZipPackage& package, const XlsxBook& book, const SharedStrings& strings, const Limits& limits,
            const std::string& part)
      : handler_(book, strings, limits, part), reader_(handler_, part), stream_(package.open(part)) {}

  bool next(Row& row) override {
    while (!handler_.take(row)) {
      if (done_) return false;
      std::string_view bytes = stream_->next();
      done_ = bytes.empty();
      reader_.feed(bytes, done_);
    }
    return true;
  }

 private:
  SheetHandler handler_;
  XmlReader reader_;
  std::unique_ptr<PartStream> stream_;
  bool done_ = false;
};

/// Finds the `mergeCell` elements, which stand after all rows, without parsing the rows: `<` cannot stand in a value.
std::vector<Merge> scan_merges(PartStream& stream, const Limits& limits) {
  constexpr std::string_view kElement = "mergeCell ";
  constexpr std::size_t kOverlap = 256;
  constexpr std::size_t kLongestPrefix = 64;
  std::vector<Merge> merges;
  std::string window;
  for (std::string_view bytes = stream.next(); !bytes.empty(); bytes = stream.next()) {
    window += bytes;
    std::size_t done = 0;
    for (std::size_t at = window.find(kElement); at != std::string::npos; at = window.find(kElement, at + 1)) {
      std::size_t close = window.find('>', at);
      if (close == std::string::npos) break;
      done = at + 1;
      std::size_t earliest = at - std::min(at, kLongestPrefix);
      std::string_view before = std::string_view(window).substr(earliest, at - earliest);
      std::size_t open = before.rfind('<');
      if (open == std::string_view::npos || before.find_first_of(" >", open) != std::string_view::npos) continue;
      std::string_view element = std::string_view(window).substr(at, close - at);
      std::size_t from = element.find("ref=");
      if (from == std::string_view::npos || from + 6 > element.size()) continue;
      std::string_view reference = element.substr(from + 5);
      auto merge = parse_merge(reference.substr(0, reference.find(element[from + 4])));
      if (!merge) continue;
      if (merges.size() >= limits.merges) throw problems::too_large("merges");
      merges.push_back(*merge);
    }
    if (window.size() > kOverlap) window.erase(0, std::max(done, window.size() - kOverlap));
  }
  return merges;
}

class XlsxWorkbook : public Workbook {
 public:
  XlsxWorkbook(const std::string& path, const Limits& limits)
      : limits_(limits), package_(path, limits.part_bytes), book_(read_xlsx_book(package_)) {}

  const std::vector<Sheet>& sheets() const override { return book_.sheets; }

  std::unique_ptr<SheetReader> read(std::size_t sheet) override {
    if (!strings_) strings_ = read_shared_strings(package_, book_.strings_part, limits_);
    return std::make_unique<XlsxSheet>(package_, book_, *strings_, limits_, book_.sheet_parts.at(sheet));
  }

  std::vector<Merge> merges(std::size_t sheet) override {
    auto merges = scan_merges(*package_.open(book_.sheet_parts.at(sheet)), limits_);
    std::sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) {
      return std::pair(a.first_row, a.first_column) < std::pair(b.first_row, b.first_column);
    });
    return merges;
  }

 private:
  Limits limits_;
  ZipPackage package_;
  XlsxBook book_;
  std::optional<SharedStrings> strings_;
};

}  // namespace

std::optional<Reference> parse_reference(std::string_view text) {
  Reference reference;
  std::size_t i = 0;
  int column = 0;
  for (; i < text.size() && ((text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= 'a' && text[i] <= 'z')); ++i) {
    column = column * 26 + ((text[i] & 0x1F));
    if (column > kLastColumn) return std::nullopt;
  }
  if (column == 0) return std::nullopt;
  reference.column = column - 1;
  if (i == text.size()) return reference;
  auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), reference.row);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (reference.row < 1 || reference.row > kLastRow) return std::nullopt;
  return reference;
}

std::optional<Merge> parse_merge(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto first = parse_reference(text.substr(0, colon));
  auto last = parse_reference(text.substr(colon + 1));
  if (!first || !last || first->row == 0 || last->row < first->row || last->column < first->column) return std::nullopt;
  return Merge{first->row, last->row, first->column, last->column};
}

std::unique_ptr<Workbook> open_xlsx(const std::string& path, const Limits& limits) {
  return std::make_unique<XlsxWorkbook>(path, limits);
}

}  // namespace tanfang::excel
