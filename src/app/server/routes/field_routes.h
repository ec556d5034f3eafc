// What comes from the field and waits for an office.
#pragma once

#include "app/server/api.h"

namespace tanfang::app::server {

void add_proposal_routes(Api& api);
void add_emergency_routes(Api& api);

}  // namespace tanfang::app::server
