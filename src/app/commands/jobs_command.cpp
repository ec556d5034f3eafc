// `tanfang jobs list|run`.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/command_clock.h"
#include "app/commands/ground.h"
#include "app/jobs/runner.h"
#include "app/options.h"
#include "app/table.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

std::string text_of(const std::optional<Instant>& instant) { return instant ? format_instant(*instant) : ""; }

std::string state_of(const jobs::Job& job, Instant now) {
  if (job.running(now)) return "running";
  return job.outcome.empty() ? "waiting" : job.outcome;
}

void print_jobs(Surroundings& surroundings, const std::string& kind) {
  std::vector<jobs::Job> rows;
  surroundings.database().read([&](db::Session& session) { rows = jobs::list_jobs(session); });
  Instant now = surroundings.now();
  std::vector<std::vector<std::string>> table{{"kind", "subject", "state", "due", "ended", "attempts", "note"}};
  for (const jobs::Job& job : rows) {
    if (!kind.empty() && job.kind != kind) continue;
    std::string state = state_of(job, now);
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(js::object{{"kind", job.kind},
                                                  {"subject", job.subject},
                                                  {"state", state},
                                                  {"due_at", format_instant(job.due_at)},
                                                  {"started_at", text_of(job.started_at)},
                                                  {"ended_at", text_of(job.ended_at)},
                                                  {"attempts", job.attempts},
                                                  {"holder", job.holder},
                                                  {"note", job.note}}));
    }
    table.push_back({job.kind, job.subject, state, format_instant(job.due_at), text_of(job.ended_at),
                     std::to_string(job.attempts), job.note});
  }
  if (!surroundings.json) fmt::print("{}", table_text(table));
}

Run define_list(CLI::App&) {
  return [](Surroundings& surroundings) {
    print_jobs(surroundings, "");
    return kDone;
  };
}

int run_job(Surroundings& surroundings, const std::string& kind, const std::string& county) {
  Ground ground(surroundings);
  CommandClock clock(surroundings);
  const JobSettings& settings = surroundings.settings().jobs;
  bool failed = false;
  jobs::JobRunner runner({surroundings.database(), surroundings.keys(), surroundings.ids(), clock, ground.classifier,
                          ground.policies, settings},
                         jobs::standard_kinds(settings), "command:" + std::to_string(::getpid()),
                         [&](const jobs::Ended& ended) { failed = failed || ended.outcome != "done"; });
  runner.run_now(kind, county);
  print_jobs(surroundings, kind);
  return failed ? kFailed : kDone;
}

Run define_run(CLI::App& command) {
  auto kind = std::make_shared<std::string>();
  auto county = std::make_shared<std::string>();
  command.add_option("KIND", *kind, "as `jobs list` names it")->required();
  command.add_option("--county", *county, "for this county alone")->check(is_county);
  return [kind, county](Surroundings& surroundings) { return run_job(surroundings, *kind, *county); };
}

}  // namespace

void add_jobs(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("jobs", "work that the server does by itself: what is due, what came of it");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "list", "every job, when it is due, how it ended last", define_list);
  add_command(*group, surroundings, "run", "run a job now, whether it is due or not", define_run);
}

}  // namespace tanfang::app
