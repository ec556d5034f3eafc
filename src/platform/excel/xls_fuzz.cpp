// Any bytes as a compound file: our own reader of the container. libfreexl itself runs in a child process.
#include "platform/excel/fuzz_support.h"
#include "platform/excel/xls_container.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto limits = tanfang::excel::fuzz_limits();
  auto container = tanfang::excel::read_xls_container({reinterpret_cast<const char*>(bytes), size}, limits);
  if (!container) return 0;
  for (const auto& sheet : container->sheets) {
    for (const auto& merge : sheet.merges) {
      if (merge.first_row < 1 || merge.last_row < merge.first_row || merge.last_column < merge.first_column) {
        __builtin_trap();
      }
    }
  }
  return 0;
}
