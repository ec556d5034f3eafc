// Foreign bytes: the text of a rule must be read as a tree, or refused with its column.
#include "schemes/expression.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    tanfang::schemes::parse_expression(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const tanfang::schemes::ExpressionMistake& mistake) {
    if (mistake.text.zh.empty() || mistake.text.en.empty()) __builtin_trap();
  }
  return 0;
}
