// Borders with fewer points: the point whose triangle with its neighbours is smallest goes first (Visvalingam).
#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "registry/area_shapes.h"

namespace tanfang::registry {
namespace {

constexpr double kStays = std::numeric_limits<double>::infinity();
constexpr std::size_t kTriangle = 3;

double triangle(const MapPoint& a, const MapPoint& b, const MapPoint& c) {
  return std::abs((b.longitude - a.longitude) * (c.latitude - a.latitude) -
                  (c.longitude - a.longitude) * (b.latitude - a.latitude)) /
         2;
}

/// For each point but the last how much goes with it: never less than with one that went before.
std::vector<double> weights_of(const Ring& ring) {
  std::size_t count = ring.size() - 1;
  std::vector<std::size_t> before(count);
  std::vector<std::size_t> behind(count);
  std::vector<double> weights(count, kStays);
  std::vector<double> present(count);
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> next;
  auto weigh = [&](std::size_t i) {
    present[i] = triangle(ring[before[i]], ring[i], ring[behind[i]]);
    next.emplace(present[i], i);
  };
  for (std::size_t i = 0; i < count; ++i) {
    before[i] = (i + count - 1) % count;
    behind[i] = (i + 1) % count;
  }
  for (std::size_t i = 0; i < count; ++i) weigh(i);
  double last = 0;
  for (std::size_t left = count; left > kTriangle && !next.empty();) {
    auto [weight, i] = next.top();
    next.pop();
    if (weights[i] != kStays || weight != present[i]) continue;
    last = std::max(last, weight);
    weights[i] = last;
    --left;
    behind[before[i]] = behind[i];
    before[behind[i]] = before[i];
    weigh(before[i]);
    weigh(behind[i]);
  }
  return weights;
}

/// What must go from the shape so that `most` points stay; less than nothing where all may.
double limit_of(const std::vector<std::vector<double>>& rings, std::size_t most) {
  std::vector<double> all;
  for (const auto& weights : rings) all.insert(all.end(), weights.begin(), weights.end());
  std::size_t stay = most - std::min(most, rings.size());  // the last of each ring is its first again
  if (all.size() <= stay) return -1;
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(stay), all.end(), std::greater<>());
  return all[stay];
}

}  // namespace

std::size_t count_points(const std::vector<NamedShape>& shapes) {
  std::size_t points = 0;
  for (const NamedShape& shape : shapes) {
    for (const auto& rings : shape.polygons) {
      for (const Ring& ring : rings) points += ring.size();
    }
  }
  return points;
}

void simplify_shapes(std::vector<NamedShape>& shapes, std::size_t most) {
  std::vector<std::vector<std::vector<double>>> weights;
  double limit = -1;
  for (const NamedShape& shape : shapes) {
    weights.emplace_back();
    for (const auto& rings : shape.polygons) {
      for (const Ring& ring : rings) weights.back().push_back(weights_of(ring));
    }
    limit = std::max(limit, limit_of(weights.back(), most));
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    std::size_t number = 0;
    for (auto& rings : shapes[i].polygons) {
      for (Ring& ring : rings) {
        const std::vector<double>& kept = weights[i][number++];
        Ring simple;
        for (std::size_t point = 0; point < kept.size(); ++point) {
          if (kept[point] > limit) simple.push_back(ring[point]);
        }
        simple.push_back(simple.front());
        ring = std::move(simple);
      }
    }
  }
}

}  // namespace tanfang::registry
