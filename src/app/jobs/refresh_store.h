// Rows of refresh_lists, and what they are worked out from.
#pragma once

#include <string>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs::store {

/// Writes the county's list anew: everybody here and not found ineligible whose file nobody confirmed since
/// `confirmed_before`. A file is confirmed when somebody says something of the person. How many.
std::int64_t rewrite_stale(db::Session& session, const std::string& county, Date today, Date confirmed_before);

}  // namespace tanfang::app::jobs::store
