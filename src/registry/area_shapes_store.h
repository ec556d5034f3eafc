// Rows of `area_shapes`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/area_shapes.h"

namespace tanfang::registry {

/// Of the areas of so many digits in `area`: coordinates by code.
std::map<std::string, std::string> load_coordinates(db::Session& session, const std::string& area, std::size_t digits);
void delete_coordinates(db::Session& session, const std::string& area, std::size_t digits);
void insert_coordinates(db::Session& session, const std::map<std::string, std::string>& by_code, Instant put_at,
                        const std::string& put_by);
std::vector<AreaShape> load_shapes_below(db::Session& session, const std::string& parent, Date on);

}  // namespace tanfang::registry
