// `tanfang report coverage|recount`, and what is issued.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <map>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/commands/report_issuing.h"
#include "app/json/coverage_json.h"
#include "app/names.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/table.h"
#include "reports/reports.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  std::string area;
  std::string month;
  bool people = false;
  bool rebuild = false;
};

std::string percent(const std::optional<double>& rate) { return rate ? fmt::format("{:.1f}%", *rate * 100) : "—"; }

void print_json(db::Session& session, const Options& options, const reports::Coverage& coverage, Instant now) {
  std::string text = js::serialize(to_json(coverage));
  if (!options.people) {
    fmt::print("{}\n", text);
    return;
  }
  // People stream behind the figures, so that a large area needs no memory.
  text.pop_back();
  fmt::print("{},\"people\":[", text);
  bool first = true;
  reports::for_each_person(session, options.area, options.month, now, [&](const reports::PersonCoverage& person) {
    fmt::print("{}\n{}", first ? "" : ",", js::serialize(to_json(person)));
    first = false;
  });
  fmt::print("]}}\n");
}

std::vector<std::string> row_of(const std::string& name, const reports::Figures& figures) {
  return {name,
          std::to_string(figures.owed),
          std::to_string(figures.met),
          percent(figures.fulfilment()),
          std::to_string(figures.overdue),
          std::to_string(figures.due),
          std::to_string(figures.visited),
          percent(figures.visit_rate()),
          std::to_string(figures.declined),
          std::to_string(figures.suspended),
          std::to_string(figures.unknown),
          std::to_string(figures.refused_home_visit)};
}

void print_people(db::Session& session, const Options& options, const Names& names, Instant now) {
  std::vector<std::vector<std::string>> rows = {{"编号", "姓名", "区域", "层级", "状态", "本月已访"}};
  reports::for_each_person(session, options.area, options.month, now, [&](const reports::PersonCoverage& person) {
    rows.push_back({format_id(person.person), person.name, person.area, names.tier(person.tier),
                    state_name(person.state),
                    person.visited ? "是"
                    : person.due   ? "否"
                                   : "—"});
  });
  fmt::print("\n{}", table_text(rows));
}

void print_text(const reports::Coverage& coverage, const Names& names) {
  fmt::print("{}（{}） {} 探访覆盖情况\n\n", coverage.name, coverage.area, coverage.month);
  std::vector<std::vector<std::string>> rows = {{"", "应访", "完成", "方案完成率", "逾期", "应探访", "已探访",
                                                 "月探访率", "谢绝", "暂停", "资格不明", "拒绝入户"}};
  rows.push_back(row_of("合计", coverage.total));
  for (const reports::Part& part : coverage.by_tier) rows.push_back(row_of(names.tier(part.word), part.figures));
  for (const reports::Part& part : coverage.by_category)
    rows.push_back(row_of(names.category(part.word), part.figures));
  for (const reports::Part& part : coverage.by_area) {
    rows.push_back(row_of(part.name.empty() ? part.word : part.name, part.figures));
  }
  fmt::print("{}", table_text(rows));
  for (const reports::RoundFigures& round : coverage.rounds) {
    fmt::print("专项 {}（至 {}）：应访 {}，完成 {}\n", round.label, round.last_day.iso(), round.owed, round.met);
  }
  if (coverage.total.below_floor > 0) fmt::print("低于国家底线要求的对象：{} 人\n", coverage.total.below_floor);
}

int show_coverage(Surroundings& surroundings, const Options& options) {
  planning::Month month = planning::parse_month(options.month);
  Instant now = surroundings.now();
  surroundings.database().read([&](db::Session& session) {
    reports::Coverage coverage = reports::coverage(session, options.area, options.month, now);
    if (surroundings.json) {
      print_json(session, options, coverage, now);
    } else {
      Ground ground(surroundings);
      auto policy = ground.classifier.policy_of(session, options.area.substr(0, 6));
      Names names(policy->schemes(), options.area, month.last_day());
      print_text(coverage, names);
      if (options.people) print_people(session, options, names, now);
    }
    for (const std::string& county : coverage.not_open) {
      fmt::print(stderr, "区县 {} 的 {} 尚未开月，未计入 (not open, not counted)\n", county, options.month);
    }
  });
  return kDone;
}

int recount(Surroundings& surroundings, const Options& options) {
  planning::Month month = planning::parse_month(options.month);
  Ground ground(surroundings);
  planning::Recount found;
  {
    Progress progress("people recounted");
    surroundings.write([&](audit::Work& work) {
      found = planning::recount_month(work, ground.policies, options.area, month, options.rebuild,
                                      [&](std::int64_t people) { progress.tell(people); });
    });
  }
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"county", options.area},
                                                {"month", month.iso()},
                                                {"people", found.people},
                                                {"agrees", found.agrees()},
                                                {"obligations", found.obligations},
                                                {"person_months", found.person_months},
                                                {"counts", found.counts},
                                                {"rebuilt", options.rebuild && !found.agrees()}}));
  } else {
    fmt::print("核对 {} 人：{}（任务 {}，人月 {}，汇总 {} 处不符{}）\n", found.people,
               found.agrees() ? "一致" : "不一致", found.obligations, found.person_months, found.counts,
               options.rebuild && !found.agrees() ? "，已重建" : "");
  }
  return found.agrees() || options.rebuild ? kDone : kRefused;
}

Run define_coverage(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->area, "an area of any level: 2, 4, 6, 9 or 12 digits")->required();
  command.add_option("--month", options->month, "YYYY-MM")->required();
  command.add_flag("--people", options->people, "down to the person");
  return [options](Surroundings& surroundings) { return show_coverage(surroundings, *options); };
}

Run define_recount(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--county", options->area, "the county's code, 6 digits")->required()->check(is_county);
  command.add_option("--month", options->month, "YYYY-MM")->required();
  command.add_flag("--rebuild", options->rebuild, "write anew what differs");
  return [options](Surroundings& surroundings) { return recount(surroundings, *options); };
}

}  // namespace

void add_report(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("report", "coverage by area, tier and category, to the person");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "coverage", "scheme fulfilment and the monthly visit rate of an area and month",
              define_coverage);
  add_command(*group, surroundings, "recount",
              "recompute a month from the raw rows and compare; exit 1 where it does not agree", define_recount);
  add_report_issuing(*group, surroundings);
}

}  // namespace tanfang::app
