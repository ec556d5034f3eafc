// `tanfang ledger list|undo`: what was imported, and taking an import back as a whole.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/commands/ledger_command.h"
#include "app/json/ledger_json.h"
#include "app/progress.h"
#include "base/area_code.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct ListOptions {
  ledgers::ImportFilter filter;
  std::string before;
};

void print_plain(const ledgers::ImportRecord& one) {
  fmt::print("{} {} {} {} {}：共 {} 行，接收 {}（新登记 {}，有变化 {}，无变化 {}），退回 {}，{}", format_id(one.id),
             format_instant(one.imported_at), one.area, one.kind, one.file_name, one.rows, one.accepted, one.registered,
             one.changed, one.unchanged, one.refused, one.state);
  if (one.state == "undone") {
    fmt::print("（取消登记 {}，恢复 {}，保留 {}）", one.withdrawn, one.restored, one.left_alone);
  }
  fmt::print("\n");
}

void print(const Surroundings& surroundings, const ledgers::ImportRecord& one) {
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(to_json(one)));
  } else {
    print_plain(one);
  }
}

int run_list(Surroundings& surroundings, ListOptions options) {
  if (!options.before.empty()) options.filter.before = parse_id_option("--before", options.before);
  options.filter.kinds = {ledgers::LedgerKind::ledger, ledgers::LedgerKind::health, ledgers::LedgerKind::disabled};
  std::vector<ledgers::ImportRecord> found;
  surroundings.database().read(
      [&](db::Session& session) { found = ledgers::list_imports(session, options.filter, surroundings.now()); });
  for (const ledgers::ImportRecord& one : found) print(surroundings, one);
  return kDone;
}

std::string check_area(const std::string& code) {
  return is_area_code(code) && code.size() >= 6 ? "" : "not a code of 6, 9 or 12 digits";
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<ListOptions>();
  command.add_option("--area", options->filter.area, "code of the county, or of a town or village in it")
      ->required()
      ->check(check_area);
  command.add_option("--limit", options->filter.limit, "at most so many")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--before", options->before, "go on with what is older than this import");
  return [options](Surroundings& surroundings) { return run_list(surroundings, *options); };
}

struct UndoOptions {
  std::string import;
  std::string county;
};

int run_undo(Surroundings& surroundings, const UndoOptions& options) {
  Id import = parse_id_option("import", options.import);
  Ground ground(surroundings);
  surroundings.write([&](audit::Work& work) { ledgers::begin_undo(work, options.county, import); });
  Progress progress("people");
  auto record = ledgers::finish_undo(house_of(surroundings, ground), options.county, import,
                                     [&](std::int64_t people) { progress.tell(people); });
  print(surroundings, record);
  return kDone;
}

Run define_undo(CLI::App& command) {
  auto options = std::make_shared<UndoOptions>();
  command.add_option("import", options->import, "its id, as `list` shows it")->required();
  command.add_option("--county", options->county, "code of the county (6 digits)")->required();
  return [options](Surroundings& surroundings) { return run_undo(surroundings, *options); };
}

}  // namespace

void add_ledger_imports(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "list", "imports, the newest first (--json: one object a line)", define_list);
  add_command(group, surroundings, "undo", "take an import back as a whole, until somebody has built on it",
              define_undo);
}

}  // namespace tanfang::app
