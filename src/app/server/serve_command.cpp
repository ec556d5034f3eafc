// `tanfang serve`.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <memory>

#include "app/app.h"
#include "app/server/serving.h"
#include "app/settings/settings.h"
#include "base/problem.h"
#include "platform/time/system_clock.h"

namespace tanfang::app {
namespace {

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

/// Where a limit or quota on files is reached, the write that reached it fails; the server goes on.
void survive_full_disks() { std::signal(SIGXFSZ, SIG_IGN); }

void reload(server::Serving& serving) {
  try {
    serving.reload_tls();
    fmt::print(stderr, "certificate read again\n");
  } catch (const Problem& problem) {
    fmt::print(stderr, "certificate kept: {}\n", problem.text.en);
  }
}

void wait_for_end(const sigset_t& signals, server::Serving& serving) {
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) reload(serving);
}

int serve(Surroundings& surroundings, const Options& options) {
  survive_full_disks();
  sigset_t signals = block_signals();
  std::unique_ptr<Clock> clock = std::make_unique<SystemClock>();
  if (!surroundings.now_text.empty()) clock = std::make_unique<FixedClock>(surroundings.now());
  Settings settings = surroundings.settings();
  if (!options.address.empty()) settings.server.address = options.address;
  if (options.port) settings.server.port = *options.port;
  server::Serving serving(surroundings, *clock, settings, http::AccessLog(STDERR_FILENO));
  const char* scheme = settings.server.tls_certificate.empty() ? "http" : "https";
  fmt::print("{}://{}:{}\n", scheme, settings.server.address, serving.port());
  std::fflush(stdout);
  wait_for_end(signals, serving);
  fmt::print(stderr, "stopped{}\n", serving.stop() ? "" : "; some requests were cut");
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
