// QR codes in pixels, found by ZXing-C++.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/pictures/raster.h"

namespace tanfang::pictures {

struct Code {
  std::string text;
  /// Quarters by which the picture must be turned clockwise for the code to stand upright.
  int quarters = 0;
};

/// All that were found, each text once. Looks harder (smaller, larger, another threshold) until one begins with
/// `wanted`.
std::vector<Code> find_codes(const Gray& gray, std::string_view wanted);

}  // namespace tanfang::pictures
