// Benchmarks of the house: each measures the product beside a peer in the same run and says by what limit it holds.
//
// A file of this folder registers its benchmark by itself:
//
//   const Benchmark kVerdicts("verdicts", "verdicts in memory", [](Report& report) {
//     double seconds = seconds_of([&] { … });
//     report.at_least("verdicts a second and core", people / seconds, "1/s", 1e6);
//   });
//
// `bin/bench [NAME…]` builds the release, runs all or the named ones, and ends with 1 where a limit is missed.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace tanfang::bench {

class Report {
 public:
  /// A figure that must reach or must not pass its limit.
  void at_least(const std::string& what, double value, const std::string& unit, double limit);
  void at_most(const std::string& what, double value, const std::string& unit, double limit);
  /// A figure without a limit, such as the peer's own.
  void note(const std::string& what, double value, const std::string& unit);

  bool all_held() const { return all_held_; }

 private:
  void line(const std::string& what, double value, const std::string& unit, const std::string& judgement);

  bool all_held_ = true;
};

class Benchmark {
 public:
  using Run = std::function<void(Report&)>;
  Benchmark(std::string name, std::string what, Run run);

  std::string name;
  std::string what;
  Run run;

  static std::vector<const Benchmark*>& all();
};

/// Wall time of one run.
double seconds_of(const std::function<void()>& run);
/// The median of several runs.
double median_seconds_of(int runs, const std::function<void()>& run);
/// Processor time that this process has used so far, of all its threads.
double processor_seconds();
/// Peak resident memory of this process so far, in MB.
double peak_megabytes();

}  // namespace tanfang::bench
