// `tanfang settings check|show|keys`.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/settings/settings.h"

namespace tanfang::app {
namespace {

Run define_check(CLI::App& command) {
  auto path = std::make_shared<std::string>();
  command.add_option("FILE", *path, "the file to check (default: the one that would be read)");
  return [path](Surroundings& surroundings) {
    const std::string& given = path->empty() ? surroundings.settings_file : *path;
    std::string file = settings_path(given, surroundings.data_folder);
    std::vector<std::string> changed = changed_settings(load_settings(file, surroundings.data_folder));
    if (file.empty()) fmt::print("没有设置文件，全部取默认值\n");
    if (!file.empty()) fmt::print("设置正确：{}（{} 项与默认不同）\n", file, changed.size());
    for (const std::string& name : changed) fmt::print("  {}\n", name);
    return kDone;
  };
}

Run define_show(CLI::App& command) {
  auto defaults = std::make_shared<bool>(false);
  command.add_flag("--defaults", *defaults, "the defaults, as a file to begin with");
  return [defaults](Surroundings& surroundings) {
    if (*defaults) {
      fmt::print("{}", render_settings({}));
      return kDone;
    }
    std::string file = settings_path(surroundings.settings_file, surroundings.data_folder);
    fmt::print("# {}\n{}{}", file.empty() ? "defaults" : file, describe_environment(),
               render_settings(load_settings(file, surroundings.data_folder)));
    return kDone;
  };
}

int print_keys(Surroundings&) {
  fmt::print("{}", describe_settings());
  return kDone;
}

}  // namespace

void add_settings(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("settings", "the settings file: check it, show what holds");
  group->require_subcommand(1);
  group->fallthrough();
  add_command(*group, surroundings, "check", "name every mistake with its line, reason and mend", define_check);
  add_command(*group, surroundings, "show", "the settings that hold, as a file; secrets hidden", define_show);
  add_command(*group, surroundings, "keys", "every key and variable, as a table in Markdown",
              [](CLI::App&) { return print_keys; });
}

}  // namespace tanfang::app
