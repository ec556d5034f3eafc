// Jobs page by page.
#pragma once

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs {

/// Those of the whole deployment and of the counties of `area` (empty: all), by kind and subject, behind `after_kind`
/// and `after_subject`.
std::vector<Job> list_jobs(db::Session& session, const std::string& area, const std::string& after_kind,
                           const std::string& after_subject, int limit);

}  // namespace tanfang::app::jobs
