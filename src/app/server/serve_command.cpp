// `tanfang serve`.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <thread>

#include "app/app.h"
#include "app/server/serving.h"
#include "app/settings/settings.h"
#include "base/problem.h"
#include "platform/time/system_clock.h"

namespace tanfang::app {
namespace {

/// For what goes on past the drain (a handler, a job, a ledger between two steps) until the process ends anyway.
constexpr std::chrono::seconds kGrace{5};

struct Options {
  std::string address;
  std::optional<std::int64_t> port;
};

/// The signals that end or change a server, for `sigwait`; blocked in every thread that is started from now on.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Where a limit or quota on files is reached, or a reader has gone, the write fails; the server goes on.
void survive_failed_writes() {
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

void reload(server::Serving& serving, http::AccessLog& log) {
  try {
    serving.reload_tls();
    log.say("certificate read again");
  } catch (const Problem& problem) {
    log.say("certificate kept: " + problem.text.en);
  }
}

/// Ends the process where stopping takes longer than it may, or is asked for again: what was answered is on the disk,
/// and what was not is as after a kill.
class LastWord {
 public:
  LastWord(sigset_t signals, std::chrono::seconds patience) {
    sigdelset(&signals, SIGHUP);
    thread_ = std::thread([this, signals, patience] {
      timespec limit{patience.count(), 0};
      while (sigtimedwait(&signals, nullptr, &limit) < 0 && errno == EINTR) {
      }
      if (!ended_) ::_exit(kDone);
    });
  }
  ~LastWord() {
    ended_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  LastWord(const LastWord&) = delete;
  LastWord& operator=(const LastWord&) = delete;

 private:
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

void wait_for_end(const sigset_t& signals, server::Serving& serving, http::AccessLog& log) {
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) reload(serving, log);
}

int serve(Surroundings& surroundings, const Options& options) {
  survive_failed_writes();
  sigset_t signals = block_signals();
  std::unique_ptr<Clock> clock = std::make_unique<SystemClock>();
  if (!surroundings.now_text.empty()) clock = std::make_unique<FixedClock>(surroundings.now());
  Settings settings = surroundings.settings();
  if (!options.address.empty()) settings.server.address = options.address;
  if (options.port) settings.server.port = *options.port;
  std::optional<LastWord> last_word;  // outlives all that may take long to end
  http::AccessLog log(STDERR_FILENO);
  server::Serving serving(
      surroundings, *clock, settings, [&log](const http::AccessEntry& entry) { log(entry); },
      [&log] { return log.dropped(); });
  const char* scheme = settings.server.tls_certificate.empty() ? "http" : "https";
  fmt::print("{}://{}:{}\n", scheme, settings.server.address, serving.port());
  std::fflush(stdout);
  wait_for_end(signals, serving, log);
  last_word.emplace(signals, std::chrono::ceil<std::chrono::seconds>(settings.server.drain) + kGrace);
  log.say(serving.stop() ? "stopped" : "stopped; some requests were cut");
  return kDone;
}

Run define_serve(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--address", options->address, "where to listen, in place of the settings");
  command.add_option("--port", options->port, "likewise; 0 takes a free one")->check(CLI::Range(0, 65535));
  return [options](Surroundings& surroundings) { return serve(surroundings, *options); };
}

}  // namespace

void add_serve(CLI::App& program, Surroundings& surroundings) {
  add_command(program, surroundings, "serve",
              "the interface over HTTP, until SIGTERM; SIGHUP reads the certificate again", define_serve);
}

}  // namespace tanfang::app
