// Foreign bytes: a TOML document must be read, or refused with its line.
#include <cstdint>

#include "platform/toml/toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tanfang::toml::Mistake mistake;
  auto root = tanfang::toml::parse(std::string_view(reinterpret_cast<const char*>(data), size), mistake);
  if (!root && mistake.text.empty()) __builtin_trap();
  return 0;
}
