// Runs what is due: by itself on a thread, or step by step.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs {

/// A run that ended, for the log.
struct Ended {
  std::string kind;
  std::string subject;
  std::string outcome;  // done, failed, interrupted
  std::string note;
  std::int64_t milliseconds = 0;
};

/// Of one kind in this process, for metrics.
struct Counts {
  std::string kind;
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t interrupted = 0;
  std::int64_t last_milliseconds = 0;
};

class JobRunner {
 public:
  /// `holder` tells people which process has a job (`host:pid`). `told` is called after each run, on the thread that
  /// ran it: also on two at once.
  JobRunner(
      const Ground& ground, std::vector<Kind> kinds, std::string holder,
      std::function<void(const Ended&)> told = [](const Ended&) {});
  /// Stops.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// Adds rows for what has none yet (a new kind, a new county) and runs all that is due at the clock's time and that
  /// nobody else runs; returns how many. Safe to call from many threads and processes.
  int tick();
  /// Runs a job here and now, due or not, for every county where `subject` is empty and the kind goes by county. Throws
  /// Problem `job.unknown`, `job.running`; how the runs ended stands in their rows.
  void run_now(const std::string& kind, const std::string& subject);

  /// Ticks on two threads of its own until stopped, so that what is short goes on beside what is long, and renews the
  /// leases of what runs.
  void start();
  /// Looks for work at once, as after `ask_job`.
  void wake();
  /// Takes no further job and waits for the step that runs.
  void stop();

  std::vector<Counts> counts() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace tanfang::app::jobs
