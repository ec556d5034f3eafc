// `tanfang ledger import` and `tanfang differences list|decide`; `ledger list|undo` stand in imports_command.cpp.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/commands/ledger_command.h"
#include "app/json/ledger_json.h"
#include "app/ledger_house.h"
#include "app/progress.h"
#include "base/area_code.h"
#include "ledgers/ledgers.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct ImportOptions {
  std::string path;
  std::string area;
  std::string scheme;
  std::string mapping;
  std::string registered_from;
  std::string refused;
  std::string kind = "ledger";
  bool dry_run = false;
};

/// `第 3 行`, of several sheets `工作表“西关村”第 3 行`.
std::string place_of(const ledgers::LedgerResult& result, int sheet, int row) {
  std::string name;
  if (result.sheets.size() > 1) name = "工作表“" + result.sheets[static_cast<std::size_t>(sheet)] + "”";
  return fmt::format("{}第 {} 行", name, row);
}

/// Sheets with people that the program could not take along must not be overlooked.
void warn_of_sheets(const ledgers::LedgerResult& result) {
  if (result.sheets_left.empty()) return;
  fmt::print(
      stderr,
      "注意：这些工作表里也有人员，但栏目不同，没有读取：{}；请另存为单独的文件导入，或在对照文件里用 sheet 指明\n"
      "note: these sheets hold people under other headings and were not read: {}; import each with a mapping file "
      "that names it by `sheet`\n",
      fmt::join(result.sheets_left, "、"), fmt::join(result.sheets_left, ", "));
}

void print_plain(const ledgers::LedgerResult& result) {
  fmt::print("工作表“{}”，表头在第 {} 行\n", fmt::join(result.sheets, "、"), result.heading_row);
  for (const auto& [heading, field] : result.mapping) fmt::print("  {} → {}\n", heading, field);
  fmt::print("共 {} 行：接收 {}（新登记 {}，有变化 {}，无变化 {}，修整格式 {}），退回 {}，与判定不一致 {}\n",
             result.rows, result.accepted, result.registered, result.changed, result.unchanged, result.repaired,
             result.refused.size(), result.differences);
  for (const ledgers::RefusedRow& row : result.refused) {
    fmt::print("  {}：{}\n", place_of(result, row.sheet, row.row), fmt::join(row.reasons, "、"));
  }
  if (!result.remarked.empty()) {
    fmt::print("有 {} 行含读不懂的内容，已按“未知”接收 (value.unknown)：\n", result.remarked.size());
  }
  for (const ledgers::RemarkedRow& row : result.remarked) {
    fmt::print("  {}：{}\n", place_of(result, row.sheet, row.row), fmt::join(row.headings, "、"));
  }
}

/// The options in the words of the use case; what is mistyped is a usage error or a Problem.
ledgers::LedgerImport read_options(Surroundings& surroundings, const ImportOptions& options,
                                   const schemes::SchemeSet& set) {
  ledgers::LedgerImport order;
  order.kind = *ledgers::parse_ledger_kind(options.kind);
  order.path = options.path;
  order.area = options.area;
  order.shipped = surroundings.shipped();
  order.vocabulary = &set.vocabulary();
  if (!options.mapping.empty()) {
    order.mapping = ledgers::read_mapping_file(options.mapping, set.vocabulary());
  }
  if (!options.registered_from.empty()) {
    order.registered_from = Date::parse(options.registered_from);
    if (!order.registered_from) throw CLI::ValidationError("--registered-from", "not a date like 2024-03-01");
  }
  if (!options.scheme.empty()) {
    order.scheme = &set.get(options.scheme, surroundings.today());
  } else {
    auto in_force = set.in_area(options.area, surroundings.today());
    if (!in_force.empty()) order.scheme = in_force.front();
  }
  return order;
}

/// Makes the sheet of refused rows; where there is a database, the trail says so first.
void write_refused(Surroundings& surroundings, const ImportOptions& options, const ledgers::LedgerImport& order,
                   const ledgers::LedgerResult& result, bool audited) {
  if (options.refused.empty() || result.refused.empty()) return;
  if (audited) {
    surroundings.write([&](audit::Work& work) {
      ledgers::record_refused_rows(work, order, static_cast<std::int64_t>(result.refused.size()));
    });
  }
  ledgers::write_refused_rows(order, surroundings.today(), result, options.refused);
}

}  // namespace

ledgers::House house_of(Surroundings& surroundings, const Ground& ground) {
  return ledger_house(surroundings.database(), surroundings.keys(), surroundings.ids(), ground.policies,
                      surroundings.actor(), [&surroundings] { return surroundings.now(); });
}

namespace {

/// With what the county published itself, which stands in the database alone.
std::shared_ptr<const schemes::SchemeSet> schemes_of_county(Surroundings& surroundings, const Ground& ground,
                                                            const std::string& area) {
  std::shared_ptr<const registry::CountyPolicy> policy;
  surroundings.database().read(
      [&](db::Session& session) { policy = ground.classifier.policy_of(session, county_of(area)); });
  return {policy, &policy->schemes()};
}

int run_import(Surroundings& surroundings, const ImportOptions& options) {
  Ground ground(surroundings);
  bool kept = !options.dry_run || !surroundings.database_address.empty() ||
              std::filesystem::exists(surroundings.embedded_path());
  auto set = kept ? schemes_of_county(surroundings, ground, options.area) : ground.classifier.schemes();
  ledgers::LedgerImport order = read_options(surroundings, options, *set);
  if (!options.refused.empty()) ledgers::check_refused_path(options.refused, options.path);
  ledgers::LedgerResult result;
  {
    Progress progress("rows");
    order.progress = [&](std::string_view, std::int64_t rows) { progress.tell(rows); };
    if (options.dry_run) {
      if (kept) {
        surroundings.database().read([&](db::Session& session) {
          order.mapping = ledgers::with_remembered(session, options.area, std::move(order.mapping));
        });
      }
      result = ledgers::check_ledger(order, surroundings.today());
    } else {
      result = ledgers::import_ledger(house_of(surroundings, ground), order);
    }
  }
  write_refused(surroundings, options, order, result, kept);
  warn_of_sheets(result);
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(to_json(result)));
  } else {
    print_plain(result);
  }
  return kDone;
}

Run define_import(CLI::App& command) {
  auto options = std::make_shared<ImportOptions>();
  command.add_option("file", options->path, "the ledger: .xlsx, .xls or .csv (UTF-8 or GB18030)")->required();
  command.add_option("--area", options->area, "code of the county (6 digits), town (9) or village (12)")->required();
  command.add_option("--scheme", options->scheme, "compare claims with this scheme (default: the one in force there)");
  command.add_option("--mapping", options->mapping, "a TOML file that names columns, values and constants");
  command.add_option("--registered-from", options->registered_from, "new people count as registered from this day");
  command.add_option("--refused", options->refused, "write the refused rows with reasons to this .xlsx");
  command.add_option("--kind", options->kind, "ledger, or the list of a department: health, disabled")
      ->check(CLI::IsMember({"ledger", "health", "disabled"}))
      ->capture_default_str();
  command.add_flag("--dry-run", options->dry_run, "check only; needs no data folder");
  return [options](Surroundings& surroundings) { return run_import(surroundings, *options); };
}

int run_list(Surroundings& surroundings, const ledgers::DifferenceFilter& filter) {
  std::vector<ledgers::Difference> found;
  surroundings.database().read([&](db::Session& session) { found = ledgers::list_differences(session, filter); });
  for (const ledgers::Difference& one : found) {
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(to_json(one)));
    } else {
      fmt::print("{} {} {} 人员 {} {}：{} 说 {}，现为 {}（第 {} 行，{}）\n", format_id(one.id), one.found_on.iso(),
                 one.kind, format_id(one.person), one.topic, one.source, one.said,
                 one.found.empty() ? "未知" : one.found, one.row, one.status);
    }
  }
  return kDone;
}

std::string check_area(const std::string& code) {
  return is_area_code(code) && code.size() >= 6 ? "" : "not a code of 6, 9 or 12 digits";
}

Run define_list(CLI::App& command) {
  auto filter = std::make_shared<ledgers::DifferenceFilter>();
  auto all = std::make_shared<bool>(false);
  command.add_option("--area", filter->area, "code of the county, or of a town or village in it")
      ->required()
      ->check(check_area);
  command.add_option("--kind", filter->kind, "only claim, fact or match")
      ->check(CLI::IsMember({"claim", "fact", "match"}));
  command.add_option("--limit", filter->limit, "at most so many")->check(CLI::Range(1, 10'000))->capture_default_str();
  command.add_option("--after", filter->cursor, "go on behind this difference");
  command.add_flag("--all", *all, "also those that are decided");
  return [filter, all](Surroundings& surroundings) {
    filter->open_only = !*all;
    return run_list(surroundings, *filter);
  };
}

struct Decision {
  std::string county;
  std::string id;
  std::string reason;
  bool accept = false;
  bool reject = false;
};

int run_decide(Surroundings& surroundings, const Decision& decision) {
  auto id = parse_id(decision.id);
  if (!id) throw CLI::ValidationError("difference", "not an id");
  Ground ground(surroundings);
  surroundings.write([&](audit::Work& work) {
    Id person =
        ledgers::decide_difference(work, ground.classifier, decision.county, *id, decision.accept, decision.reason);
    if (decision.accept) planning::refresh_person(work, ground.policies, decision.county, person, work.today());
  });
  if (surroundings.json) {
    js::object answer{{"id", decision.id}, {"status", decision.accept ? "accepted" : "rejected"}};
    fmt::print("{}\n", js::serialize(answer));
  }
  return kDone;
}

Run define_decide(CLI::App& command) {
  auto decision = std::make_shared<Decision>();
  command.add_option("difference", decision->id, "its id, as `list` shows it")->required();
  command.add_option("--county", decision->county, "code of the county (6 digits)")->required();
  command.add_option("--reason", decision->reason, "kept with the decision");
  auto* accept =
      command.add_flag("--accept", decision->accept, "the list is right: the fact is stated in the registry");
  auto* reject = command.add_flag("--reject", decision->reject, "the registry is right");
  accept->excludes(reject);
  return [decision](Surroundings& surroundings) {
    if (decision->accept == decision->reject) throw CLI::RequiredError("--accept or --reject");
    return run_decide(surroundings, *decision);
  };
}

}  // namespace

void add_ledger(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("ledger", "ledgers of counties and lists of departments");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "import", "take a ledger row by row; refused rows are listed with reasons",
              define_import);
  add_ledger_imports(*group, surroundings);
  CLI::App* differences = program.add_subcommand("differences", "what ledgers and lists say otherwise than the house");
  differences->fallthrough();
  differences->require_subcommand(1);
  add_command(*differences, surroundings, "list", "show them, the oldest first (--json: one object a line)",
              define_list);
  add_command(*differences, surroundings, "decide", "accept or reject one", define_decide);
}

}  // namespace tanfang::app
