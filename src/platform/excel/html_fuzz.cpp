// Any bytes as a web page: tags, attributes, spans, references, cut anywhere.
#include "platform/excel/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string page = "<table><tr>" + std::string(reinterpret_cast<const char*>(bytes), size);
  tanfang::excel::MemoryFile file(reinterpret_cast<const std::uint8_t*>(page.data()), page.size());
  tanfang::excel::read_everything(file.path());
  return 0;
}
