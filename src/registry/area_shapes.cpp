#include "registry/area_shapes.h"

#include <fmt/format.h>

#include <map>

#include "base/area_code.h"
#include "registry/area_shapes_store.h"
#include "registry/for_maps.h"
#include "registry/list_problems.h"
#include "registry/registry_problems.h"
#include "registry/shapes_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kMostPoints = 200;  // of one area, as it is kept
constexpr std::size_t kTown = 9;

/// The town or village of `area` that the text names; a town's code may be written with 000 behind it.
AreaMatch find_named(const AreaIndex& index, const std::string& area, std::size_t digits, std::string named) {
  if (digits != kTown) return index.find_village(area, named);
  if (named.size() == 12 && named.ends_with("000")) named.resize(kTown);
  if (!is_area_code(named)) return index.find_town(area, named);
  bool known = named.size() == kTown && named.starts_with(area) && index.find(named);
  return {known ? AreaMatch::Kind::found : AreaMatch::Kind::unknown, named};
}

Words why_not(const AreaMatch& match) {
  if (match.kind == AreaMatch::Kind::ambiguous) {
    return {"这个名称有几个区划，请改用代码", "several areas have that name; give the code"};
  }
  return {"在该区域内找不到这个区划", "there is no such area of that level in the area"};
}

/// A millionth of a degree is a tenth of a metre.
std::string coordinates_of(const NamedShape& shape) {
  auto joined = [](const auto& items, auto text_of) {
    std::string text = "[";
    for (const auto& item : items) text += (text.size() == 1 ? "" : ",") + text_of(item);
    return text + "]";
  };
  auto point = [](const MapPoint& at) { return fmt::format("[{:.6f},{:.6f}]", at.longitude, at.latitude); };
  auto ring = [&](const Ring& points) { return joined(points, point); };
  auto polygon = [&](const std::vector<Ring>& rings) { return joined(rings, ring); };
  return joined(shape.polygons, polygon);
}

/// Which area each shape is of; the shapes are simplified.
struct Placing {
  std::map<std::string, std::string> by_code;  // coordinates
  std::vector<UnplacedShape> unplaced;
  std::vector<Area> missing;

  Placing(const AreaIndex& index, const std::string& area, std::size_t digits, std::vector<NamedShape>& shapes) {
    simplify_shapes(shapes, kMostPoints);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      AreaMatch match = find_named(index, area, digits, shapes[i].named);
      if (match.kind != AreaMatch::Kind::found) {
        unplaced.push_back({i + 1, shapes[i].named, why_not(match)});
      } else if (!by_code.emplace(match.code, coordinates_of(shapes[i])).second) {
        unplaced.push_back({i + 1,
                            shapes[i].named,
                            {"前面已有要素指同一个区划，请合并为一个 MultiPolygon",
                             "a feature before names the same area; join them as one MultiPolygon"}});
      }
    }
    for (Area& each : index.below(area, static_cast<int>(digits))) {
      if (!by_code.contains(each.code)) missing.push_back(std::move(each));
    }
  }
};

void record(audit::Work& work, const std::string& area, const char* kind, std::size_t digits, std::size_t shapes) {
  work.record({county_of(area), kind, "area:" + area, fmt::format(R"({{"digits":{},"shapes":{}}})", digits, shapes)});
}

}  // namespace

ShapesGiven put_shapes(audit::Work& work, const std::string& area, std::size_t digits, std::vector<NamedShape> shapes) {
  require_area(work.session, area);
  ShapesGiven given{shapes.size(), count_points(shapes), 0, {}};
  Placing placing(AreaIndex::from_table(work.session, area, work.today()), area, digits, shapes);
  if (!placing.unplaced.empty()) throw problems::shapes_area(placing.unplaced[0].feature - 1, placing.unplaced[0].why);
  given.points = count_points(shapes);
  given.missing = std::move(placing.missing);
  if (load_coordinates(work.session, area, digits) == placing.by_code) {
    work.unchanged();
    return given;
  }
  delete_coordinates(work.session, area, digits);
  insert_coordinates(work.session, placing.by_code, work.now, work.actor);
  record(work, area, "area_shapes_given", digits, placing.by_code.size());
  return given;
}

ShapesPreview preview_shapes(db::Session& session, const std::string& area, std::size_t digits,
                             std::vector<NamedShape> shapes, Date on) {
  require_area(session, area);
  ShapesPreview preview;
  preview.points_given = count_points(shapes);
  Placing placing(AreaIndex::from_table(session, area, on), area, digits, shapes);
  preview.shapes = placing.by_code.size();
  preview.points = count_points(shapes);
  preview.unplaced = std::move(placing.unplaced);
  preview.missing = std::move(placing.missing);
  auto before = load_coordinates(session, area, digits);
  preview.before = before.size();
  for (const auto& [code, coordinates] : before) preview.lost += !placing.by_code.contains(code);
  return preview;
}

std::string shapes_state(db::Session& session, const std::string& area, std::size_t digits) {
  std::string state;
  for (const auto& [code, coordinates] : load_coordinates(session, area, digits)) state += code + coordinates;
  return state;
}

void remove_shapes(audit::Work& work, const std::string& area, std::size_t digits) {
  std::size_t shapes = load_coordinates(work.session, area, digits).size();
  if (shapes == 0) return work.unchanged();
  delete_coordinates(work.session, area, digits);
  record(work, area, "area_shapes_removed", digits, shapes);
}

std::vector<AreaShape> load_shapes(db::Session& session, const std::string& area, Date on) {
  return load_shapes_below(session, area, on);
}

}  // namespace tanfang::registry
