// Where areas lie, page by page.
#pragma once

#include <string>
#include <vector>

#include "planning/assignment.h"

namespace tanfang::planning {

/// Of the area and all in it, by code, at most `limit` behind `after`.
std::vector<AreaPoint> page_points(db::Session& session, const std::string& area, const std::string& after, int limit);

}  // namespace tanfang::planning
