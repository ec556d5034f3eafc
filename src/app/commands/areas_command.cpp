// `tanfang areas import|list`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/options.h"
#include "app/progress.h"
#include "registry/registry.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct ImportOptions {
  std::string path;
  std::string valid_from;
  std::string complete;
};

void print(const registry::AreasImported& done, bool json) {
  if (json) {
    fmt::print("{}\n", js::serialize(js::object{{"rows", done.rows},
                                                {"added", done.added},
                                                {"renamed", done.renamed},
                                                {"ended", done.ended},
                                                {"unchanged", done.unchanged}}));
  } else {
    fmt::print("区划 {} 行：新增 {}，更名 {}，撤销 {}，未变 {}\n", done.rows, done.added, done.renamed, done.ended,
               done.unchanged);
  }
}

int take_list(Surroundings& surroundings, const ImportOptions& options) {
  registry::AreasImport order;
  order.path = options.path;
  order.valid_from = Date::parse(options.valid_from);
  if (options.complete == "all") order.complete_within = "";
  if (!options.complete.empty() && options.complete != "all") order.complete_within = options.complete;
  registry::AreasImported done;
  {
    Progress progress("areas");
    order.progress = [&](std::int64_t rows) { progress.tell(rows); };
    surroundings.write([&](audit::Work& work) { done = registry::import_areas(work, order); });
  }
  print(done, surroundings.json);
  return kDone;
}

Run define_import(CLI::App& command) {
  auto options = std::make_shared<ImportOptions>();
  command.add_option("FILE", options->path, "lines code,name; a header may name the columns")->required();
  command
      .add_option("--valid-from", options->valid_from,
                  "first day of what is new (default: names change today, new codes have always held)")
      ->check(is_date);
  command
      .add_option("--complete", options->complete,
                  "the list is complete inside this area (or `all`): codes it no longer names end")
      ->check([](const std::string& text) { return text == "all" ? std::string() : is_area(text); });
  return [options](Surroundings& surroundings) { return take_list(surroundings, *options); };
}

void print(const registry::Area& area, bool json) {
  if (json) {
    fmt::print("{}\n", js::serialize(js::object{{"code", area.code}, {"name", area.name}}));
  } else {
    fmt::print("{} {}\n", area.code, area.name);
  }
}

Run define_list(CLI::App& command) {
  auto within = std::make_shared<std::string>();
  auto level = std::make_shared<int>(0);
  command.add_option("--area", *within, "below this area (default: the provinces)")->check(is_area);
  command.add_option("--level", *level, "digits of the codes wanted")->check(CLI::IsMember({2, 4, 6, 9, 12}));
  return [=](Surroundings& surroundings) {
    surroundings.database().read([&](db::Session& session) {
      auto areas = registry::AreaIndex::from_table(session, *within, surroundings.today());
      int wanted = within->empty() && *level == 0 ? 2 : *level;
      for (const registry::Area& area : areas.below(*within, wanted)) print(area, surroundings.json);
    });
    return kDone;
  };
}

}  // namespace

void add_areas(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("areas", "provinces, cities, counties, towns and villages");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "import", "take a list of areas; a malformed one is refused and changes nothing",
              define_import);
  add_command(*group, surroundings, "list", "show areas in force (--json: one object a line)", define_list);
}

}  // namespace tanfang::app
