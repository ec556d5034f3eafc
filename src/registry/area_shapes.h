// Shapes of areas, as a county gives them for its map: foreign GeoJSON in, shapes of a bounded size out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "registry/areas.h"

namespace tanfang::registry {

/// Degrees, longitude first.
struct MapPoint {
  double longitude = 0;
  double latitude = 0;
  bool operator==(const MapPoint&) const = default;
};
/// Closed: the last point is the first.
using Ring = std::vector<MapPoint>;
struct NamedShape {
  std::string named;  // a code or a name, as the file has it
  std::vector<std::vector<Ring>> polygons;
};

/// The features of a FeatureCollection of polygons, named by the member `property` of their properties; where that is
/// "", by `code` or else `name`. Throws Problem `json.…`, `shapes.collection`, `shapes.feature`, `shapes.too_many`,
/// which name the feature, the first being 1.
std::vector<NamedShape> read_shapes(std::string_view geojson, const std::string& property);

/// The points of all rings.
std::size_t count_points(const std::vector<NamedShape>& shapes);
/// Leaves out points until no shape has more than `most`, by one measure for all, so that neighbours keep the border
/// they share; of every ring at least a triangle stays.
void simplify_shapes(std::vector<NamedShape>& shapes, std::size_t most);

struct ShapesGiven {
  std::size_t shapes = 0;
  std::size_t points_given = 0;
  std::size_t points = 0;
  std::vector<Area> missing;  // of the level in the area, without a shape
};
/// The shapes of the towns (`digits` 9) or villages (12) of `area`, in place of those it had: who is not among them has
/// none. Records `area_shapes_given`. Throws Problem `area.unknown`, and `shapes.area` for a feature that names none of
/// them, or one that another named.
ShapesGiven put_shapes(audit::Work& work, const std::string& area, std::size_t digits, std::vector<NamedShape> shapes);
/// Records `area_shapes_removed` where there were any.
void remove_shapes(audit::Work& work, const std::string& area, std::size_t digits);

struct AreaShape {
  Area area;
  std::string coordinates;  // of a MultiPolygon, JSON
};
/// Of the areas next below, by code.
std::vector<AreaShape> load_shapes(db::Session& session, const std::string& area, Date on);

}  // namespace tanfang::registry
