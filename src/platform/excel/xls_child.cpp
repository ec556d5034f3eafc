// What reads an `.xls` with libfreexl, in a process of its own, and tells it to the parent on standard output.
#include <freexl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "platform/excel/xls_child.h"
#include "platform/excel/xls_container.h"
#include "platform/files/files.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kBuffer = 64 << 10;
constexpr int kThrew = 99;
const char* const kInput = "/proc/self/fd/3";

/// Ends the process where the parent has gone.
class ChildOutput {
 public:
  void write(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBuffer) flush();
  }
  void flush() {
    std::string_view left = buffer_;
    while (!left.empty()) {
      ssize_t count = ::write(STDOUT_FILENO, left.data(), left.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) ::_exit(1);
      left.remove_prefix(static_cast<std::size_t>(count));
    }
    buffer_.clear();
  }

 private:
  std::string buffer_;
};

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

int list_sheets(ChildOutput& out) {
  Limits limits;
  auto container = read_xls_container(files::read_whole(kInput, limits.file_bytes), limits);
  if (!container) return XlsExit::malformed;
  if (container->kind == CompoundKind::encrypted) return XlsExit::is_protected;
  if (container->kind != CompoundKind::workbook) return XlsExit::not_a_table;
  const void* handle = nullptr;
  if (freexl_open_info(kInput, &handle) != FREEXL_OK) return XlsExit::malformed;
  unsigned int password = 0;
  freexl_get_info(handle, FREEXL_BIFF_PASSWORD, &password);
  if (password == FREEXL_BIFF_OBFUSCATED) return XlsExit::is_protected;
  unsigned int count = 0;
  if (freexl_get_info(handle, FREEXL_BIFF_SHEET_COUNT, &count) != FREEXL_OK) return XlsExit::malformed;
  container->sheets.resize(count);
  put(out, static_cast<std::uint32_t>(count));
  for (unsigned int i = 0; i < count; ++i) {
    const char* name = nullptr;
    if (freexl_get_worksheet_name(handle, static_cast<unsigned short>(i), &name) != FREEXL_OK)
      return XlsExit::malformed;
    put_text(out, name != nullptr ? name : "");
    put(out, static_cast<std::uint8_t>(container->sheets[i].visible));
    put(out, static_cast<std::uint32_t>(container->sheets[i].merges.size()));
    for (const Merge& merge : container->sheets[i].merges) put(out, merge);
  }
  return XlsExit::done;
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

int read_cells(ChildOutput& out, std::size_t sheet) {
  const void* handle = nullptr;
  if (freexl_open(kInput, &handle) != FREEXL_OK) return XlsExit::malformed;
  unsigned int rows = 0;
  unsigned short columns = 0;
  if (freexl_select_active_worksheet(handle, static_cast<unsigned short>(sheet)) != FREEXL_OK)
    return XlsExit::malformed;
  if (freexl_worksheet_dimensions(handle, &rows, &columns) != FREEXL_OK) return XlsExit::malformed;
  for (unsigned int row = 0; row < rows; ++row) {
    for (unsigned short column = 0; column < columns; ++column) {
      FreeXL_CellValue value{};
      if (freexl_get_cell_value(handle, row, column, &value) != FREEXL_OK) return XlsExit::malformed;
      if (value.type == FREEXL_CELL_NULL) continue;
      put(out, static_cast<std::uint32_t>(row));
      put(out, static_cast<std::uint16_t>(column));
      put_cell(out, value);
    }
  }
  return XlsExit::done;
}

/// Ends at once: what libfreexl still holds goes with the process.
[[noreturn]] void run(const std::string& what) {
  try {
    ChildOutput out;
    std::size_t sheet = 0;
    bool numbered = std::from_chars(what.data(), what.data() + what.size(), sheet).ec == std::errc();
    int code = numbered ? read_cells(out, sheet) : list_sheets(out);
    out.flush();
    ::_exit(code);
  } catch (...) {
    ::_exit(kThrew);
  }
}

bool can_read = false;

}  // namespace

void read_xls_for_parent(int count, char** words) {
  can_read = true;
  if (count == 3 && std::string_view(words[1]) == kReadXls) run(words[2]);
}

bool can_read_xls() { return can_read; }

}  // namespace tanfang::excel
