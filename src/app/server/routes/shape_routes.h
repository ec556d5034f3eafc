// Part of the areas' routes.
#pragma once

#include "app/server/api.h"

namespace tanfang::app::server {

void add_shape_routes(Api& api);

}  // namespace tanfang::app::server
