// `tanfang backup|restore|migrate`, and `keys`.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/keys_command.h"
#include "app/operation/backup.h"
#include "app/operation/schema_store.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

js::array to_json(const std::vector<std::string>& texts) { return js::array(texts.begin(), texts.end()); }

Run define_backup(CLI::App& command) {
  auto path = std::make_shared<std::string>();
  command.add_option("FILE", *path, "the new file")->required();
  return [path](Surroundings& surroundings) {
    std::int64_t bytes = backup_database(surroundings, *path);
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(js::object{{"file", *path}, {"bytes", bytes}}));
    } else {
      fmt::print("已备份到 {}（{} 字节，不含密钥；密钥用 tanfang keys export 另行保管）\n", *path, bytes);
    }
    return kDone;
  };
}

void print_restored(const Surroundings& surroundings, const Restored& restored) {
  if (surroundings.json) {
    js::value ok = nullptr;
    if (restored.trail) ok = restored.trail->ok;
    js::value aside = nullptr;
    if (!restored.kept_aside.empty()) aside = js::string(restored.kept_aside);
    js::object answer{{"steps", to_json(restored.steps)}, {"kept_aside", aside}, {"trail_ok", ok}};
    fmt::print("{}\n", js::serialize(answer));
    return;
  }
  fmt::print("已恢复\n");
  if (!restored.kept_aside.empty()) fmt::print("原数据库保存在 {}\n", restored.kept_aside);
  for (const std::string& step : restored.steps) fmt::print("已升级：{}\n", step);
  if (!restored.trail) fmt::print("此处没有密钥，未核对审计链；请先用 tanfang keys import 导入密钥\n");
}

Run define_restore(CLI::App& command) {
  auto path = std::make_shared<std::string>();
  auto options = std::make_shared<RestoreOptions>();
  command.add_option("FILE", *path, "a file that `tanfang backup` wrote")->required();
  command.add_flag("--force", options->force, "put the present database file aside instead of refusing");
  command.add_flag("--accept-broken-trail", options->accept_broken_trail, "also where the audit chain does not hold");
  return [path, options](Surroundings& surroundings) {
    Restored restored = restore_database(surroundings, *path, *options);
    if (!restored.steps.empty() && std::filesystem::exists(surroundings.keys_path())) surroundings.upgrade();
    print_restored(surroundings, restored);
    return kDone;
  };
}

int migrate(Surroundings& surroundings) {
  std::vector<std::string> steps = surroundings.migrate();
  surroundings.upgrade();
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"steps", to_json(steps)}}));
  } else {
    for (const std::string& step : steps) fmt::print("{}\n", step);
    fmt::print("{}\n", steps.empty() ? "数据库已是最新" : "数据库已升级");
  }
  return kDone;
}

}  // namespace

void add_operation(CLI::App& program, Surroundings& surroundings) {
  add_command(program, surroundings, "backup", "copy the database to a new file while others work; keys are not in it",
              define_backup);
  add_command(program, surroundings, "restore", "check a backup and put it in the place of the database",
              define_restore);
  add_command(program, surroundings, "migrate", "bring the database's schema up to date and say which steps it took",
              [](CLI::App&) { return migrate; });
  add_keys(program, surroundings);
}

}  // namespace tanfang::app
