#include "app/jobs/scan_reading.h"

#include <fmt/format.h>

#include "app/jobs/jobs_store.h"
#include "scans/scans.h"

namespace tanfang::app::jobs {

void ask_reading(db::Session& session, Instant now) { store::make_due(session, kReadScans, "", now); }

std::string read_scans(const Run& run) {
  scans::Reading reading{run.ground.database, run.ground.keys,
                         [&](const std::function<void(audit::Work&)>& use_case) { run.write(use_case); },
                         [&] { run.step(); }};
  scans::Read read = scans::read_waiting(reading);
  // Other jobs have their turn, then it goes on.
  if (read.more) run.ground.database.write([&](db::Session& session) { ask_reading(session, run.ground.clock.now()); });
  return fmt::format("pages={}", read.pages);
}

}  // namespace tanfang::app::jobs
