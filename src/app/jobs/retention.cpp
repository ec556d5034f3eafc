#include "app/jobs/retention.h"

#include <fmt/format.h>

#include "alarms/alarms.h"
#include "app/archives/archives.h"
#include "app/field/deliveries.h"
#include "scans/scans.h"
#include "visits/visits.h"

namespace tanfang::app::jobs {
namespace {

constexpr std::int64_t kTogether = 50;

std::int64_t erase_closed(const Run& run, registry::Status closed, std::int64_t years) {
  Date before = add_months(china_date(run.now()), -static_cast<int>(years * 12)) + 1;
  std::int64_t erased = 0;
  Id after;
  for (;;) {
    std::vector<Id> people;
    run.ground.database.read([&](db::Session& session) {
      people = registry::list_erasable(session, run.subject, closed, before, after, kTogether);
    });
    if (people.empty()) return erased;
    after = people.back();
    run.step();
    std::int64_t done = 0;
    run.write([&](audit::Work& work) {
      done = 0;
      for (Id id : people) {
        registry::PersonKey key{run.subject, id};
        if (!registry::erase_person(work, key)) continue;
        visits::erase_answers(work, key);
        archives::erase_archives(work, key);
        alarms::erase_emergencies(work, key.county, key.id);
        field::erase_set_aside(work, key.county, key.id);
        scans::erase_person(work, key);
        ++done;
      }
    });
    erased += done;
  }
}

}  // namespace

std::string erase_by_rule(const Run& run) {
  std::int64_t deceased = run.ground.settings.deceased_years;
  std::int64_t moved_out = run.ground.settings.moved_out_years;
  if (deceased == 0 && moved_out == 0) return "off";
  std::int64_t people = 0;
  if (deceased > 0) people += erase_closed(run, registry::Status::deceased, deceased);
  if (moved_out > 0) people += erase_closed(run, registry::Status::moved_out, moved_out);
  return fmt::format("people={}", people);
}

}  // namespace tanfang::app::jobs
