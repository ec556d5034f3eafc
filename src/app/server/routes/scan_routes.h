// Paper that comes back, over HTTP.
#pragma once

#include "app/server/api.h"

namespace tanfang::app::server {

void add_scan_routes(Api& api);

}  // namespace tanfang::app::server
