// Any bytes as what a child that read a picture answers, and as the beginning of a file. The pictures themselves are
// read in the child.
#include <cstdint>

#include "platform/pictures/pictures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view given(reinterpret_cast<const char*>(bytes), size);
  tanfang::pictures::kind_of(given);
  auto page = tanfang::pictures::read_answer(given);
  if (page && tanfang::pictures::answer_of(*page) != given) __builtin_trap();
  return 0;
}
