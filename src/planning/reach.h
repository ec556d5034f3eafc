// Where visitors come: home, villages that they name, and as far from home as they go.
#pragma once

#include <string>
#include <vector>

#include "planning/assignment.h"

namespace tanfang::planning {

/// Which of `villages` the visitor comes to, as their positions; `points` are in the order of their areas.
std::vector<int> villages_reached(const Visitor& visitor, const std::vector<std::string>& villages,
                                  const std::vector<AreaPoint>& points);

}  // namespace tanfang::planning
