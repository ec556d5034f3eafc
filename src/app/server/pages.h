// The pages for browsers, as the build put them into `web/dist`.
#pragma once

#include <string>

#include "platform/http/router.h"

namespace tanfang::app::server {

/// The desk at `/desk/`, and the way there from `/`. `folder` holds a folder `desk`; where it holds none, nobody has
/// built the pages, and the routes say so. Throws Failure where it cannot be read.
void add_pages(http::Router& router, const std::string& folder);

}  // namespace tanfang::app::server
