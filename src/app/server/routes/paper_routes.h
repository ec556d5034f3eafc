// Forms on paper and their archives.
#pragma once

#include "app/server/api.h"

namespace tanfang::app::server {

void add_paper_routes(Api& api);
void add_archive_routes(Api& api);

}  // namespace tanfang::app::server
