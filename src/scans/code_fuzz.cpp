// Any bytes as the text of a code on a page.
#include <cstdint>

#include "paper/paper.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto code = tanfang::paper::read_code({reinterpret_cast<const char*>(bytes), size});
  if (code && (code->version < 1 || code->page < 1 || !tanfang::paper::read_code(tanfang::paper::code_text(*code)))) {
    __builtin_trap();
  }
  return 0;
}
