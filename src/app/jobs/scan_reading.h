// Paper that was sent, read page by page.
#pragma once

#include <string>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs {

/// Of all counties. What a process had begun when it ended goes on with the next page.
std::string read_scans(const Run& run);

/// Of a county: deletes pages that were set aside long ago, files of which no page is left, and what was never sent to
/// its end.
std::string purge_scans(const Run& run);

inline constexpr const char* kReadScans = "read_scans";
/// Makes the reading due now, inside the transaction that brought something to read.
void ask_reading(db::Session& session, Instant now);

}  // namespace tanfang::app::jobs
