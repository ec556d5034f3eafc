// Foreign bytes: a table of any kind (.xlsx, .xls, .csv, told by content) must be read or refused within its limits.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/problem.h"
#include "platform/excel/table.h"
#include "platform/files/files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string kPath = "/tmp/tanfang-table-fuzz-" + std::to_string(::getpid());
  tanfang::excel::Limits limits;
  limits.part_bytes = 8u << 20;
  limits.string_bytes = 1u << 20;
  limits.rows = 20'000;
  tanfang::files::write_whole(kPath, std::string_view(reinterpret_cast<const char*>(data), size));
  try {
    auto workbook = tanfang::excel::open_workbook(kPath, limits);
    for (std::size_t sheet = 0; sheet < workbook->sheets().size(); ++sheet) {
      workbook->merges(sheet);
      auto reader = workbook->read(sheet);
      tanfang::excel::Row row;
      int last = 0;
      while (reader->next(row)) {
        if (row.number <= last || row.cells.empty()) std::abort();
        last = row.number;
      }
    }
  } catch (const tanfang::Problem&) {
  } catch (const tanfang::Failure&) {
  }
  ::unlink(kPath.c_str());
  return 0;
}
