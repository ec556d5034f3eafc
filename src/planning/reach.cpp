#include "planning/reach.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tanfang::planning {
namespace {

/// Metres between two points on a sphere of the earth's mean radius (6,371 km; haversine).
double metres_between(const AreaPoint& left, const AreaPoint& right) {
  auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  double across = std::sin(radians(right.latitude - left.latitude) / 2);
  double along = std::sin(radians(right.longitude - left.longitude) / 2);
  double chord = across * across + std::cos(radians(left.latitude)) * std::cos(radians(right.latitude)) * along * along;
  return 2 * 6'371'000 * std::asin(std::min(1.0, std::sqrt(chord)));
}

const AreaPoint* point_of(const std::vector<AreaPoint>& points, const std::string& village) {
  auto found = std::lower_bound(points.begin(), points.end(), village,
                                [](const AreaPoint& point, const std::string& area) { return point.area < area; });
  return found == points.end() || found->area != village ? nullptr : &*found;
}

}  // namespace

std::vector<int> villages_reached(const Visitor& visitor, const std::vector<std::string>& villages,
                                  const std::vector<AreaPoint>& points) {
  std::vector<int> found;
  const AreaPoint* home = visitor.radius_metres > 0 ? point_of(points, visitor.home) : nullptr;
  for (std::size_t i = 0; i < villages.size(); ++i) {
    const std::string& village = villages[i];
    bool named = village == visitor.home ||
                 std::find(visitor.villages.begin(), visitor.villages.end(), village) != visitor.villages.end();
    const AreaPoint* point = home ? point_of(points, village) : nullptr;
    bool near = point && metres_between(*home, *point) <= static_cast<double>(visitor.radius_metres);
    if (named || near) found.push_back(static_cast<int>(i));
  }
  return found;
}

}  // namespace tanfang::planning
