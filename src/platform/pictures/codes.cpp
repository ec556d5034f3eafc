#include "platform/pictures/codes.h"

#define ZX_USE_UTF8 1
#include <ReadBarcode.h>

#include <algorithm>
#include <cmath>

namespace tanfang::pictures {
namespace {

constexpr int kMost = 8;
/// Longer sides at which a page is looked at. A code of a third of a millimetre a square needs some 3 pixels each;
/// more only shows the paper's grain.
constexpr int kSides[] = {2400, 1600, 3600, 1200};
constexpr int kSmall = 1500;

void look(const Gray& gray, ZXing::Binarizer binarizer, std::vector<Code>& found) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setMaxNumberOfSymbols(kMost).setBinarizer(binarizer);
  ZXing::ImageView view(gray.pixels.data(), gray.width, gray.height, ZXing::ImageFormat::Lum);
  for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
    std::string text = result.text();
    bool known = std::any_of(found.begin(), found.end(), [&](const Code& code) { return code.text == text; });
    if (!result.isValid() || known || found.size() >= kMost) continue;
    auto quarters = static_cast<int>(std::lround(result.orientation() / 90.0));
    found.push_back({std::move(text), ((-quarters % 4) + 4) % 4});
  }
}

bool has(const std::vector<Code>& found, std::string_view wanted) {
  return std::any_of(found.begin(), found.end(), [&](const Code& code) { return code.text.starts_with(wanted); });
}

}  // namespace

std::vector<Code> find_codes(const Gray& gray, std::string_view wanted) {
  std::vector<Code> found;
  int longest = std::max(gray.width, gray.height);
  for (int side : kSides) {
    if (side > longest && side != kSides[0]) continue;
    Gray seen = longest > side ? shrunk(gray, side) : gray;
    look(seen, ZXing::Binarizer::LocalAverage, found);
    look(seen, ZXing::Binarizer::GlobalHistogram, found);
    // Both ways of telling black from white, as another form may lie in the shade.
    if (has(found, wanted)) return found;
  }
  if (longest > kSmall * 2) return found;
  look(doubled(gray), ZXing::Binarizer::LocalAverage, found);
  if (has(found, wanted)) return found;
  // Out of focus.
  Gray crisp = sharpened(gray);
  look(crisp, ZXing::Binarizer::LocalAverage, found);
  if (!has(found, wanted)) look(doubled(crisp), ZXing::Binarizer::LocalAverage, found);
  return found;
}

}  // namespace tanfang::pictures
