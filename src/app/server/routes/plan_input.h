// What routes of the plan are asked with.
#pragma once

#include <string>

#include "app/server/input.h"
#include "planning/planning.h"

namespace tanfang::app::server {

/// The county asked about, whole: what is decided there binds all of it. Finishes the input.
std::string county_asked(const Call& call, Input& input, identity::Permission permission);
/// The `month` given, or this one. Throws Problem `month.malformed`.
planning::Month month_asked(const Call& call, Input& input);

}  // namespace tanfang::app::server
