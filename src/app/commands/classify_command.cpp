// `tanfang classify`: verdicts for people on stdin.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/classify_lines.h"
#include "app/progress.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kChunk = 4u << 20;

struct Options {
  std::string scheme;
  std::vector<std::string> folders;
  std::vector<std::string> settings;
};

/// Reads what is there: until a chunk is full, or nothing more is waiting, or the end. False at the end.
bool read_some(std::string& buffer) {
  std::size_t before = buffer.size();
  while (buffer.size() - before < kChunk) {
    std::size_t old = buffer.size();
    buffer.resize(old + (1u << 18));
    ssize_t got = ::read(STDIN_FILENO, buffer.data() + old, 1u << 18);
    buffer.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Failure(std::string("cannot read the input: ") + std::strerror(errno));
    if (got == 0) return false;
    pollfd waiting{STDIN_FILENO, POLLIN, 0};
    if (::poll(&waiting, 1, 0) == 0) return true;
  }
  return true;
}

/// The whole lines of `buffer` (at the end of the input the last one too); blank ones are passed over. Returns how many
/// bytes they took.
std::size_t whole_lines(std::string_view buffer, bool at_end, std::vector<std::string_view>& lines) {
  lines.clear();
  std::size_t begin = 0;
  while (begin < buffer.size()) {
    std::size_t end = buffer.find('\n', begin);
    if (end == std::string_view::npos && !at_end) break;
    std::size_t next = end == std::string_view::npos ? buffer.size() : end + 1;
    std::string_view line = buffer.substr(begin, std::min(end, buffer.size()) - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back(line);
    begin = next;
  }
  return begin;
}

void print_out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Failure(std::string("cannot write the answers: ") + std::strerror(errno));
  }
}

schemes::SettingValues read_settings(const Options& options) {
  schemes::SettingValues values;
  for (const std::string& text : options.settings) {
    std::size_t sign = text.find('=');
    if (sign == std::string::npos) throw CLI::ValidationError("--set", "write --set NAME=VALUE");
    values[options.scheme][text.substr(0, sign)] = text.substr(sign + 1);
  }
  return values;
}

int run_classify(Surroundings& surroundings, const Options& options) {
  auto set = schemes::SchemeSet::load(surroundings.shipped(), options.folders, read_settings(options));
  Date today = surroundings.today();
  set.get(options.scheme, today);
  std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<LineClassifier> workers;
  for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(set, options.scheme, today);
  std::string buffer;
  std::vector<std::string_view> lines;
  std::size_t refused = 0;
  std::int64_t done = 0;
  Progress progress("people classified");
  for (bool more = true; more;) {
    more = read_some(buffer);
    std::size_t taken = whole_lines(buffer, !more, lines);
    print_out(answer_lines(workers, lines, refused));
    buffer.erase(0, taken);
    done += static_cast<std::int64_t>(lines.size());
    progress.tell(done);
  }
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
                command.add_option("--schemes", options->folders,
                                   "a further folder of scheme folders (may be repeated)");
                command.add_option("--set", options->settings, "NAME=VALUE: another value for a setting of the scheme");
                return [options](Surroundings& here) { return run_classify(here, *options); };
              });
}

}  // namespace tanfang::app
