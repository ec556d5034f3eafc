#include "app/commands/report_issuing.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/commands/ground.h"
#include "app/options.h"
#include "app/reporting/issued.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  reporting::Asked asked;
  std::string reason;
  std::string report;
  std::string out;
};

void print(const Surroundings& surroundings, const reporting::Issued& issued) {
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"id", format_id(issued.id)},
                                                {"kind", issued.asked.kind},
                                                {"area", issued.asked.area},
                                                {"period", issued.asked.period},
                                                {"number", issued.number},
                                                {"title", issued.title},
                                                {"digest", issued.digest},
                                                {"issued_at", format_instant(issued.issued_at)},
                                                {"issued_by", issued.issued_by}}));
  } else {
    fmt::print("{}  {:11} {:9} {:8} {:2}  {}  {}\n", format_id(issued.id), issued.asked.kind, issued.asked.area,
               issued.asked.period, issued.number, format_instant(issued.issued_at).substr(0, 16), issued.title);
  }
}

/// By the ending of `path`.
void write(const reporting::Issued& issued, const std::string& path) {
  reporting::Report report = reporting::read_report(issued.content);
  if (path.ends_with(".xlsx")) {
    reporting::write_book(report, issued.label(), issued.issued_at, path);
  } else {
    files::write_whole(path, reporting::pdf_of(report, issued.label(), issued.issued_at));
  }
}

Run define_issue(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--kind", options->asked.kind, "monthly, quarterly, half_yearly or glance (five pages)")
      ->required()
      ->check(CLI::IsMember(reporting::kinds()));
  command.add_option("--area", options->asked.area, "a county or town: 6 or 9 digits")->required()->check(is_area);
  command.add_option("--period", options->asked.period, "2026-10, 2026-Q3 or 2026-H2")->required();
  command.add_option("--reason", options->reason, "why it is issued anew where figures changed; stands in the report");
  command.add_option("--out", options->out, "writes it, as PDF or, where it ends in .xlsx, as Excel");
  return [options](Surroundings& surroundings) {
    if (options->asked.area.size() != 6 && options->asked.area.size() != 9) {
      throw CLI::ValidationError("--area", "a county or town");
    }
    Ground ground(surroundings);
    reporting::Issued issued;
    surroundings.write(
        [&](audit::Work& work) { issued = reporting::issue(work, ground.policies, options->asked, options->reason); });
    print(surroundings, issued);
    if (!options->out.empty()) write(issued, options->out);
    return kDone;
  };
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->asked.area, "of it and of areas in it")->required()->check(is_area);
  command.add_option("--kind", options->asked.kind, "of this kind alone")->check(CLI::IsMember(reporting::kinds()));
  return [options](Surroundings& surroundings) {
    reporting::IssuedFilter filter{options->asked.area, options->asked.kind, {}, 200};
    std::vector<reporting::Issued> found;
    surroundings.database().read([&](db::Session& session) { found = reporting::list_issued(session, filter); });
    for (const reporting::Issued& issued : found) print(surroundings, issued);
    return kDone;
  };
}

Run define_write(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--report", options->report, "its id")->required()->check(is_id);
  command.add_option("--out", options->out, "the file: .pdf or .xlsx")->required();
  return [options](Surroundings& surroundings) {
    reporting::Issued issued;
    surroundings.database().read(
        [&](db::Session& session) { issued = reporting::load_issued(session, "", *parse_id(options->report)); });
    write(issued, options->out);
    if (!surroundings.json) fmt::print("{}\n", options->out);
    return kDone;
  };
}

}  // namespace

void add_report_issuing(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "issue", "freeze a report of the figures as they are, as official papers are issued",
              define_issue);
  add_command(group, surroundings, "list", "the reports that were issued", define_list);
  add_command(group, surroundings, "write", "an issued report again, the same as ever", define_write);
}

}  // namespace tanfang::app
