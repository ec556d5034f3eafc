// For fuzz targets: bytes read as a table must give rows or a Problem, nothing else.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/text.h"
#include "platform/excel/table.h"

namespace tanfang::excel {

/// A file in memory, with a name by which readers can open it.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* bytes, std::size_t size) : descriptor_(memfd_create("fuzz", 0)) {
    if (::write(descriptor_, bytes, size) != static_cast<ssize_t>(size)) __builtin_trap();
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

inline Limits fuzz_limits() {
  Limits limits;
  limits.part_bytes = 4u << 20;
  limits.string_bytes = 4u << 20;
  limits.rows = 5'000;
  limits.columns = 200;
  limits.merges = 1'000;
  return limits;
}

/// A compound file, which libfreexl reads in a process of the program's own: a fuzzer is none. `xls_fuzz` has the
/// container.
inline bool is_compound(const std::uint8_t* bytes, std::size_t size) {
  return std::string_view(reinterpret_cast<const char*>(bytes), size).starts_with("\xD0\xCF\x11\xE0");
}

/// Reads every sheet to its end twice; a row must hold valid UTF-8 and rise, and both readings must agree in number.
inline void read_everything(const std::string& path) {
  try {
    auto workbook = open_workbook(path, fuzz_limits());
    for (std::size_t sheet = 0; sheet < workbook->sheets().size(); ++sheet) {
      int counts[2] = {0, 0};
      for (int& count : counts) {
        auto reader = workbook->read(sheet);
        Row row;
        for (int last = 0; reader->next(row); last = row.number) {
          if (row.number <= last || row.cells.empty() || row.cells.back().kind == CellKind::empty) __builtin_trap();
          for (const Cell& cell : row.cells) {
            if (!is_valid_utf8(cell.text)) __builtin_trap();
          }
          ++count;
        }
      }
      if (counts[0] != counts[1]) __builtin_trap();
      workbook->merges(sheet);
    }
  } catch (const Problem&) {
  }
}

}  // namespace tanfang::excel
