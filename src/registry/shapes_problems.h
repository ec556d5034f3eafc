// Refusals of the shapes that a county gives of its areas.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::registry::problems {

inline Problem shapes_collection() {
  Words text{"须为 GeoJSON 的 FeatureCollection，含 1 至 2000 个要素；请由地图软件导出为 GeoJSON 后重试",
             "a GeoJSON FeatureCollection of 1 to 2,000 features is needed; export it as GeoJSON and try again"};
  return {"shapes.collection", 422, text, {{"features", "shapes.collection", text}}};
}

/// `feature` counts from 0, as the field does; people count from 1.
inline Problem shapes_feature(std::size_t feature, const Words& wanted) {
  std::string field = "features[" + std::to_string(feature) + "]";
  std::string number = std::to_string(feature + 1);
  return {"shapes.feature",
          422,
          {"第 " + number + " 个要素：" + wanted.zh, "feature " + number + ": " + wanted.en},
          {{field, "shapes.feature", wanted}}};
}

inline Problem shapes_too_many() {
  Words text{"坐标点超过 400000 个；请在地图软件中先简化边界",
             "there are more than 400,000 points; simplify the borders in the map program first"};
  return {"shapes.too_many", 422, text, {{"features", "shapes.too_many", text}}};
}

inline Problem shapes_area(std::size_t feature, const Words& why) {
  std::string field = "features[" + std::to_string(feature) + "]";
  std::string number = std::to_string(feature + 1);
  return {"shapes.area",
          422,
          {"第 " + number + " 个要素：" + why.zh + "；请改正名称或代码后重新上传，未作任何改动",
           "feature " + number + ": " + why.en + "; mend its name or code and send all again; nothing was changed"},
          {{field, "shapes.area", why}}};
}

}  // namespace tanfang::registry::problems
