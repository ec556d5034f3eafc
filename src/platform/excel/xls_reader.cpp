#include <freexl.h>

#include <algorithm>
#include <cstring>

#include "base/date.h"
#include "base/text.h"
#include "platform/excel/child_process.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/number_format.h"
#include "platform/excel/xls_container.h"
#include "platform/files/files.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kChildMemory = 2048ull << 20;
constexpr int kChildSeconds = 60;
constexpr std::uint32_t kLongestText = 1u << 20;

/// How the child ends.
enum Exit : int { kDone = 0, kMalformed = 10, kProtected = 11, kNotATable = 12 };

[[noreturn]] void refuse(int exit_code) {
  if (exit_code == kProtected) throw problems::is_protected();
  if (exit_code == kNotATable) throw problems::not_a_table();
  throw problems::malformed("xls");
}

template <typename T>
void put(ChildOutput& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.write({bytes, sizeof value});
}

void put_text(ChildOutput& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.write(text);
}

template <typename T>
bool get(ChildProcess& child, T& value) {
  char bytes[sizeof value];
  if (!child.read(bytes, sizeof bytes)) return false;
  std::memcpy(&value, bytes, sizeof value);
  return true;
}

bool get_text(ChildProcess& child, std::string& text) {
  std::uint32_t size = 0;
  if (!get(child, size) || size > kLongestText) return false;
  text.resize(size);
  return child.read(text.data(), size);
}

// ---- in the child ----

int list_sheets(ChildOutput& out, const std::string& path, const Limits& limits) {
  auto container = read_xls_container(files::read_whole(path, limits.file_bytes), limits);
  if (!container) return kMalformed;
  if (container->kind == CompoundKind::encrypted) return kProtected;
  if (container->kind != CompoundKind::workbook) return kNotATable;
  const void* handle = nullptr;
  if (freexl_open_info(path.c_str(), &handle) != FREEXL_OK) return kMalformed;
  unsigned int password = 0;
  freexl_get_info(handle, FREEXL_BIFF_PASSWORD, &password);
  if (password == FREEXL_BIFF_OBFUSCATED) return kProtected;
  unsigned int count = 0;
  if (freexl_get_info(handle, FREEXL_BIFF_SHEET_COUNT, &count) != FREEXL_OK) return kMalformed;
  container->sheets.resize(count);
  put(out, static_cast<std::uint32_t>(count));
  for (unsigned int i = 0; i < count; ++i) {
    const char* name = nullptr;
    if (freexl_get_worksheet_name(handle, static_cast<unsigned short>(i), &name) != FREEXL_OK) return kMalformed;
    put_text(out, name != nullptr ? name : "");
    put(out, static_cast<std::uint8_t>(container->sheets[i].visible));
    put(out, static_cast<std::uint32_t>(container->sheets[i].merges.size()));
    for (const Merge& merge : container->sheets[i].merges) put(out, merge);
  }
  return kDone;
}

void put_cell(ChildOutput& out, const FreeXL_CellValue& value) {
  switch (value.type) {
    case FREEXL_CELL_INT:
      put(out, CellKind::number);
      put(out, static_cast<double>(value.value.int_value));
      break;
    case FREEXL_CELL_DOUBLE:
      put(out, CellKind::number);
      put(out, value.value.double_value);
      break;
    default: {
      bool dated = value.type == FREEXL_CELL_DATE || value.type == FREEXL_CELL_DATETIME;
      put(out, dated ? CellKind::date : CellKind::text);
      put_text(out, value.value.text_value != nullptr ? value.value.text_value : "");
    }
  }
}

int read_cells(ChildOutput& out, const std::string& path, std::size_t sheet) {
  const void* handle = nullptr;
  if (freexl_open(path.c_str(), &handle) != FREEXL_OK) return kMalformed;
  unsigned int rows = 0;
  unsigned short columns = 0;
  if (freexl_select_active_worksheet(handle, static_cast<unsigned short>(sheet)) != FREEXL_OK) return kMalformed;
  if (freexl_worksheet_dimensions(handle, &rows, &columns) != FREEXL_OK) return kMalformed;
  for (unsigned int row = 0; row < rows; ++row) {
    for (unsigned short column = 0; column < columns; ++column) {
      FreeXL_CellValue value{};
      if (freexl_get_cell_value(handle, row, column, &value) != FREEXL_OK) return kMalformed;
      if (value.type == FREEXL_CELL_NULL) continue;
      put(out, static_cast<std::uint32_t>(row));
      put(out, static_cast<std::uint16_t>(column));
      put_cell(out, value);
    }
  }
  return kDone;
}

// ---- in the parent ----

class XlsSheetReader : public SheetReader {
 public:
  XlsSheetReader(const std::string& path, std::size_t sheet, const Limits& limits)
      : child_([&](ChildOutput& out) { return read_cells(out, path, sheet); }, kChildMemory, kChildSeconds),
        limits_(limits) {}

  bool next(Row& row) override {
    row.cells.clear();
    while (waiting_ || read_position()) {
      waiting_ = true;
      int number = static_cast<int>(std::min<std::uint32_t>(position_.row, 1u << 20)) + 1;
      if (!row.cells.empty() && number != row.number) return true;
      row.number = number;
      waiting_ = false;
      Cell cell = read_cell();
      if (number > limits_.rows) throw problems::too_large("rows");
      if (cell.kind == CellKind::empty) continue;
      if (position_.column >= limits_.columns) throw problems::too_large("columns");
      if (position_.column < row.cells.size()) throw problems::malformed("xls");
      row.cells.resize(position_.column + std::size_t{1});
      row.cells.back() = std::move(cell);
    }
    return !row.cells.empty();
  }

 private:
  struct Position {
    std::uint32_t row = 0;
    std::uint16_t column = 0;
  };

  bool read_position() {
    if (ended_) return false;
    if (get(child_, position_.row)) {
      if (!get(child_, position_.column)) refuse(kMalformed);
      return true;
    }
    ended_ = true;
    int code = child_.wait();
    if (code != kDone) refuse(code);
    return false;
  }

  Cell read_cell() {
    Cell cell;
    bool whole = get(child_, cell.kind) && cell.kind <= CellKind::error;
    if (whole && cell.kind == CellKind::number) {
      whole = get(child_, cell.number);
      cell.text = number_text(cell.number);
    } else if (whole) {
      whole = get_text(child_, cell.text);
    }
    if (!whole) refuse(kMalformed);
    if (cell.text.size() > limits_.cell_bytes) throw problems::too_large("cell");
    if (!is_valid_utf8(cell.text)) refuse(kMalformed);
    if (cell.kind == CellKind::date) finish_date(cell);
    if (cell.text.empty()) cell.kind = CellKind::empty;
    return cell;
  }

  static void finish_date(Cell& cell) {
    auto date = Date::parse(std::string_view(cell.text).substr(0, 10));
    cell.kind = date ? CellKind::date : CellKind::text;
    if (!date) return;
    cell.text = date->iso();
    cell.number = *date - *date_of_serial(61) + 61;
  }

  ChildProcess child_;
  Limits limits_;
  Position position_;
  bool waiting_ = false;
  bool ended_ = false;
};

class XlsWorkbook : public Workbook {
 public:
  XlsWorkbook(const std::string& path, const Limits& limits) : path_(path), limits_(limits) {
    ChildProcess child([&](ChildOutput& out) { return list_sheets(out, path, limits); }, kChildMemory, kChildSeconds);
    std::uint32_t count = 0;
    bool whole = get(child, count);
    for (std::uint32_t i = 0; whole && i < count; ++i) whole = read_sheet(child);
    int code = child.wait();
    if (code != kDone || !whole) refuse(code);
  }

  const std::vector<Sheet>& sheets() const override { return sheets_; }
  std::unique_ptr<SheetReader> read(std::size_t sheet) override {
    return std::make_unique<XlsSheetReader>(path_, sheet, limits_);
  }
  std::vector<Merge> merges(std::size_t sheet) override { return merges_.at(sheet); }

 private:
  bool read_sheet(ChildProcess& child) {
    Sheet sheet;
    std::uint8_t visible = 0;
    std::uint32_t count = 0;
    if (!get_text(child, sheet.name) || !get(child, visible) || !get(child, count)) return false;
    if (!is_valid_utf8(sheet.name) || count > limits_.merges) return false;
    sheet.visible = visible != 0;
    std::vector<Merge> merges(count);
    for (Merge& merge : merges) {
      if (!get(child, merge)) return false;
    }
    sheets_.push_back(std::move(sheet));
    merges_.push_back(std::move(merges));
    return true;
  }

  std::string path_;
  Limits limits_;
  std::vector<Sheet> sheets_;
  std::vector<std::vector<Merge>> merges_;
};

}  // namespace

std::unique_ptr<Workbook> open_xls(const std::string& path, const Limits& limits) {
  return std::make_unique<XlsWorkbook>(path, limits);
}

}  // namespace tanfang::excel
