#include "app/jobs/scan_reading.h"

#include <fmt/format.h>

#include "app/jobs/jobs_store.h"
#include "identity/identity.h"
#include "scans/scans.h"

namespace tanfang::app::jobs {

namespace {

scans::Reading reading_of(const Run& run) {
  return {run.ground.database, run.ground.keys,
          [&run](const std::function<void(audit::Work&)>& use_case) { run.write(use_case); }, [&run] { run.step(); }};
}

}  // namespace

void ask_reading(db::Session& session, Instant now) { store::make_due(session, kReadScans, "", now); }

std::string read_scans(const Run& run) {
  scans::Read read = scans::read_waiting(reading_of(run));
  // Other jobs have their turn, then it goes on.
  if (read.more) run.ground.database.write([&](db::Session& session) { ask_reading(session, run.ground.clock.now()); });
  return fmt::format("pages={}", read.pages);
}

std::string purge_scans(const Run& run) {
  Instant before{run.now().milliseconds - run.ground.settings.attachment_days * identity::kDay};
  std::int64_t pages = 0;
  for (std::int64_t gone = -1; gone != 0; pages += gone) {
    run.step();
    run.write([&](audit::Work& work) { gone = scans::erase_set_aside(work, run.subject, before); });
  }
  std::int64_t files =
      scans::drop_files(reading_of(run), run.subject, Instant{run.now().milliseconds - identity::kDay});
  return fmt::format("pages={} files={}", pages, files);
}

}  // namespace tanfang::app::jobs
