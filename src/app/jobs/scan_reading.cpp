#include "app/jobs/scan_reading.h"

#include <fmt/format.h>

#include "app/jobs/jobs_store.h"
#include "scans/scans.h"

namespace tanfang::app::jobs {

std::string read_scans(const Run& run) {
  scans::Reading reading{run.ground.database, run.ground.keys,
                         [&](const std::function<void(audit::Work&)>& use_case) { run.write(use_case); },
                         [&] { run.step(); }};
  return fmt::format("pages={}", scans::read_waiting(reading));
}

void ask_reading(db::Session& session, Instant now) { store::make_due(session, kReadScans, "", now); }

}  // namespace tanfang::app::jobs
