// Erasure by rule: so many years after a death or a moving out, the person's own fields go and the figures stay.
#pragma once

#include <string>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs {

/// In small transactions, so that writers do not wait. Says `off` where the settings name no years.
std::string erase_by_rule(const Run& run);

}  // namespace tanfang::app::jobs
