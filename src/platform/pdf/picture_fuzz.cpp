// Foreign bytes: a picture must have a size within bounds, or a fault with its reason.
#include <cstdint>

#include "platform/pdf/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tanfang::pdf;
  PictureHead head = look_at_picture(std::string_view(reinterpret_cast<const char*>(data), size));
  bool sized = head.width >= 1 && head.width <= 4000 && head.height >= 1 && head.height <= 4000;
  if (sized != (head.fault == PictureFault::none)) __builtin_trap();
  if (!sized && reason_of(head.fault).zh.empty()) __builtin_trap();
  return 0;
}
