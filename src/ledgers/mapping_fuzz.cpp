// Foreign bytes: a mapping file must be read or refused.
#include <cstdint>

#include "base/problem.h"
#include "ledgers/ledgers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tanfang::schemes::Vocabulary kVocabulary;
  try {
    tanfang::ledgers::read_mapping(std::string_view(reinterpret_cast<const char*>(data), size), kVocabulary);
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
