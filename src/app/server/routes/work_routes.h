// What the routes of work lists share.
#pragma once

#include <string>

#include "app/server/api.h"
#include "app/server/input.h"

namespace tanfang::app::server {

/// The county, town or village asked about; the caller's own where none is given.
std::string work_area_asked(const Call& call, Query& query);
/// Part of the work lists' routes.
void add_verification_routes(Api& api);

}  // namespace tanfang::app::server
