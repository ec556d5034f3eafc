#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/date.h"
#include "base/text.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"
#include "platform/excel/number_format.h"
#include "platform/excel/xls_child.h"
#include "platform/process/address_sanitizer.h"
#include "platform/process/child_process.h"

namespace tanfang::excel {
namespace {

using process::ChildLimits;
using process::ChildProcess;

constexpr std::uint32_t kLongestText = 1u << 20;

[[noreturn]] void refuse(int exit_code) {
  if (exit_code == XlsExit::is_protected) throw problems::is_protected();
  if (exit_code == XlsExit::not_a_table) throw problems::not_a_table();
  throw problems::malformed("xls");
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

ChildLimits child_limits() {
  ChildLimits limits;
  if (process::kAddressSanitizer) limits.memory = RLIM_INFINITY;
  return limits;
}

/// This program again, told to read `what` of the file.
class XlsChild : public ChildProcess {
 public:
  XlsChild(int file, const std::string& what)
      : ChildProcess({"/proc/self/exe", std::string(kReadXls), what}, file, child_limits()) {}
};

/// The file, held open: its path may be another's by the time a sheet is read.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw problems::unreadable_file();
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

class XlsSheetReader : public SheetReader {
 public:
  XlsSheetReader(const OpenFile& file, std::size_t sheet, const Limits& limits)
      : child_(file.descriptor(), std::to_string(sheet)), limits_(limits) {}

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
      if (!get(child_, position_.column)) refuse(XlsExit::malformed);
      return true;
    }
    ended_ = true;
    int code = child_.wait();
    if (code != XlsExit::done) refuse(code);
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
    if (!whole) refuse(XlsExit::malformed);
    if (cell.text.size() > limits_.cell_bytes) throw problems::too_large("cell");
    if (!is_valid_utf8(cell.text)) refuse(XlsExit::malformed);
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

  XlsChild child_;
  Limits limits_;
  Position position_;
  bool waiting_ = false;
  bool ended_ = false;
};

class XlsWorkbook : public Workbook {
 public:
  XlsWorkbook(const std::string& path, const Limits& limits) : file_(path), limits_(limits) {
    XlsChild child(file_.descriptor(), "sheets");
    std::uint32_t count = 0;
    bool whole = get(child, count);
    for (std::uint32_t i = 0; whole && i < count; ++i) whole = read_sheet(child);
    int code = child.wait();
    if (code != XlsExit::done || !whole) refuse(code);
  }

  const std::vector<Sheet>& sheets() const override { return sheets_; }
  std::unique_ptr<SheetReader> read(std::size_t sheet) override {
    return std::make_unique<XlsSheetReader>(file_, sheet, limits_);
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

  OpenFile file_;
  Limits limits_;
  std::vector<Sheet> sheets_;
  std::vector<std::vector<Merge>> merges_;
};

}  // namespace

std::unique_ptr<Workbook> open_xls(const std::string& path, const Limits& limits) {
  if (!can_read_xls()) throw Failure("this program was not made to read .xls");
  return std::make_unique<XlsWorkbook>(path, limits);
}

}  // namespace tanfang::excel
