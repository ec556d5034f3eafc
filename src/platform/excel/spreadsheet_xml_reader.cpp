// SpreadsheetML of Excel 2003: one XML file with all sheets, often under the name `.xls`.
#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/number_format.h"
#include "platform/excel/text_decoder.h"
#include "platform/excel/xml_reader.h"

namespace tanfang::excel {
namespace {

constexpr const char* kPart = "SpreadsheetML";

/// An attribute of the spreadsheet's namespace, whatever prefix it has; empty where it is absent.
std::string_view value_of(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    std::string_view key = attributes[0];
    if (std::size_t colon = key.rfind(':'); colon != std::string_view::npos) key.remove_prefix(colon + 1);
    if (key == name) return attributes[1];
  }
  return {};
}

/// A whole number of 0 or more; `otherwise` where it is absent.
int number_of(const char** attributes, std::string_view name, int otherwise) {
  std::string_view text = value_of(attributes, name);
  if (text.empty()) return otherwise;
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) throw problems::malformed(kPart);
  return number;
}

/// Sheets with their merges, and the rows of the sheet asked for.
class BookHandler : public XmlHandler {
 public:
  /// `wanted`: the sheet whose rows are kept, or -1.
  BookHandler(int wanted, const Limits& limits) : wanted_(wanted), limits_(limits) {}

  std::vector<Sheet> sheets;
  std::vector<std::vector<Merge>> merges;

  /// Moves the next finished row out; false where there is none yet.
  bool take(Row& row) {
    if (taken_ == rows_.size()) {
      rows_.clear();
      taken_ = 0;
      return false;
    }
    std::swap(row, rows_[taken_++]);
    return true;
  }

  void start(std::string_view name, const char** attributes) override {
    if (name == "Worksheet") {
      sheets.push_back({std::string(value_of(attributes, "Name")), true});
      merges.emplace_back();
      row_.number = 0;
    } else if (name == "Row" && !sheets.empty()) {
      begin_row(attributes);
    } else if (name == "Cell" && in_row_) {
      begin_cell(attributes);
    } else if (name == "Comment") {
      ++in_comment_;
    } else if (name == "Data" && in_cell_ && in_comment_ == 0) {
      type_ = value_of(attributes, "Type");
      in_data_ = true;
    } else if (name == "Visible") {
      in_visible_ = true;
      value_.clear();
    }
  }

  void end(std::string_view name) override {
    if (name == "Row" && in_row_) {
      end_row();
    } else if (name == "Cell" && in_cell_) {
      end_cell();
    } else if (name == "Comment" && in_comment_ > 0) {
      --in_comment_;
    } else if (name == "Data") {
      in_data_ = false;
    } else if (name == "Visible") {
      if (in_visible_ && !sheets.empty()) sheets.back().visible = value_ == "SheetVisible";
      in_visible_ = false;
    }
  }

  void text(std::string_view characters) override {
    if (!in_data_ && !in_visible_) return;
    if (value_.size() + characters.size() > limits_.cell_bytes) throw problems::too_large("cell");
    value_ += characters;
  }

 private:
  void begin_row(const char** attributes) {
    int number = number_of(attributes, "Index", row_.number + 1);
    if (number <= row_.number) throw problems::malformed(kPart);
    if (number > limits_.rows) throw problems::too_large("rows");
    row_.number = number;
    span_ = number_of(attributes, "Span", 0);
    if (span_ > limits_.rows - number) throw problems::malformed(kPart);
    row_.cells.clear();
    column_ = 0;
    in_row_ = true;
  }

  void begin_cell(const char** attributes) {
    int column = number_of(attributes, "Index", column_ + 1) - 1;
    if (column < column_) throw problems::malformed(kPart);
    int across = number_of(attributes, "MergeAcross", 0);
    int down = number_of(attributes, "MergeDown", 0);
    if (column >= limits_.columns || across >= limits_.columns - column) throw problems::too_large("columns");
    if (down > limits_.rows - row_.number) throw problems::malformed(kPart);
    if (across > 0 || down > 0) {
      if (merges.back().size() >= limits_.merges) throw problems::too_large("merges");
      merges.back().push_back({row_.number, row_.number + down, column, column + across});
    }
    at_ = column;
    column_ = column + across + 1;
    in_cell_ = true;
    value_.clear();
    type_.clear();
  }

  void end_cell() {
    in_cell_ = false;
    if (value_.empty() || static_cast<int>(sheets.size()) - 1 != wanted_) return;
    row_.cells.resize(static_cast<std::size_t>(at_) + 1);
    fill(row_.cells.back());
  }

  void fill(Cell& cell) {
    cell.kind = CellKind::text;
    cell.text = value_;
    if (type_ == "Number") {
      auto number = parse_number(value_);
      if (!number) throw problems::malformed(kPart);
      cell.kind = CellKind::number;
      cell.number = *number;
      cell.text = number_text(*number);
    } else if (type_ == "DateTime") {
      auto date = Date::parse(std::string_view(value_).substr(0, 10));
      if (!date) return;
      cell.kind = CellKind::date;
      cell.text = date->iso();
      cell.number = *date - *date_of_serial(61) + 61;
    } else if (type_ == "Boolean") {
      cell.kind = CellKind::boolean;
      cell.number = value_ == "1";
      cell.text = cell.number != 0 ? "TRUE" : "FALSE";
    } else if (type_ == "Error") {
      cell.kind = CellKind::error;
    }
  }

  void end_row() {
    in_row_ = false;
    if (!row_.cells.empty()) rows_.push_back(row_);
    row_.number += span_;
  }

  int wanted_;
  Limits limits_;
  std::vector<Row> rows_;
  std::size_t taken_ = 0;
  Row row_;
  std::string type_;
  std::string value_;
  int span_ = 0;  // empty rows that the row stands for beside itself
  int column_ = 0;
  int at_ = 0;
  int in_comment_ = 0;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_data_ = false;
  bool in_visible_ = false;
};

class XmlSheet : public SheetReader {
 public:
  XmlSheet(const std::string& path, Encoding encoding, int wanted, const Limits& limits)
      : decoder_(path, encoding), handler_(wanted, limits), reader_(handler_, kPart, "UTF-8") {}

  bool next(Row& row) override {
    while (!handler_.take(row)) {
      if (done_) return false;
      std::string_view text = decoder_.next();
      done_ = text.empty();
      reader_.feed(text, done_);
    }
    return true;
  }
  BookHandler& book() { return handler_; }

 private:
  TextDecoder decoder_;
  BookHandler handler_;
  XmlReader reader_;
  bool done_ = false;
};

class XmlWorkbook : public Workbook {
 public:
  XmlWorkbook(const std::string& path, const Limits& limits)
      : path_(path), limits_(limits), encoding_(detect_encoding(path)) {
    XmlSheet all(path_, encoding_, -1, limits_);
    Row row;
    while (all.next(row)) {
    }
    sheets_ = std::move(all.book().sheets);
    merges_ = std::move(all.book().merges);
    if (sheets_.empty()) throw problems::web_page();
  }
  const std::vector<Sheet>& sheets() const override { return sheets_; }
  std::unique_ptr<SheetReader> read(std::size_t sheet) override {
    return std::make_unique<XmlSheet>(path_, encoding_, static_cast<int>(sheet), limits_);
  }
  std::vector<Merge> merges(std::size_t sheet) override { return merges_.at(sheet); }

 private:
  std::string path_;
  Limits limits_;
  Encoding encoding_;
  std::vector<Sheet> sheets_;
  std::vector<std::vector<Merge>> merges_;
};

}  // namespace

std::unique_ptr<Workbook> open_spreadsheet_xml(const std::string& path, const Limits& limits) {
  return std::make_unique<XmlWorkbook>(path, limits);
}

}  // namespace tanfang::excel
