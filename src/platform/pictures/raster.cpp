#include "platform/pictures/raster.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tanfang::pictures {
namespace {

/// Sums of `channels` bytes over the rectangle of the source that each new pixel covers.
template <int channels>
std::vector<std::uint8_t> shrink(const std::vector<std::uint8_t>& from, int width, int height, int new_width,
                                 int new_height) {
  std::vector<std::uint8_t> made(static_cast<std::size_t>(new_width) * new_height * channels);
  std::size_t at = 0;
  for (int y = 0; y < new_height; ++y) {
    auto top = static_cast<std::size_t>(static_cast<std::int64_t>(y) * height / new_height);
    auto bottom = static_cast<std::size_t>(static_cast<std::int64_t>(y + 1) * height / new_height);
    for (int x = 0; x < new_width; ++x) {
      auto left = static_cast<std::size_t>(static_cast<std::int64_t>(x) * width / new_width);
      auto right = static_cast<std::size_t>(static_cast<std::int64_t>(x + 1) * width / new_width);
      std::array<std::uint64_t, channels> sums{};
      for (std::size_t row = top; row < bottom; ++row) {
        const std::uint8_t* pixel = from.data() + (row * width + left) * channels;
        for (std::size_t column = left; column < right; ++column) {
          for (int channel = 0; channel < channels; ++channel) sums[channel] += *pixel++;
        }
      }
      std::uint64_t count = (bottom - top) * (right - left);
      for (std::uint64_t sum : sums) made[at++] = static_cast<std::uint8_t>(sum / count);
    }
  }
  return made;
}

struct Size {
  int width;
  int height;
};

Size within(int width, int height, int side) {
  int longest = std::max(width, height);
  auto scaled = [&](int length) {
    return std::max(1, static_cast<int>(static_cast<std::int64_t>(length) * side / longest));
  };
  return longest <= side ? Size{width, height} : Size{scaled(width), scaled(height)};
}

}  // namespace

Raster shrunk(const Raster& raster, int side) {
  Size size = within(raster.width, raster.height, side);
  if (size.width == raster.width) return raster;
  return {size.width, size.height, shrink<3>(raster.pixels, raster.width, raster.height, size.width, size.height)};
}

Gray shrunk(const Gray& gray, int side) {
  Size size = within(gray.width, gray.height, side);
  if (size.width == gray.width) return gray;
  return {size.width, size.height, shrink<1>(gray.pixels, gray.width, gray.height, size.width, size.height)};
}

Raster turned(const Raster& raster, int quarters) {
  quarters = ((quarters % 4) + 4) % 4;
  if (quarters == 0) return raster;
  bool lies = quarters % 2 == 1;
  Raster made{lies ? raster.height : raster.width, lies ? raster.width : raster.height, {}};
  made.pixels.resize(raster.pixels.size());
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      int to_x = quarters == 1 ? raster.height - 1 - y : quarters == 2 ? raster.width - 1 - x : y;
      int to_y = quarters == 1 ? x : quarters == 2 ? raster.height - 1 - y : raster.width - 1 - x;
      const std::uint8_t* pixel = raster.pixels.data() + (static_cast<std::size_t>(y) * raster.width + x) * 3;
      std::copy(pixel, pixel + 3, made.pixels.data() + (static_cast<std::size_t>(to_y) * made.width + to_x) * 3);
    }
  }
  return made;
}

Gray gray_of(const Raster& raster) {
  Gray made{raster.width, raster.height, {}};
  made.pixels.reserve(static_cast<std::size_t>(raster.width) * raster.height);
  for (std::size_t i = 0; i + 2 < raster.pixels.size(); i += 3) {
    // Rec. 601, in 256ths.
    unsigned light = 77u * raster.pixels[i] + 150u * raster.pixels[i + 1] + 29u * raster.pixels[i + 2];
    made.pixels.push_back(static_cast<std::uint8_t>(light >> 8));
  }
  return made;
}

Gray doubled(const Gray& gray) {
  Gray made{gray.width * 2, gray.height * 2, {}};
  made.pixels.resize(static_cast<std::size_t>(made.width) * made.height);
  auto at = [&](int x, int y) {
    return unsigned{gray.pixels[static_cast<std::size_t>(std::clamp(y, 0, gray.height - 1)) * gray.width +
                                std::clamp(x, 0, gray.width - 1)]};
  };
  for (int y = 0; y < made.height; ++y) {
    for (int x = 0; x < made.width; ++x) {
      int near_x = x / 2;
      int near_y = y / 2;
      int far_x = near_x + (x % 2 == 0 ? -1 : 1);
      int far_y = near_y + (y % 2 == 0 ? -1 : 1);
      unsigned sum = 9 * at(near_x, near_y) + 3 * at(far_x, near_y) + 3 * at(near_x, far_y) + at(far_x, far_y);
      made.pixels[static_cast<std::size_t>(y) * made.width + x] = static_cast<std::uint8_t>(sum / 16);
    }
  }
  return made;
}

Gray sharpened(const Gray& gray) {
  constexpr int kReach = 2;  // pixels to each side
  Gray made = gray;
  for (int y = 0; y < gray.height; ++y) {
    int top = std::max(0, y - kReach);
    int bottom = std::min(gray.height - 1, y + kReach);
    for (int x = 0; x < gray.width; ++x) {
      int left = std::max(0, x - kReach);
      int right = std::min(gray.width - 1, x + kReach);
      int sum = 0;
      for (int row = top; row <= bottom; ++row) {
        const std::uint8_t* line = gray.pixels.data() + static_cast<std::size_t>(row) * gray.width;
        for (int column = left; column <= right; ++column) sum += line[column];
      }
      int mean = sum / ((bottom - top + 1) * (right - left + 1));
      std::size_t at = static_cast<std::size_t>(y) * gray.width + x;
      int light = gray.pixels[at];
      made.pixels[at] = static_cast<std::uint8_t>(std::clamp(light + (light - mean) * 3 / 2, 0, 255));
    }
  }
  return made;
}

}  // namespace tanfang::pictures
