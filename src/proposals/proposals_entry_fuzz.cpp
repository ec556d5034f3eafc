// Foreign bytes: a proposal from a phone must be read or refused, as it came and with its days moved.
#include <cstdint>

#include "proposals/proposals.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tanfang;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    proposals::read_proposal(text);
    proposals::read_proposal(proposals::move_days(text, 3));
  } catch (const Problem&) {
  }
  return 0;
}
