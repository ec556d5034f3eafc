// Pixels of a picture, and what is done with them. Used by the child process that reads foreign pictures, and by tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tanfang::pictures {

/// Three bytes a pixel (red, green, blue), rows from the top.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// One byte a pixel, 0 black.
struct Gray {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Whatever lies beyond is no photographed page: 200 million pixels, or a side of 32,000.
inline constexpr std::int64_t kMostPixels = 200'000'000;
inline constexpr int kLongestSide = 32'000;

/// A JPEG or PNG by its first bytes; a large JPEG is read smaller. nullopt: malformed, or too large. A fault that
/// libjpeg or libpng finds late gives the pixels so far.
std::optional<Raster> decode(std::string_view content);
std::string encode_jpeg(const Raster& raster, int quality);

/// No side longer than `side`, by the mean of what each new pixel covers.
Raster shrunk(const Raster& raster, int side);
Gray shrunk(const Gray& gray, int side);
/// By so many quarters, clockwise.
Raster turned(const Raster& raster, int quarters);
Gray gray_of(const Raster& raster);
/// Twice as large, with pixels between.
Gray doubled(const Gray& gray);
/// Blurred edges stand out again: what a pixel has more than the mean about it, it gets again one and a half times.
Gray sharpened(const Gray& gray);

}  // namespace tanfang::pictures
