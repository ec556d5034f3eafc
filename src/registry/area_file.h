// Reading a list of areas: lines `code,name`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/areas.h"

namespace tanfang::registry {

/// Reads a list of areas. A first line of words names the columns (`code` and `name`, or 区划代码 and 名称, in any
/// order, others are ignored);
/// without one they are the first two. Fields may be quoted. Throws Problem `areas.malformed` with the line. `keep`
/// says which codes are wanted; the order of the file is kept.
std::vector<Area> read_area_file(const std::string& path, const std::function<bool(std::string_view code)>& keep);

/// The line on which a code stands, counted from 1; for a refusal.
std::int64_t line_of_area(const std::string& path, std::string_view code);

}  // namespace tanfang::registry
