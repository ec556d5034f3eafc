// Lists that leave the house as Excel.
#pragma once

namespace tanfang::app::server {

class Api;

void add_export_routes(Api& api);

}  // namespace tanfang::app::server
