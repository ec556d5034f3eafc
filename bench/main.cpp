// bench [NAME…]: runs all benchmarks, or the named ones.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "bench.h"

namespace {

using tanfang::bench::Benchmark;

int run(std::vector<std::string> names) {
  std::vector<const Benchmark*> benchmarks = Benchmark::all();
  std::sort(benchmarks.begin(), benchmarks.end(), [](auto* a, auto* b) { return a->name < b->name; });
  auto known = [&](const std::string& name) {
    return std::any_of(benchmarks.begin(), benchmarks.end(), [&](auto* each) { return each->name == name; });
  };
  for (const std::string& name : names) {
    if (known(name)) continue;
    fmt::print(stderr, "no benchmark {}; there are:\n", name);
    for (auto* each : benchmarks) fmt::print(stderr, "  {:<12} {}\n", each->name, each->what);
    return 2;
  }
  tanfang::bench::Report report;
  for (auto* each : benchmarks) {
    if (!names.empty() && std::find(names.begin(), names.end(), each->name) == names.end()) continue;
    fmt::print("{}: {}\n", each->name, each->what);
    std::fflush(stdout);
    each->run(report);
  }
  return report.all_held() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run({words + 1, words + count});
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return 3;
  }
}
