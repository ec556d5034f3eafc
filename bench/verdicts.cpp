// Verdicts in memory, one core; and `classify` with JSON in and out, as a whole program.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

#include "bench.h"
#include "bench_folder.h"
#include "schemes/schemes.h"

namespace tanfang::bench {
namespace {

namespace js = boost::json;

constexpr int kPeople = 1'000'000;
constexpr int kLines = 400'000;
const std::string kSource = TANFANG_SOURCE_DIR;

/// The people of a scheme's own case table.
std::vector<js::object> people_of(const schemes::Scheme& scheme) {
  std::ifstream table(scheme.folder + "/cases.jsonl");
  std::vector<js::object> people;
  for (std::string line; std::getline(table, line);) people.push_back(js::parse(line).as_object());
  if (people.empty()) throw std::runtime_error("no cases of " + scheme.id);
  return people;
}

double verdicts_a_second(const schemes::SchemeSet& set, const schemes::Scheme& scheme) {
  std::vector<std::pair<Date, schemes::Facts>> people;
  for (const js::object& one : people_of(scheme)) {
    schemes::Facts facts(set.vocabulary(), scheme.id);
    if (facts.set_all(one.at("facts").as_object())) throw std::runtime_error("a case of " + scheme.id);
    people.emplace_back(Date::parse(one.at("on").as_string()).value(), std::move(facts));
  }
  schemes::Verdict verdict;
  std::size_t owed = 0;
  double seconds = seconds_of([&] {
    for (int i = 0; i < kPeople; ++i) {
      const auto& [on, facts] = people[static_cast<std::size_t>(i) % people.size()];
      schemes::classify(scheme, facts, on, verdict);
      owed += verdict.obligations.size();
    }
  });
  if (owed == 0) throw std::runtime_error("nobody is owed anything");
  return kPeople / seconds;
}

struct Spent {
  double wall = 0;
  double processor = 0;
};

Spent classify_by_program(const std::string& scheme, const std::string& people) {
  Spent spent;
  spent.wall = seconds_of([&] {
    pid_t child = ::fork();
    if (child == 0) {
      ::dup2(::open(people.c_str(), O_RDONLY), 0);
      int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, 1);
      ::dup2(nowhere, 2);
      ::execl(TANFANG_PROGRAM, "tanfang", "classify", "--scheme", scheme.c_str(), nullptr);
      ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || ::wait4(child, &status, 0, &usage) != child || status != 0)
      throw std::runtime_error("classify failed");
    spent.processor = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                      static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  });
  return spent;
}

void write_lines(const schemes::Scheme& scheme, const std::string& path) {
  std::vector<std::string> lines;
  for (const js::object& one : people_of(scheme)) {
    lines.push_back(js::serialize(js::object{{"id", one.at("id")}, {"on", one.at("on")}, {"facts", one.at("facts")}}));
  }
  std::ofstream out(path);
  for (int i = 0; i < kLines; ++i) out << lines[static_cast<std::size_t>(i) % lines.size()] << '\n';
}

void run(Report& report) {
  auto set = schemes::SchemeSet::load(kSource);
  for (const auto& scheme : set.all()) {
    report.at_least("verdicts a second and core, " + scheme->id, verdicts_a_second(set, *scheme), "1/s", 1e6);
  }
  Folder folder;
  for (const auto& scheme : set.all()) {
    write_lines(*scheme, folder.file("people.jsonl"));
    Spent spent = classify_by_program(scheme->id, folder.file("people.jsonl"));
    report.at_least("classify, lines a second, " + scheme->id, kLines / spent.wall, "1/s", 1e5);
    report.note("classify, lines a second of processor time", kLines / spent.processor, "1/s");
  }
}

const Benchmark kVerdicts("verdicts", "verdicts in memory, and classify with JSON in and out", run);

}  // namespace
}  // namespace tanfang::bench
