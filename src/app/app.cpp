#include "app/app.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>

#include "app/command_line.h"
#include "app/commands/archive_command.h"
#include "app/commands/export_command.h"
#include "app/commands/print_command.h"
#include "app/commands/scans_command.h"
#include "base/problem.h"

namespace tanfang::app {
namespace {

void print_problem(const Problem& problem) {
  fmt::print(stderr, "{} ({})\n  {}\n", problem.text.zh, problem.code, problem.text.en);
  for (const FieldProblem& field : problem.fields) {
    fmt::print(stderr, "  {} [{}] {} / {}\n", field.field, field.code, field.text.zh, field.text.en);
  }
}

int parse_and_run(CLI::App& program, int count, char** words) {
  try {
    program.parse(count, words);
    return kDone;
  } catch (const CLI::RuntimeError& error) {
    return error.get_exit_code();
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kDone : kUsage;
  } catch (const Problem& problem) {
    print_problem(problem);
    return kRefused;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "failed: {}\n", failure.what());
    return kFailed;
  }
}

/// What was printed must have arrived: a full disk shows only when the last of it is written.
bool told_all() {
  std::cout.flush();
  bool all = std::cout.good() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!all) fmt::print(stderr, "failed: the output could not be written: {}\n", std::strerror(errno));
  return all;
}

/// Refused as wrong use: a slip here would work at another time or on another database than meant.
std::string is_time(const std::string& text) { return parse_instant(text) ? "" : "not a time like 2024-03-01T09:30"; }
std::string is_server(const std::string& text) {
  bool known = text.starts_with("postgresql://") || text.starts_with("postgres://");
  return known ? "" : "not an address like postgresql://user@host/database";
}

}  // namespace

int run(int count, char** words) {
  CLI::App program("Tanfang (探访): the visiting-and-care service for elderly people with special difficulties",
                   "tanfang");
  program.require_subcommand(1);
  program.fallthrough();
  Surroundings surroundings;
  surroundings.data_folder = "data";
  program.add_option("--data", surroundings.data_folder, "folder of the embedded database and the keys")
      ->capture_default_str();
  program.add_option("--database", surroundings.database_address, "postgresql://… instead of the embedded database")
      ->envname("TANFANG_DATABASE")
      ->check(is_server);
  program.add_option("--settings", surroundings.settings_file, "the settings file (default: DATA/settings.toml)");
  program.add_option("--now", surroundings.now_text, "the time to work at, YYYY-MM-DDTHH:MM (default: the clock)")
      ->check(is_time);
  program
      .add_option("--schemes", surroundings.scheme_folders,
                  "a further folder of scheme folders (may be repeated); DATA/schemes is always read")
      ->allow_extra_args(false);
  program.add_flag("--json", surroundings.json, "print what a program can read");
  add_classify(program, surroundings);
  add_schemes(program, surroundings);
  add_ledger(program, surroundings);
  add_plan(program, surroundings);
  add_report(program, surroundings);
  add_areas(program, surroundings);
  add_people(program, surroundings);
  add_visits(program, surroundings);
  add_print(program, surroundings);
  add_export(program, surroundings);
  add_archive(program, surroundings);
  add_scans(program, surroundings);
  add_accounts(program, surroundings);
  add_audit(program, surroundings);
  add_operation(program, surroundings);
  add_demo(program, surroundings);
  add_settings(program, surroundings);
  add_jobs(program, surroundings);
  add_serve(program, surroundings);
  int code = parse_and_run(program, count, words);
  return told_all() ? code : kFailed;
}

}  // namespace tanfang::app
