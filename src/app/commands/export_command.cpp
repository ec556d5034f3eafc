// `tanfang export registry|left-behind|template|visits|obligations|findings|needs|templates`.
#include "app/commands/export_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/commands/ground.h"
#include "app/exports/exports.h"
#include "app/exports/exports_problems.h"
#include "app/options.h"
#include "platform/crypto/sealed_zip.h"

namespace tanfang::app {
namespace {

constexpr int kDaysBefore = 30;

struct Options {
  std::string area;
  std::string from;
  std::string to;
  std::string month;
  std::string template_id;
  std::string reason;
  std::string out;
};

exports::Templates load_templates(Surroundings& surroundings, const VisitsGround& rooms) {
  std::vector<std::string> folders = {surroundings.shipped() + "/schemes"};
  for (const std::string& folder : surroundings.further_schemes()) folders.push_back(folder);
  return exports::load_templates(folders, rooms.ground.classifier.schemes()->vocabulary());
}

exports::Order order_of(Surroundings& surroundings, exports::What what, const Options& options) {
  exports::Order order;
  order.what = what;
  order.area = options.area;
  order.to = options.to.empty() ? surroundings.today() : parse_day("--to", options.to);
  order.from = options.from.empty() ? order.to - kDaysBefore : parse_day("--from", options.from);
  if (what == exports::What::obligations) {
    order.from =
        (options.month.empty() ? planning::month_of(surroundings.today()) : planning::parse_month(options.month))
            .first_day();
  }
  order.template_id = options.template_id;
  order.reason = options.reason;
  return order;
}

/// The sheet beside the goal until it is packed, whatever happens.
struct PlainSheet {
  std::string path;
  ~PlainSheet() {
    std::error_code ignored;
    if (!path.empty()) std::filesystem::remove(path, ignored);
  }
};

int run_export(Surroundings& surroundings, exports::What what, const Options& options) {
  VisitsGround rooms(surroundings);
  exports::Templates templates = load_templates(surroundings, rooms);
  exports::Order order = order_of(surroundings, what, options);
  if (!order.masked()) exports::require_reason(order.reason);
  if (order.area.size() < 6) throw CLI::ValidationError("--area", "a county, town or village");
  surroundings.spare_memory();
  exports::Ground ground{rooms.forms, templates, rooms.ground.policies, surroundings.keys(), surroundings.now()};
  PlainSheet plain{order.masked() ? "" : options.out + ".plain.xlsx"};
  std::int64_t rows = 0;
  surroundings.database().read([&](db::Session& session) {
    exports::Export list = exports::prepare(session, ground, order);
    rows = exports::write_sheet(session, list, order.masked() ? options.out : plain.path);
  });
  surroundings.write([&](audit::Work& work) { exports::note(work, order, rows); });
  if (order.masked()) {
    if (!surroundings.json) fmt::print("{}  {}\n", options.out, rows);
    return kDone;
  }
  std::string password = exports::new_password();
  crypto::seal_zip(options.out, plain.path, std::string(exports::to_text(what)) + ".xlsx", password);
  fmt::print("{}  {}\n密码（只显示这一次）/ password (shown only now): {}\n", options.out, rows, password);
  return kDone;
}

Run define(CLI::App& command, exports::What what) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->area, "a county, town or village: 6, 9 or 12 digits")
      ->required()
      ->check(is_area);
  command.add_option("--out", options->out, "the file to write: .xlsx, or .zip where it is unmasked")->required();
  command.add_option("--reveal-reason", options->reason,
                     "unmasked, as an encrypted ZIP whose password is printed once; the trail keeps the reason");
  if (what == exports::What::upward) {
    command.add_option("--template", options->template_id, "its id, such as common/upward; see `export templates`")
        ->required();
  }
  if (what == exports::What::obligations)
    command.add_option("--month", options->month, "YYYY-MM (default: this month)");
  if (what == exports::What::visits || what == exports::What::findings || what == exports::What::needs) {
    command.add_option("--from", options->from, "first day (default: 30 days before the last)")->check(is_date);
    command.add_option("--to", options->to, "last day (default: today)")->check(is_date);
  }
  return [what, options](Surroundings& surroundings) { return run_export(surroundings, what, *options); };
}

Run define_templates(CLI::App&) {
  return [](Surroundings& surroundings) {
    VisitsGround rooms(surroundings);
    boost::json::array out;
    for (const auto& [id, made] : load_templates(surroundings, rooms)) {
      out.push_back(boost::json::object{{"id", id}, {"title", made.title.zh}, {"title_en", made.title.en}});
      if (!surroundings.json) fmt::print("{:28} {}\n", id, made.title.zh);
    }
    if (surroundings.json) fmt::print("{}\n", boost::json::serialize(out));
    return kDone;
  };
}

}  // namespace

void add_export(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("export", "lists as Excel, masked unless a reason is given");
  group->fallthrough();
  group->require_subcommand(1);
  const std::vector<std::pair<exports::What, const char*>> kLists = {
      {exports::What::registry, "the register, in the columns of the scheme's registration form"},
      {exports::What::left_behind, "who is left behind, as the scheme's document asks it upward"},
      {exports::What::upward, "people by a template"},
      {exports::What::visits, "records and attempts of a period"},
      {exports::What::obligations, "what is owed in a month"},
      {exports::What::findings, "what the records of a period found"},
      {exports::What::needs, "the needs that the records of a period tell"}};
  for (const auto& [what, help] : kLists) {
    add_command(*group, surroundings, std::string(exports::to_text(what)), help,
                [what = what](CLI::App& command) { return define(command, what); });
  }
  add_command(*group, surroundings, "templates", "which templates there are", define_templates);
}

}  // namespace tanfang::app
