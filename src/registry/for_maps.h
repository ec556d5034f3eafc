// What a file of shapes would do, before it is done.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "registry/area_shapes.h"

namespace tanfang::registry {

/// A feature that names none of the areas, or one that another named; the first feature is 1.
struct UnplacedShape {
  std::size_t feature = 0;
  std::string named;
  Words why;
};
struct ShapesPreview {
  std::size_t shapes = 0;  // would be set
  std::size_t points_given = 0;
  std::size_t points = 0;               // of all features, simplified
  std::vector<UnplacedShape> unplaced;  // with one of them nothing can be put
  std::vector<Area> missing;            // of the level in the area, without a shape
  std::size_t before = 0;               // have a shape now
  std::size_t lost = 0;                 // of these, would have none
};
/// The shapes of the level in the area as they stand, as one text to tell a change by; empty where there are none.
std::string shapes_state(db::Session& session, const std::string& area, std::size_t digits);
/// What `put_shapes` would do; changes nothing. Throws Problem `area.unknown`.
ShapesPreview preview_shapes(db::Session& session, const std::string& area, std::size_t digits,
                             std::vector<NamedShape> shapes, Date on);

}  // namespace tanfang::registry
