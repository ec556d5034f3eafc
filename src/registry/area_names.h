// The plain forms in which names of areas are compared.
#pragma once

#include <string>
#include <string_view>

#include "registry/areas.h"

namespace tanfang::registry {

/// 街道办事处 and 人民政府 are taken off the end of a town's name: 绍兴街道办事处 and 绍兴街道 are one.
std::string plain_town_name(std::string_view name);
/// The town's name without 镇, 乡 or 街道 behind it, as clerks shorten it; never fewer than two characters.
std::string short_town_name(std::string_view plain);

}  // namespace tanfang::registry
