// Foreign bytes: GeoJSON must be read or refused, and what was read can be made simple.
#include "base/problem.h"
#include "registry/area_shapes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMost = 200;
  try {
    auto shapes = tanfang::registry::read_shapes(std::string_view(reinterpret_cast<const char*>(data), size), "");
    tanfang::registry::simplify_shapes(shapes, kMost);
    for (const auto& shape : shapes) {
      if (tanfang::registry::count_points({shape}) > kMost) __builtin_trap();
      for (const auto& rings : shape.polygons) {
        for (const auto& ring : rings) {
          if (ring.size() < 4 || ring.front() != ring.back()) __builtin_trap();
        }
      }
    }
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
