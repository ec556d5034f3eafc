// `tanfang plan open|list|event|festival`, and with them the commands of rounds and declarations.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/commands/plan_rounds.h"
#include "app/json/plan_json.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/table.h"
#include "base/mask.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  std::string county;
  std::string area;
  std::string month;
  std::string person;
  std::string event;
  std::string at;
  int year = 0;
  bool owed = false;
};

int open_month(Surroundings& surroundings, const Options& options) {
  planning::Month month = planning::parse_month(options.month);
  Ground ground(surroundings);
  planning::Opening opening;
  {
    Progress progress("people planned");
    surroundings.write([&](audit::Work& work) {
      opening = planning::open_month(work, ground.policies, options.county, month,
                                     [&](std::int64_t people) { progress.tell(people); });
    });
  }
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"county", options.county},
                                                {"month", month.iso()},
                                                {"people", opening.people},
                                                {"obligations", opening.obligations},
                                                {"opened_before", opening.opened_before}}));
  } else {
    fmt::print("{} {}：{}，共 {} 人，新增或变更应访任务 {} 项\n", options.county, month.iso(),
               opening.opened_before ? "此前已开月，已核对更新" : "已开月", opening.people, opening.obligations);
  }
  return kDone;
}

int list(Surroundings& surroundings, const Options& options) {
  planning::Month month = planning::parse_month(options.month);
  surroundings.database().read([&](db::Session& session) {
    planning::for_each_planned(
        session, options.area, month, surroundings.now(), options.owed, [&](const planning::PlannedVisit& planned) {
          if (surroundings.json) {
            fmt::print("{}\n", js::serialize(to_json(planned)));
          } else {
            fmt::print("{} {} {} {} {} 至 {}（{} 前{}） {}/{} {} {}\n", format_id(planned.person),
                       mask_name(planned.name), planned.village, planned.tier, planned.first_day.iso(),
                       planned.last_day.iso(), planned.due_day.iso(), planned.ends_in_month ? "" : "，本月之后到期",
                       planned.counted, planned.min, planned.state, planned.label);
          }
        });
  });
  return kDone;
}

int record_event(Surroundings& surroundings, const Options& options) {
  Instant at = surroundings.now();
  if (!options.at.empty()) {
    auto read = parse_instant(options.at);
    if (!read) throw CLI::ValidationError("--at", "not a time like 2024-03-01T09:30");
    at = *read;
  }
  Ground ground(surroundings);
  Id person = parse_id_option("--person", options.person);
  planning::Noted event;
  surroundings.write([&](audit::Work& work) {
    event = planning::record_event(work, ground.policies, options.county, person, options.event, at);
  });
  fmt::print("{}\n", js::serialize(js::object{
                         {"event", format_id(event.id)}, {"at", format_instant(at)}, {"repeated", event.repeated}}));
  return kDone;
}

int list_festivals(Surroundings& surroundings, const Options& options) {
  Ground ground(surroundings);
  int year = options.year == 0 ? surroundings.today().year() : options.year;
  js::array found;
  std::vector<std::vector<std::string>> rows = {{"节日", "开始", "节日当天", "方案", "可计入窗口"}};
  surroundings.database().read([&](db::Session& session) {
    for (const auto& round : planning::list_festivals(session, ground.policies, options.county, year)) {
      found.push_back(to_json(round));
      rows.push_back({round.name.zh, round.first_day.iso(), round.last_day.iso(), round.scheme,
                      round.visit_also_meets_window ? "是" : "否"});
    }
  });
  fmt::print("{}", surroundings.json ? js::serialize(found) + "\n" : table_text(rows));
  return kDone;
}

void add_county(CLI::App& command, Options& options) {
  command.add_option("--county", options.county, "the county's code, 6 digits")->required()->check(is_county);
}

Run define_open(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  command.add_option("--month", options->month, "YYYY-MM")->required();
  return [options](Surroundings& surroundings) { return open_month(surroundings, *options); };
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->area, "a county, town or village")->required();
  command.add_option("--month", options->month, "YYYY-MM")->required();
  command.add_flag("--owed", options->owed, "only what is still owed or overdue");
  return [options](Surroundings& surroundings) { return list(surroundings, *options); };
}

Run define_event(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  command.add_option("--person", options->person, "the person's id")->required();
  command.add_option("--event", options->event, "an event of the county's schemes, e.g. discharged")->required();
  command.add_option("--at", options->at, "when it happened, YYYY-MM-DDTHH:MM (default: now)");
  return [options](Surroundings& surroundings) { return record_event(surroundings, *options); };
}

Run define_festival(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  command.add_option("--year", options->year, "the civil year (default: this year)")->check(CLI::Range(1900, 2100));
  return [options](Surroundings& surroundings) { return list_festivals(surroundings, *options); };
}

}  // namespace

void add_plan(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("plan", "what is owed: months, rounds, events, declarations");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "open", "open a month: everything owed in it; again: only what has changed",
              define_open);
  add_command(*group, surroundings, "list",
              "list what is owed in the month person by person (--json: one object a line)", define_list);
  add_command(*group, surroundings, "event", "note an event of a person, after which a visit is owed within hours",
              define_event);
  add_command(*group, surroundings, "festival", "list the festival rounds of the county's schemes", define_festival);
  add_rounds(*group, surroundings);
  add_declarations(*group, surroundings);
}

}  // namespace tanfang::app
