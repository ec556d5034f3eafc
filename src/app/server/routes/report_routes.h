// Reports: as the figures are now, and as they were issued.
#pragma once

namespace tanfang::app::server {

class Api;

void add_report_routes(Api& api);

}  // namespace tanfang::app::server
