// For the golden test: a paper as a small grey picture, and where two of them differ.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "paper/paper_testing.h"
#include "platform/pictures/raster.h"

namespace tanfang::paper {

inline constexpr int kPictureDots = 32;  // an inch: a box of an option is four or five pixels wide
/// Pictures are compared by the mean of squares of so many pixels a side, which a letter drawn a little otherwise by
/// another version of a library does not move, and a tick, a line or a word does.
inline constexpr int kSquare = 4;
inline constexpr int kTolerance = 20;  // of 255
/// So that a golden one takes little room. What is compared has gone the same way, so its faults are in both.
inline constexpr int kPictureQuality = 40;

/// The pages below one another, as poppler draws them.
inline pictures::Raster picture_of(const std::string& pdf) {
  std::istringstream said(poppler("pdftoppm -gray -r " + std::to_string(kPictureDots) + " @", pdf));
  pictures::Raster made;
  std::string magic;
  int width = 0;
  int height = 0;
  int most = 0;
  while (said >> magic >> width >> height >> most && magic == "P5" && said.get() == '\n') {
    std::string page(static_cast<std::size_t>(width) * height, '\0');
    said.read(page.data(), static_cast<std::streamsize>(page.size()));
    made.width = width;
    made.height += height;
    for (char light : page) made.pixels.insert(made.pixels.end(), 3, static_cast<std::uint8_t>(light));
  }
  return made;
}

struct Square {
  int left = 0;
  int top = 0;
};

inline int mean_of(const pictures::Raster& picture, const Square& square) {
  int sum = 0;
  int count = 0;
  for (int y = square.top; y < std::min(square.top + kSquare, picture.height); ++y) {
    for (int x = square.left; x < std::min(square.left + kSquare, picture.width); ++x, ++count) {
      sum += picture.pixels[(static_cast<std::size_t>(y) * picture.width + x) * 3];
    }
  }
  return sum / std::max(count, 1);
}

/// Where they differ by more than the tolerance, from the top down; of pictures of different sizes, all of them.
inline std::vector<Square> differences(const pictures::Raster& one, const pictures::Raster& other) {
  bool same_size = one.width == other.width && one.height == other.height;
  std::vector<Square> found;
  for (Square at; at.top < one.height; at.top += kSquare) {
    for (at.left = 0; at.left < one.width; at.left += kSquare) {
      if (!same_size || std::abs(mean_of(one, at) - mean_of(other, at)) > kTolerance) found.push_back(at);
    }
  }
  return found;
}

/// The picture with red frames about what differs.
inline pictures::Raster marked(pictures::Raster picture, const std::vector<Square>& places) {
  auto redden = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return;
    std::size_t at = (static_cast<std::size_t>(y) * picture.width + x) * 3;
    picture.pixels[at] = 255;
    picture.pixels[at + 1] = picture.pixels[at + 2] = 0;
  };
  for (const Square& place : places) {
    for (int i = -1; i <= kSquare; ++i) {
      redden(place.left + i, place.top - 1);
      redden(place.left + i, place.top + kSquare);
      redden(place.left - 1, place.top + i);
      redden(place.left + kSquare, place.top + i);
    }
  }
  return picture;
}

/// In words: page and place from its upper left corner.
inline std::string place_of(const Square& square) {
  int page_height = static_cast<int>(std::ceil(pdf::kPageHeight * kPictureDots / 72));
  auto millimetres = [](int pixels) { return std::to_string(pixels * 254 / kPictureDots / 10) + " mm"; };
  return "page " + std::to_string(square.top / page_height + 1) + ", " + millimetres(square.left) + " from the left, " +
         millimetres(square.top % page_height) + " from the top";
}

}  // namespace tanfang::paper
