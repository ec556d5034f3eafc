#include "app/app.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "app/command_line.h"
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
  program.add_option("--database", surroundings.database_address, "postgresql://… instead of the embedded database");
  program.add_option("--now", surroundings.now_text, "the time to work at, YYYY-MM-DDTHH:MM (default: the clock)");
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
  add_audit(program, surroundings);
  add_operation(program, surroundings);
  add_demo(program, surroundings);
  return parse_and_run(program, count, words);
}

}  // namespace tanfang::app
