// Foreign GeoJSON, read within limits.
#include <boost/json.hpp>

#include "platform/json/json.h"
#include "registry/area_shapes.h"
#include "registry/shapes_problems.h"

namespace tanfang::registry {
namespace {

namespace js = boost::json;

constexpr std::size_t kMostFeatures = 2000;
constexpr std::size_t kMostRings = 48;  // of one feature
constexpr std::size_t kMostPoints = 400'000;
constexpr std::size_t kLongestName = 300;  // bytes
// China with its seas, in degrees: what lies outside is in metres, or has latitude first.
constexpr MapPoint kSouthWest{73, 3};
constexpr MapPoint kNorthEast{136, 54};

const js::value* member(const js::value& value, std::string_view name) {
  const js::object* object = value.if_object();
  return object ? object->if_contains(name) : nullptr;
}

bool is_text(const js::value* value, std::string_view text) {
  return value && value->is_string() && value->get_string() == text;
}

/// One feature of the collection.
class Feature {
 public:
  Feature(const js::value& feature, std::size_t number) : feature_(feature), number_(number) {}

  NamedShape read(const std::string& property) {
    if (!is_text(member(feature_, "type"), "Feature")) refuse({"须为 Feature", "must be a Feature"});
    NamedShape shape;
    shape.named = name(property);
    const js::value* geometry = member(feature_, "geometry");
    const js::value* kind = geometry ? member(*geometry, "type") : nullptr;
    const js::value* coordinates = geometry ? member(*geometry, "coordinates") : nullptr;
    if (coordinates && is_text(kind, "Polygon")) {
      shape.polygons.push_back(polygon(*coordinates));
    } else if (coordinates && is_text(kind, "MultiPolygon")) {
      for (const js::value& each : list(*coordinates)) shape.polygons.push_back(polygon(each));
    } else {
      refuse({"几何须为 Polygon 或 MultiPolygon", "its geometry must be a Polygon or MultiPolygon"});
    }
    return shape;
  }
  std::size_t points() const { return points_; }

 private:
  [[noreturn]] void refuse(const Words& wanted) const { throw problems::shapes_feature(number_, wanted); }

  std::string name(const std::string& property) const {
    const js::value* properties = member(feature_, "properties");
    std::vector<std::string> asked{property};
    if (property.empty()) asked = {"code", "name"};
    for (const std::string& each : asked) {
      const js::value* given = properties ? member(*properties, each) : nullptr;
      if (!given) continue;
      if (given->is_int64()) return std::to_string(given->get_int64());
      bool fits = given->is_string() && !given->get_string().empty() && given->get_string().size() <= kLongestName;
      if (fits) return std::string(given->get_string());
    }
    refuse({"属性中没有区划代码或名称；可用 property 指明哪个属性",
            "its properties have no code or name of an area; say by `property` which one has it"});
  }

  const js::array& list(const js::value& value) const {
    if (value.is_array() && !value.get_array().empty()) return value.get_array();
    refuse({"坐标的层次不对", "its coordinates are not nested as they should be"});
  }

  std::vector<Ring> polygon(const js::value& value) {
    std::vector<Ring> rings;
    for (const js::value& each : list(value)) {
      if (++rings_ > kMostRings) {
        refuse({"环多于 48 个；请合并或去掉小的岛与洞", "it has more than 48 rings; join or leave out small ones"});
      }
      rings.push_back(ring(each));
    }
    return rings;
  }

  Ring ring(const js::value& value) {
    const js::array& given = list(value);
    points_ += given.size();
    if (points_ > kMostPoints) throw problems::shapes_too_many();
    Ring read;
    read.reserve(given.size());
    for (const js::value& each : given) read.push_back(point(each));
    if (read.size() < 4 || read.front() != read.back()) {
      refuse({"每个环至少 4 个点，且首尾相同", "each ring has 4 points at least, the last the same as the first"});
    }
    return read;
  }

  MapPoint point(const js::value& value) const {
    const js::array* pair = value.if_array();
    if (pair && pair->size() >= 2 && pair->size() <= 4 && (*pair)[0].is_number() && (*pair)[1].is_number()) {
      MapPoint read{(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
      bool inside = read.longitude >= kSouthWest.longitude && read.longitude <= kNorthEast.longitude &&
                    read.latitude >= kSouthWest.latitude && read.latitude <= kNorthEast.latitude;
      if (inside) return read;
    }
    refuse(
        {"坐标须为度，经度在前（73 至 136），纬度在后（3 至 54）；投影坐标请先转换为经纬度",
         "coordinates are degrees, longitude (73 to 136) before latitude (3 to 54); turn projected ones into degrees"});
  }

  const js::value& feature_;
  std::size_t number_;
  std::size_t rings_ = 0;
  std::size_t points_ = 0;
};

}  // namespace

std::vector<NamedShape> read_shapes(std::string_view geojson, const std::string& property) {
  js::monotonic_resource storage;
  js::value read = json::parse(geojson, &storage);
  const js::value* features = member(read, "features");
  bool good = is_text(member(read, "type"), "FeatureCollection") && features && features->is_array() &&
              !features->get_array().empty() && features->get_array().size() <= kMostFeatures;
  if (!good) throw problems::shapes_collection();
  std::vector<NamedShape> shapes;
  std::size_t points = 0;
  for (const js::value& each : features->get_array()) {
    Feature feature(each, shapes.size());
    shapes.push_back(feature.read(property));
    points += feature.points();
    if (points > kMostPoints) throw problems::shapes_too_many();
  }
  return shapes;
}

}  // namespace tanfang::registry
