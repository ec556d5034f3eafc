// Any bytes as a table told by content: mostly text of some encoding, separator and quoting.
#include "platform/excel/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (tanfang::excel::is_compound(bytes, size)) return 0;
  tanfang::excel::MemoryFile file(bytes, size);
  tanfang::excel::read_everything(file.path());
  return 0;
}
