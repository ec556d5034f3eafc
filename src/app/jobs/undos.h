// Undoing of ledgers that nobody finishes.
#pragma once

#include <string>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs {

/// Finishes what a process had begun to undo when it ended, in the name of who asked for it. Beside another that is at
/// the same import it does no harm: each transaction takes the next people.
std::string finish_undos(const Run& run);

}  // namespace tanfang::app::jobs
