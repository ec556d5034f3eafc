// `tanfang people status|suspend|resume|move-out|death|reopen`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "app/options.h"

namespace tanfang::app::people {
namespace {

namespace js = boost::json;

struct Options {
  std::string person;
  std::string from;
  std::string last;
  std::string reason;

  /// The day given, or today.
  Date day(const Surroundings& surroundings) const { return Date::parse(from).value_or(surroundings.today()); }
};

void add_day(CLI::App& command, const std::string& name, const std::string& help, std::string& day) {
  command.add_option(name, day, help)->check(is_date);
}

/// Says which status holds on the day now.
int answer(Surroundings& surroundings, const registry::PersonKey& key, Date on) {
  registry::Status status{};
  surroundings.database().read(
      [&](db::Session& session) { status = registry::status_on(registry::load_status_history(session, key), on); });
  js::object object{{"id", format_id(key.id)}, {"on", on.iso()}, {"status", registry::to_text(status)}};
  print(surroundings, object, fmt::format("{} {} {}", format_id(key.id), on.iso(), registry::to_text(status)));
  return kDone;
}

/// A command that changes the status from a day on.
struct Change {
  const char* name;
  const char* help;
  const char* day;  // the option that gives the day
  const char* day_help;
  const char* reason;  // help of --reason; nullptr where none is asked for
  void (*use_case)(audit::Work&, const registry::PersonKey&, const Options&, Date);
};

constexpr Change kChanges[] = {
    {"suspend", "no visits owed for a time, with a reason", "--from", "the first day (default: today)",
     "why, such as 住院 or 暂住外地",
     [](audit::Work& work, const registry::PersonKey& key, const Options& given, Date day) {
       registry::suspend_person(work, key, day, Date::parse(given.last), given.reason);
     }},
    {"resume", "end a suspension", "--on", "the first day at home again (default: today)", nullptr,
     [](audit::Work& work, const registry::PersonKey& key, const Options&, Date day) {
       registry::resume_person(work, key, day);
     }},
    {"move-out", "the person left the area for good", "--on", "the first day no longer here (default: today)",
     "where to, or why",
     [](audit::Work& work, const registry::PersonKey& key, const Options& given, Date day) {
       registry::move_out_person(work, key, day, given.reason);
     }},
    {"death", "the person died", "--on", "the day of death (default: today)", nullptr,
     [](audit::Work& work, const registry::PersonKey& key, const Options&, Date day) {
       registry::record_death(work, key, day);
     }},
};

Run define_change(CLI::App& command, const Change& change_of_status) {
  auto options = std::make_shared<Options>();
  add_person(command, options->person);
  add_day(command, change_of_status.day, change_of_status.day_help, options->from);
  if (std::string_view(change_of_status.name) == "suspend") {
    add_day(command, "--last", "the last day (default: until resumed)", options->last);
  }
  if (change_of_status.reason) command.add_option("--reason", options->reason, change_of_status.reason)->required();
  return [options, use_case = change_of_status.use_case](Surroundings& surroundings) {
    Ground ground(surroundings);
    Date day = options->day(surroundings);
    auto key = change(surroundings, ground, options->person, day,
                      [&](audit::Work& work, const registry::PersonKey& who) { use_case(work, who, *options, day); });
    return answer(surroundings, key, day);
  };
}

Run define_reopen(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_person(command, options->person);
  command.add_option("--reason", options->reason, "what was wrong")->required();
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    // What was recorded in error may lie far back: everything that is open is looked at.
    Date from = *Date::from_ymd(1900, 1, 1);
    auto key =
        change(surroundings, ground, options->person, from, [&](audit::Work& work, const registry::PersonKey& who) {
          registry::reopen_person(work, who, options->reason);
        });
    return answer(surroundings, key, surroundings.today());
  };
}

Run define_status(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_person(command, options->person);
  add_day(command, "--on", "the day asked for (default: today)", options->from);
  return [options](Surroundings& surroundings) {
    const crypto::KeyRing& keys = surroundings.keys();
    Date day = options->day(surroundings);
    surroundings.database().read([&](db::Session& session) {
      registry::PersonKey key = find(session, keys, options->person);
      auto spans = registry::load_status_history(session, keys, key);
      std::string_view status = registry::to_text(registry::status_on(spans, day));
      std::string text = fmt::format("{} {} {}", format_id(key.id), day.iso(), status);
      js::array history;
      for (const registry::StatusSpan& span : spans) {
        history.push_back(to_json(span));
        text += fmt::format("\n{} – {} {} {}", span.valid_from.iso(), span.valid_to ? (*span.valid_to - 1).iso() : "",
                            registry::to_text(span.status), span.reason);
      }
      print(surroundings,
            {{"id", format_id(key.id)}, {"on", day.iso()}, {"status", status}, {"history", std::move(history)}}, text);
    });
    return kDone;
  };
}

}  // namespace

void add_status(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "status", "the status on a day, and its history", define_status);
  for (const Change& each : kChanges) {
    add_command(group, surroundings, each.name, each.help,
                [&each](CLI::App& command) { return define_change(command, each); });
  }
  add_command(group, surroundings, "reopen", "take back a moving out or a death recorded in error", define_reopen);
}

}  // namespace tanfang::app::people
