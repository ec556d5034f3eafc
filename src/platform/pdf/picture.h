// What a picture from outside is, before anything is drawn of it.
#pragma once

#include <string_view>

#include "base/problem.h"

namespace tanfang::pdf {

enum class PictureFault { none, unknown_kind, damaged, too_large };

struct PictureHead {
  PictureFault fault = PictureFault::none;
  bool jpeg = false;  // else PNG
  int width = 0;
  int height = 0;
};

/// Reads as far as the size. Of a JPEG also that its segments follow one another up to the end of an image that was
/// written whole. More than 4,000 pixels a side are too large.
PictureHead look_at_picture(std::string_view content);

/// Why nothing was drawn, for whoever reads the paper.
const Words& reason_of(PictureFault fault);

}  // namespace tanfang::pdf
