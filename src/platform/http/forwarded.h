// Who asked, where a proxy stands before this server.
#pragma once

#include <string>
#include <vector>

#include "platform/http/request.h"

namespace tanfang::http {

/// Where `request.peer` is one of `trusted`, sets it to the last address of `X-Forwarded-For` that is not, and `secure`
/// by `X-Forwarded-Proto`, and is true. From anybody else both are not looked at: they could be invented. All of
/// these addresses are as `plain_address` spells them.
bool apply_forwarded(Request& request, const std::vector<std::string>& trusted);

}  // namespace tanfang::http
