#include "app/jobs/jobs.h"

#include <algorithm>
#include <stdexcept>

#include "app/jobs/jobs_problems.h"
#include "app/jobs/jobs_store.h"

namespace tanfang::app::jobs {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kLongestDelay = 60 * kMinute;
constexpr int kNobodyWaits = 36'500;  // days

}  // namespace

Schedule every(std::int64_t milliseconds) { return {milliseconds, 0}; }

Schedule daily(std::int64_t hour, int minutes) { return {0, static_cast<int>((hour * 60 + minutes) % (24 * 60))}; }

Schedule when_asked() { return {0, 0, true}; }

Instant next_due(const Schedule& schedule, Instant after) {
  if (schedule.when_asked) return china_instant(china_date(after) + kNobodyWaits);
  if (schedule.every > 0) return {after.milliseconds + schedule.every};
  Date today = china_date(after);
  Instant due = china_instant(today, schedule.minutes);
  return due > after ? due : china_instant(today + 1, schedule.minutes);
}

std::int64_t retry_delay(std::int64_t attempts) {
  std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 16);
  return std::min(kMinute << doublings, kLongestDelay);
}

Instant last_due(const Schedule& schedule, Instant now) {
  return std::max(next_due(schedule, now), Instant{now.milliseconds + kLongestDelay});
}

void Run::write(const std::function<void(audit::Work&)>& use_case) const {
  ground.database.write([&](db::Session& session) {
    audit::Work work(session, now(), ground.ids, "job:" + kind, ground.keys);
    use_case(work);
    if (!work.recorded_or_unchanged()) throw std::logic_error("a job's write recorded no event");
  });
}

std::int64_t ask_job(audit::Work& work, const std::string& kind, const std::string& area) {
  std::int64_t jobs = store::make_due(work.session, kind, area, work.now);
  if (jobs == 0) throw problems::job_unknown(kind);
  std::string county = area.size() < 6 ? std::string() : area.substr(0, 6);
  work.record({county, "job_asked", "job:" + kind, "{\"jobs\":" + std::to_string(jobs) + "}"});
  return jobs;
}

}  // namespace tanfang::app::jobs
