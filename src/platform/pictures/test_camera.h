// For tests only: what a scanner or a phone makes of a printed page. The same shot of the same page is the same
// picture.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>

#include "platform/pictures/raster.h"

namespace tanfang::pictures {

struct Shot {
  int width = 1654;  // of the picture
  int height = 2339;
  double scale = 1;    // of the page in it, 1: as wide as the picture
  double degrees = 0;  // clockwise
  double tilt = 0;     // how much smaller the far edge of the page is: 0.2 is a fifth
  double skew = 0;     // the same from left to right
  double light = 1;    // 0.2: a dim room
  double shadow = 0;   // how much darker the right edge is than the left
  double noise = 0;    // standard deviation, of 255
  int blur = 0;        // radius of two means in a row, pixels
  int quality = 85;    // of the JPEG
  std::uint32_t seed = 1;
};

namespace camera {

/// Where a point of the picture (from its middle, in widths of the page) lies on the page (0 to 1, 0 to `tall`).
struct Place {
  double x;
  double y;
};

inline Place place_of(const Shot& shot, double tall, double x, double y) {
  double angle = shot.degrees * 3.14159265358979 / 180;
  double u = (x * std::cos(angle) + y * std::sin(angle)) / shot.scale;
  double v = (-x * std::sin(angle) + y * std::cos(angle)) / shot.scale;
  double depth = 1 - shot.tilt * v / tall - shot.skew * u;
  return {u / depth + 0.5, v / depth + tall / 2};
}

inline double sample(const Raster& page, double x, double y, int channel) {
  if (x < 0 || y < 0 || x > page.width - 1 || y > page.height - 1) return 96;  // the table
  auto left = static_cast<int>(x);
  auto top = static_cast<int>(y);
  int right = std::min(left + 1, page.width - 1);
  int bottom = std::min(top + 1, page.height - 1);
  auto at = [&](int column, int row) {
    return double{
        static_cast<double>(page.pixels[(static_cast<std::size_t>(row) * page.width + column) * 3 + channel])};
  };
  double upper = at(left, top) + (at(right, top) - at(left, top)) * (x - left);
  double lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (x - left);
  return upper + (lower - upper) * (y - top);
}

/// The mean of four rays a pixel.
inline Raster project(const Raster& page, const Shot& shot) {
  Raster made{shot.width, shot.height, std::vector<std::uint8_t>(std::size_t(shot.width) * shot.height * 3)};
  double tall = double(page.height) / page.width;
  std::size_t at = 0;
  for (int row = 0; row < shot.height; ++row) {
    for (int column = 0; column < shot.width; ++column) {
      std::array<double, 3> sum{};
      for (int ray = 0; ray < 4; ++ray) {
        double x = (column + (ray % 2 + 0.5) / 2 - shot.width / 2.0) / shot.width;
        double y = (row + (ray / 2 + 0.5) / 2 - shot.height / 2.0) / shot.width;
        Place place = place_of(shot, tall, x, y);
        for (int channel = 0; channel < 3; ++channel) {
          sum[channel] += sample(page, place.x * page.width, place.y * page.width, channel);
        }
      }
      for (double value : sum) made.pixels[at++] = static_cast<std::uint8_t>(value / 4);
    }
  }
  return made;
}

/// The mean over `radius` to both sides along one direction.
inline void smear(Raster& raster, int radius, bool down) {
  int lines = down ? raster.width : raster.height;
  int length = down ? raster.height : raster.width;
  std::vector<std::uint8_t> line(static_cast<std::size_t>(length));
  for (int each = 0; each < lines; ++each) {
    for (int channel = 0; channel < 3; ++channel) {
      auto pixel = [&](int i) -> std::uint8_t& {
        std::size_t place = down ? std::size_t(i) * raster.width + each : std::size_t(each) * raster.width + i;
        return raster.pixels[place * 3 + channel];
      };
      for (int i = 0; i < length; ++i) line[i] = pixel(i);
      for (int i = 0; i < length; ++i) {
        int sum = 0;
        for (int k = i - radius; k <= i + radius; ++k) sum += line[std::clamp(k, 0, length - 1)];
        pixel(i) = static_cast<std::uint8_t>(sum / (2 * radius + 1));
      }
    }
  }
}

}  // namespace camera

/// The picture of the page, as a JPEG.
inline std::string photograph(const Raster& page, const Shot& shot) {
  Raster made = camera::project(page, shot);
  for (int pass = 0; pass < 2 && shot.blur > 0; ++pass) {
    camera::smear(made, shot.blur, false);
    camera::smear(made, shot.blur, true);
  }
  std::mt19937 chance(shot.seed);
  std::normal_distribution<double> grain(0, std::max(shot.noise, 1e-9));
  for (std::size_t i = 0; i < made.pixels.size(); ++i) {
    double across = static_cast<double>(i / 3 % shot.width) / shot.width;
    double value = made.pixels[i] * shot.light * (1 - shot.shadow * across) + grain(chance);
    made.pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
  }
  return encode_jpeg(made, shot.quality);
}

}  // namespace tanfang::pictures
