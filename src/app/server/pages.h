// The pages for browsers, as the build put them into `web/dist`.
#pragma once

#include <string>

#include "platform/http/router.h"

namespace tanfang::app::server {

/// The field application at `/`, the desk at `/desk/`. `folder` holds a folder for each, `field` and `desk`. Where there
/// is no field application, `/` leads to the desk; where there is no desk, nobody has built it, and its routes say so. Throws Failure where it cannot be read.
void add_pages(http::Router& router, const std::string& folder);

}  // namespace tanfang::app::server
