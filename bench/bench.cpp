#include "bench.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace tanfang::bench {
namespace {

std::string rounded(double value) {
  if (value >= 1000) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

}  // namespace

void Report::line(const std::string& what, double value, const std::string& unit, const std::string& judgement) {
  fmt::print("  {:<66} {:>10} {:<5} {}\n", what, rounded(value), unit, judgement);
  std::fflush(stdout);
}

void Report::at_least(const std::string& what, double value, const std::string& unit, double limit) {
  bool held = value >= limit;
  all_held_ = all_held_ && held;
  line(what, value, unit, fmt::format("{} at least {}", held ? "held  " : "MISSED", rounded(limit)));
}

void Report::at_most(const std::string& what, double value, const std::string& unit, double limit) {
  bool held = value <= limit;
  all_held_ = all_held_ && held;
  line(what, value, unit, fmt::format("{} at most {}", held ? "held  " : "MISSED", rounded(limit)));
}

void Report::note(const std::string& what, double value, const std::string& unit) { line(what, value, unit, ""); }

Benchmark::Benchmark(std::string name_given, std::string what_given, Run run_given)
    : name(std::move(name_given)), what(std::move(what_given)), run(std::move(run_given)) {
  all().push_back(this);
}

std::vector<const Benchmark*>& Benchmark::all() {
  static std::vector<const Benchmark*> benchmarks;
  return benchmarks;
}

double seconds_of(const std::function<void()>& run) {
  auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_seconds_of(int runs, const std::function<void()>& run) {
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) seconds.push_back(seconds_of(run));
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_megabytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace tanfang::bench
