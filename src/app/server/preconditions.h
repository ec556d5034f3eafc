// Edits of what may not be there yet.
#pragma once

#include "app/server/call.h"

namespace tanfang::app::server {

/// As `require_match` where there is something to overwrite, and where the header is given; where nothing is, it may be
/// left out.
inline void require_match_if(bool present, const http::Request& request, const std::string& etag) {
  if (present || request.header("If-Match")) require_match(request, etag);
}

}  // namespace tanfang::app::server
