// `tanfang classify`: verdicts for people on stdin.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <memory>
#include <thread>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/classify_lines.h"
#include "app/progress.h"

namespace tanfang::app {
namespace {

struct Options {
  std::string scheme;
  std::vector<std::string> settings;
};

schemes::SettingValues read_settings(const Options& options) {
  schemes::SettingValues values;
  for (const std::string& text : options.settings) {
    std::size_t sign = text.find('=');
    if (sign == std::string::npos) throw CLI::ValidationError("--set", "write --set NAME=VALUE");
    values[options.scheme][text.substr(0, sign)] = text.substr(sign + 1);
  }
  return values;
}

/// Whether a read of the input would not have to wait.
bool input_waits() {
  pollfd waiting{STDIN_FILENO, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

/// While the workers answer one batch, the next is read and the one before is written; where nothing more is waiting,
/// what is there is answered at once.
std::size_t answer_all(std::vector<LineClassifier>& workers) {
  Batch batches[2];
  std::string rest;
  std::size_t refused = 0;
  std::int64_t done = 0;
  Progress progress("people classified");
  bool more = true;
  for (std::size_t turn = 0; more; turn = 1 - turn) {
    Batch& now = batches[turn];
    Batch& before = batches[1 - turn];
    more = now.read(rest);
    before.join();
    now.start(workers);
    refused += before.finish();
    if (!more || !input_waits()) refused += now.finish();
    done += static_cast<std::int64_t>(now.size());
    progress.tell(done);
  }
  return refused;
}

int run_classify(Surroundings& surroundings, const Options& options) {
  auto set = schemes::SchemeSet::load(surroundings.shipped(), surroundings.further_schemes(), read_settings(options));
  Date today = surroundings.today();
  set.check(options.scheme);
  std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<LineClassifier> workers;
  for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(set, options.scheme, today);
  std::size_t refused = answer_all(workers);
  if (refused == 0) return kDone;
  fmt::print(stderr, "{} 行有误，未能判定；其余已完成\n{} lines were refused; the others are done\n", refused, refused);
  return kRefused;
}

}  // namespace

void add_classify(CLI::App& program, Surroundings& surroundings) {
  add_command(program, surroundings, "classify",
              "Says for people on stdin (JSON lines: id, on, facts) whether and why visits are owed under a scheme",
              [](CLI::App& command) -> Run {
                auto options = std::make_shared<Options>();
                command.add_option("--scheme", options->scheme, "the scheme's id, e.g. luzhou-2023")->required();
                command.add_option("--set", options->settings, "NAME=VALUE: another value for a setting of the scheme");
                return [options](Surroundings& here) { return run_classify(here, *options); };
              });
}

}  // namespace tanfang::app
