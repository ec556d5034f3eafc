#include "platform/pdf/picture.h"

#include <array>
#include <cstddef>

namespace tanfang::pdf {
namespace {

constexpr unsigned kLargestSide = 4000;
constexpr std::string_view kEndOfImage = "\xff\xd9";

/// Big-endian; the caller knows that the bytes are there.
unsigned number_at(std::string_view bytes, std::size_t at, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

PictureHead fault_of(PictureFault fault, bool jpeg) { return {fault, jpeg, 0, 0}; }

PictureHead sized(unsigned width, unsigned height, bool jpeg) {
  if (width == 0 || height == 0) return fault_of(PictureFault::damaged, jpeg);
  if (width > kLargestSide || height > kLargestSide) return fault_of(PictureFault::too_large, jpeg);
  return {PictureFault::none, jpeg, static_cast<int>(width), static_cast<int>(height)};
}

/// Width and height stand in the first chunk, whatever else the file holds.
PictureHead look_at_png(std::string_view png) {
  if (png.size() < 24 || png.substr(12, 4) != "IHDR") return fault_of(PictureFault::damaged, false);
  return sized(number_at(png, 16, 4), number_at(png, 20, 4), false);
}

bool is_frame(unsigned marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/// Baseline and progressive images of 8 bits, which every reader of PDF knows.
PictureHead look_at_frame(std::string_view segment, unsigned marker) {
  if (segment.size() < 6) return fault_of(PictureFault::damaged, true);
  unsigned components = number_at(segment, 5, 1);
  bool known =
      marker <= 0xc2 && number_at(segment, 0, 1) == 8 && (components == 1 || components == 3 || components == 4);
  if (!known) return fault_of(PictureFault::unknown_kind, true);
  if (segment.size() != 6 + 3 * std::size_t{components}) return fault_of(PictureFault::damaged, true);
  return sized(number_at(segment, 3, 2), number_at(segment, 1, 2), true);
}

PictureHead look_at_jpeg(std::string_view jpeg) {
  const PictureHead damaged = fault_of(PictureFault::damaged, true);
  PictureHead head = damaged;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size()) {
    if (number_at(jpeg, at, 1) != 0xff) return damaged;
    unsigned marker = number_at(jpeg, at + 1, 1);
    if (marker == 0xff) {  // filling
      ++at;
      continue;
    }
    std::size_t length = number_at(jpeg, at + 2, 2);
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9) || length < 2 || at + 2 + length > jpeg.size())
      return damaged;
    if (is_frame(marker)) {
      head = look_at_frame(jpeg.substr(at + 4, length - 2), marker);
      if (head.fault != PictureFault::none) return head;
    }
    at += 2 + length;
    if (marker == 0xda) return jpeg.find(kEndOfImage, at) == std::string_view::npos ? damaged : head;
  }
  return damaged;
}

}  // namespace

PictureHead look_at_picture(std::string_view content) {
  if (content.starts_with("\x89PNG\r\n\x1a\n")) return look_at_png(content);
  if (content.starts_with("\xff\xd8")) return look_at_jpeg(content);
  return fault_of(PictureFault::unknown_kind, false);
}

const Words& reason_of(PictureFault fault) {
  static const std::array<Words, 4> kReasons{{{"", ""},
                                              {"不是可打印的照片格式", "not a kind of picture that can be printed"},
                                              {"照片文件已损坏", "the picture is damaged"},
                                              {"照片超过 4000 像素", "the picture has more than 4,000 pixels a side"}}};
  return kReasons[static_cast<std::size_t>(fault)];
}

}  // namespace tanfang::pdf
