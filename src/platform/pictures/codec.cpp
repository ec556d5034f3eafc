// Bytes of JPEG and PNG to pixels and back, by libjpeg-turbo and libpng.
#include <cstddef>
#include <cstdio>
// libjpeg's header wants the two above.
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>

#include "platform/pictures/raster.h"

namespace tanfang::pictures {
namespace {

constexpr int kEnough = 5'000;  // a JPEG whose longer side is above twice this is read at half size, and so on

struct JpegFault {
  jpeg_error_mgr base;
  std::jmp_buf behind;
};

[[noreturn]] void leave(j_common_ptr codec) { std::longjmp(reinterpret_cast<JpegFault*>(codec->err)->behind, 1); }
void be_silent(j_common_ptr) {}

jpeg_error_mgr* prepare(JpegFault& fault) {
  jpeg_error_mgr* base = jpeg_std_error(&fault.base);
  base->error_exit = leave;
  base->output_message = be_silent;
  return base;
}

bool is_sound(std::int64_t width, std::int64_t height) {
  return width > 0 && height > 0 && width <= kLongestSide && height <= kLongestSide && width * height <= kMostPixels;
}

/// What libjpeg jumps out of holds nothing to be destroyed.
bool read_jpeg(std::string_view content, Raster& into) {
  jpeg_decompress_struct codec;
  JpegFault fault;
  codec.err = prepare(fault);
  if (setjmp(fault.behind) != 0) {
    jpeg_destroy_decompress(&codec);
    return !into.pixels.empty();
  }
  jpeg_create_decompress(&codec);
  jpeg_mem_src(&codec, reinterpret_cast<const unsigned char*>(content.data()), content.size());
  jpeg_read_header(&codec, TRUE);
  bool sound = is_sound(codec.image_width, codec.image_height);
  if (sound) {
    codec.out_color_space = JCS_RGB;
    codec.scale_num = 1;
    codec.scale_denom = 1;
    unsigned longest = std::max(codec.image_width, codec.image_height);
    while (codec.scale_denom < 8 && longest / codec.scale_denom > 2 * kEnough) codec.scale_denom *= 2;
    jpeg_start_decompress(&codec);
    into.width = static_cast<int>(codec.output_width);
    into.height = static_cast<int>(codec.output_height);
    std::size_t stride = std::size_t{codec.output_width} * 3;
    into.pixels.assign(stride * codec.output_height, 255);
    while (codec.output_scanline < codec.output_height) {
      JSAMPROW row = into.pixels.data() + codec.output_scanline * stride;
      jpeg_read_scanlines(&codec, &row, 1);
    }
  }
  jpeg_destroy_decompress(&codec);
  return sound;
}

bool read_png(std::string_view content, Raster& into) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, content.data(), content.size()) == 0) return false;
  bool sound = is_sound(image.width, image.height);
  if (sound) {
    image.format = PNG_FORMAT_RGB;
    into.width = static_cast<int>(image.width);
    into.height = static_cast<int>(image.height);
    into.pixels.assign(PNG_IMAGE_SIZE(image), 255);
    png_color white{255, 255, 255};
    sound = png_image_finish_read(&image, &white, into.pixels.data(), 0, nullptr) != 0;
  }
  png_image_free(&image);
  return sound;
}

}  // namespace

std::optional<Raster> decode(std::string_view content) {
  Raster made;
  bool read = content.starts_with("\x89PNG") ? read_png(content, made) : read_jpeg(content, made);
  return read ? std::optional(std::move(made)) : std::nullopt;
}

std::string encode_jpeg(const Raster& raster, int quality) {
  jpeg_compress_struct codec;
  jpeg_error_mgr fault;
  codec.err = jpeg_std_error(&fault);  // only memory can fail here: the process ends
  jpeg_create_compress(&codec);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &bytes, &size);
  codec.image_width = static_cast<JDIMENSION>(raster.width);
  codec.image_height = static_cast<JDIMENSION>(raster.height);
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  codec.optimize_coding = TRUE;
  jpeg_start_compress(&codec, TRUE);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(raster.width) * 3);
  while (codec.next_scanline < codec.image_height) {
    std::copy_n(raster.pixels.data() + codec.next_scanline * row.size(), row.size(), row.data());
    JSAMPROW rows = row.data();
    jpeg_write_scanlines(&codec, &rows, 1);
  }
  jpeg_finish_compress(&codec);
  std::string made(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&codec);
  std::free(bytes);
  return made;
}

}  // namespace tanfang::pictures
