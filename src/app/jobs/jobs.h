// Work that runs by itself: kinds, when each is due, and the rows by which several processes share it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/settings/settings.h"
#include "audit/audit.h"
#include "base/clock.h"
#include "planning/planning.h"
#include "registry/registry.h"

namespace tanfang::app::jobs {

/// What jobs work with; all of it outlives the runner.
struct Ground {
  db::Database& database;
  const crypto::KeyRing& keys;
  IdSource& ids;
  const Clock& clock;
  const registry::Classifier& classifier;
  const planning::Policies& policies;
  JobSettings settings;
};

/// When a job is due again: every so many milliseconds, once a day at a time of China, or only when it is asked for.
struct Schedule {
  std::int64_t every = 0;  // 0: daily
  int minutes = 0;         // of the day
  bool when_asked = false;
};
Schedule when_asked();
Schedule every(std::int64_t milliseconds);
Schedule daily(std::int64_t hour, int minutes);
/// The first moment after `after`; what was missed is not made up for.
Instant next_due(const Schedule& schedule, Instant after);
/// The latest moment for which a job can rightly be due at `now`, delays after failures included.
Instant last_due(const Schedule& schedule, Instant now);
/// How long a job that failed `attempts` times in a row waits, in milliseconds: 1 minute, doubled each time, at most an
/// hour.
std::int64_t retry_delay(std::int64_t attempts);

/// Leaves a job's work early: the runner stops, or another process has the job by now.
class Interrupted : public std::exception {};

/// One run of a job, as its work sees it.
class Run {
 public:
  Run(const Ground& ground, std::string kind, std::string subject, std::function<bool()> keep)
      : ground(ground), kind(std::move(kind)), subject(std::move(subject)), keep_(std::move(keep)) {}

  const Ground& ground;
  const std::string kind;
  const std::string subject;

  Instant now() const { return ground.clock.now(); }
  /// One transaction; refuses a write that recorded nothing and did not say unchanged.
  void write(const std::function<void(audit::Work&)>& use_case) const;
  /// Between the parts of long work: renews the lease. Throws Interrupted.
  void step() const {
    if (!keep_()) throw Interrupted();
  }

 private:
  std::function<bool()> keep_;
};

struct Kind {
  enum class Reach { once, by_county };

  std::string name;
  Words meaning;
  Reach reach = Reach::once;
  Schedule schedule;
  /// Returns what came of it in a few words, without personal data. What it throws makes the run a failed one.
  std::function<std::string(const Run&)> work;
};
/// All that the service does by itself. A further kind is one line there.
std::vector<Kind> standard_kinds(const JobSettings& settings);

/// A row as lists show it.
struct Job {
  std::string kind;
  std::string subject;  // a county, or empty
  Instant due_at;
  std::int64_t attempts = 0;  // begun since the last that was done
  std::optional<Id> run;      // that holds the lease
  std::string holder;
  Instant lease_until;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
  std::string outcome;  // of the last run that ended: done, failed, or empty
  std::string note;

  bool running(Instant now) const { return run.has_value() && lease_until > now; }
};
/// By kind and subject.
std::vector<Job> list_jobs(db::Session& session);
/// Makes the job due now, for every county of `area` (empty: all) where it is done county by county; how many. Records
/// `job_asked`. Throws Problem `job.unknown`.
std::int64_t ask_job(audit::Work& work, const std::string& kind, const std::string& area);

// ---- Files to be refreshed ----------------------------------------------------------------------------------------

struct Stale {
  std::string area;  // village or town
  Id person;
  Date confirmed_on;
};
/// People of `area` whose file waits to be confirmed, by area and id, behind (`after_area`, `after`).
std::vector<Stale> list_stale(db::Session& session, const std::string& area, const std::string& after_area, Id after,
                              std::int64_t limit);
struct StaleCount {
  std::string town;  // 9 digits
  std::int64_t people = 0;
};
std::vector<StaleCount> count_stale(db::Session& session, const std::string& area);

}  // namespace tanfang::app::jobs
