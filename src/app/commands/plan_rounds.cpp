#include "app/commands/plan_rounds.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/commands/ground.h"
#include "app/json/plan_json.h"
#include "app/options.h"
#include "app/table.h"
#include "base/text.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  std::string county;
  std::string area;
  std::string kind;
  std::string name;
  std::string from;
  std::string to;
  std::string id;
  std::string reason;
  std::vector<std::string> tiers;
  std::vector<std::string> categories;
};

void print_id(const char* word, Id id) { fmt::print("{}\n", js::serialize(js::object{{word, format_id(id)}})); }

void print_noted(const char* word, const planning::Noted& noted) {
  fmt::print("{}\n", js::serialize(js::object{{word, format_id(noted.id)}, {"repeated", noted.repeated}}));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text.empty() ? "全部" : text;
}

int add_one(Surroundings& surroundings, const Options& options) {
  planning::ExtraRound round;
  round.kind = options.kind;
  round.name = options.name;
  round.area = options.area.empty() ? options.county : options.area;
  round.first_day = parse_day("--from", options.from);
  round.last_day = parse_day("--to", options.to);
  round.tiers = options.tiers;
  round.categories = options.categories;
  Ground ground(surroundings);
  planning::Noted noted;
  surroundings.write(
      [&](audit::Work& work) { noted = planning::add_round(work, ground.policies, options.county, round); });
  print_noted("round", noted);
  return kDone;
}

int end_one(Surroundings& surroundings, const Options& options) {
  Id id = parse_id_option("--round", options.id);
  Date on = options.to.empty() ? surroundings.today() : parse_day("--on", options.to);
  Ground ground(surroundings);
  surroundings.write([&](audit::Work& work) { planning::end_round(work, ground.policies, options.county, id, on); });
  print_id("round", id);
  return kDone;
}

int list(Surroundings& surroundings, const Options& options) {
  js::array found;
  std::vector<std::vector<std::string>> rows = {{"编号", "种类", "名称", "区域", "开始", "结束", "层级", "类别"}};
  surroundings.database().read([&](db::Session& session) {
    for (const planning::ExtraRound& round : planning::list_rounds(session, options.county)) {
      found.push_back(to_json(round));
      rows.push_back({format_id(round.id), round.kind, round.name, round.area, round.first_day.iso(),
                      round.last_day.iso(), joined(round.tiers), joined(round.categories)});
    }
  });
  fmt::print("{}", surroundings.json ? js::serialize(found) + "\n" : table_text(rows));
  return kDone;
}

int declare(Surroundings& surroundings, const Options& options) {
  planning::EpidemicDeclaration declaration;
  declaration.area = options.area.empty() ? options.county : options.area;
  declaration.first_day = parse_day("--from", options.from);
  declaration.last_day = parse_day("--to", options.to);
  declaration.reason = options.reason;
  Ground ground(surroundings);
  planning::Noted noted;
  surroundings.write([&](audit::Work& work) {
    noted = planning::declare_epidemic(work, ground.policies, options.county, declaration);
  });
  print_noted("declaration", noted);
  return kDone;
}

int end_declaration(Surroundings& surroundings, const Options& options) {
  Id id = parse_id_option("--declaration", options.id);
  Date on = options.to.empty() ? surroundings.today() : parse_day("--on", options.to);
  Ground ground(surroundings);
  surroundings.write(
      [&](audit::Work& work) { planning::end_declaration(work, ground.policies, options.county, id, on); });
  print_id("declaration", id);
  return kDone;
}

int list_declarations(Surroundings& surroundings, const Options& options) {
  js::array found;
  std::vector<std::vector<std::string>> rows = {{"编号", "区域", "开始", "结束", "原因"}};
  surroundings.database().read([&](db::Session& session) {
    for (const auto& declaration : planning::list_declarations(session, options.county)) {
      found.push_back(to_json(declaration));
      rows.push_back({format_id(declaration.id), declaration.area, declaration.first_day.iso(),
                      declaration.last_day.iso(), declaration.reason});
    }
  });
  fmt::print("{}", surroundings.json ? js::serialize(found) + "\n" : table_text(rows));
  return kDone;
}

using Work = int (*)(Surroundings&, const Options&);

/// A command with --county and what `more` adds.
template <typename More>
void add_one_command(CLI::App& group, Surroundings& surroundings, const std::string& name, const std::string& help,
                     Work work, More more) {
  add_command(group, surroundings, name, help, [work, more](CLI::App& command) -> Run {
    auto options = std::make_shared<Options>();
    command.add_option("--county", options->county, "the county's code, 6 digits")->required()->check(is_county);
    more(command, *options);
    return [options, work](Surroundings& given) { return work(given, *options); };
  });
}

void add_period(CLI::App& command, Options& options) {
  command.add_option("--area", options.area, "a town or village (default: the whole county)");
  command.add_option("--from", options.from, "first day, YYYY-MM-DD")->required();
  command.add_option("--to", options.to, "last day, YYYY-MM-DD")->required();
}

}  // namespace

void add_rounds(CLI::App& plan, Surroundings& surroundings) {
  CLI::App* group = plan.add_subcommand("round", "extra rounds: heat, cold, rain, flood, epidemic, festival, other");
  group->fallthrough();
  group->require_subcommand(1);
  add_one_command(
      *group, surroundings, "add", "owe one visit to everybody it is meant for", add_one,
      [](CLI::App& command, Options& options) {
        command.add_option("--kind", options.kind, "heat, cold, rain, flood, epidemic, festival, other")->required();
        command.add_option("--name", options.name, "as people call it");
        add_period(command, options);
        command.add_option("--tier", options.tiers, "only these tiers")->delimiter(',');
        command.add_option("--category", options.categories, "only who is in one of these categories")->delimiter(',');
      });
  add_one_command(*group, surroundings, "end", "make a day the round's last", end_one,
                  [](CLI::App& command, Options& options) {
                    command.add_option("--round", options.id, "the round's id")->required();
                    command.add_option("--on", options.to, "its last day (default: today)");
                  });
  add_one_command(*group, surroundings, "list", "list the county's rounds", list, [](CLI::App&, Options&) {});
}

void add_declarations(CLI::App& plan, Surroundings& surroundings) {
  CLI::App* group = plan.add_subcommand("epidemic", "where and when home visits are impossible");
  group->fallthrough();
  group->require_subcommand(1);
  add_one_command(*group, surroundings, "declare", "phone and video meet the windows there, more of them", declare,
                  [](CLI::App& command, Options& options) {
                    add_period(command, options);
                    command.add_option("--reason", options.reason, "why, for the file")->required();
                  });
  add_one_command(*group, surroundings, "end", "make a day the declaration's last", end_declaration,
                  [](CLI::App& command, Options& options) {
                    command.add_option("--declaration", options.id, "the declaration's id")->required();
                    command.add_option("--on", options.to, "its last day (default: today)");
                  });
  add_one_command(*group, surroundings, "list", "list the county's declarations", list_declarations,
                  [](CLI::App&, Options&) {});
}

}  // namespace tanfang::app
