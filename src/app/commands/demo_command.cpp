// `tanfang demo`: a believable county to look at, made through the same use cases as a real one.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/demo/appointment.h"
#include "app/demo/history.h"
#include "app/demo/population.h"
#include "app/operation/data_folder.h"
#include "app/operation/operation_problems.h"
#include "app/options.h"
#include "app/progress.h"
#include "ledgers/ledgers.h"
#include "platform/excel/table_writer.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  int people = 600;
  int months = 3;
  std::uint64_t seed = 1;
  std::vector<std::string> counties = {"510521"};
  std::string ledger;
  Appointed visitor;
};

void write_ledger(const std::string& path, const std::vector<LedgerRow>& rows, const std::string& title) {
  excel::TableWriter writer(path, "台账");
  auto cells = [](const auto& texts) {
    std::vector<excel::Cell> row;
    for (const auto& text : texts) row.push_back({excel::CellKind::text, 0, std::string(text)});
    return row;
  };
  writer.merge_in_next_row(0, static_cast<int>(kLedgerHeaders.size()) - 1);
  writer.add_row(cells(std::vector<std::string>{title}), excel::Look::title);
  writer.add_row(cells(kLedgerHeaders), excel::Look::heading);
  for (const LedgerRow& row : rows) writer.add_row(cells(row));
  writer.close();
}

/// A ledger beside the database, imported like any other and taken away again.
std::int64_t import_people(Surroundings& surroundings, const registry::Classifier& classifier,
                           const std::string& county, const std::vector<LedgerRow>& rows, Date registered_from) {
  make_data_folder(surroundings.data_folder);
  std::string path = surroundings.data_folder + "/demo-" + county + ".xlsx";
  write_ledger(path, rows, "特殊困难老年人台账（演示数据）");
  ledgers::LedgerImport import;
  import.path = path;
  import.area = county;
  import.shipped = surroundings.shipped();
  auto set = classifier.schemes();
  import.vocabulary = &set->vocabulary();
  import.registered_from = registered_from;
  ledgers::House house{surroundings.database(),
                       classifier,
                       surroundings.keys(),
                       surroundings.ids(),
                       surroundings.actor(),
                       [&surroundings] { return surroundings.now(); },
                       {},
                       {},
                       {}};
  auto result = ledgers::import_ledger(house, import);
  std::filesystem::remove(path);
  return result.accepted;
}

js::object make_county(Surroundings& surroundings, const Options& options, const std::string& county, Chance& chance) {
  const std::string clock = surroundings.now_text;
  const Date today = surroundings.today();
  const planning::Month last = planning::month_of(today);
  const planning::Month first = planning::add_months(last, 1 - options.months);
  auto areas = registry::AreaIndex::from_csv(surroundings.shipped() + "/data/areas.csv", county);
  auto villages = villages_of(areas, county);
  VisitsGround ground(surroundings);

  int share = options.people / static_cast<int>(options.counties.size());
  auto rows = make_population(chance, villages, share, first.first_day());
  surroundings.now_text = (first.first_day() - 1).iso() + "T09:00";
  js::object made{{"county", county}};
  made["people"] = import_people(surroundings, ground.ground.classifier, county, rows, first.first_day() - 1);
  History history(surroundings, ground.visits, ground.ground.policies, chance);
  std::int64_t visits = 0, attempts = 0, away = 0;
  for (planning::Month month = first; month <= last; month = planning::add_months(month, 1)) {
    bool current = month == last;
    surroundings.now_text = current ? clock : month.last_day().iso() + "T20:00";
    Progress progress(month.iso() + " visits");
    MonthMade done = history.make_month(county, month, current ? today - 1 : month.last_day(),
                                        [&](std::int64_t count) { progress.tell(count); });
    visits += done.visits;
    attempts += done.attempts;
    away += done.away;
    surroundings.seal();
  }
  surroundings.now_text = clock;
  made["months"] = options.months;
  made["visits"] = visits;
  made["attempts"] = attempts;
  made["suspended"] = away;
  return made;
}

void write_town_ledger(Surroundings& surroundings, const Options& options, Chance& chance) {
  const std::string& county = options.counties.front();
  auto areas = registry::AreaIndex::from_csv(surroundings.shipped() + "/data/areas.csv", county);
  auto rows = make_population(chance, villages_of(areas, county), 200, surroundings.today());
  spoil_rows(chance, rows, 6);
  write_ledger(options.ledger, rows, "特殊困难老年人信息登记台账（演示数据，含常见填写错误）");
}

/// Refuses before anything is made; the areas are there afterwards, as after the first opening of a month.
void prepare(Surroundings& surroundings, const std::vector<std::string>& counties) {
  std::string areas = surroundings.shipped() + "/data/areas.csv";
  for (const std::string& county : counties) villages_of(registry::AreaIndex::from_csv(areas, county), county);
  const crypto::KeyRing& keys = surroundings.keys();
  for (const std::string& county : counties) {
    registry::Search anybody;
    anybody.area = county;
    anybody.limit = 1;
    surroundings.database().read([&](db::Session& session) {
      if (!registry::search_people(session, keys, anybody, surroundings.today()).people.empty()) {
        throw demo_not_empty(county);
      }
    });
  }
}

int run_demo(Surroundings& surroundings, const Options& options) {
  prepare(surroundings, options.counties);
  Chance chance(options.seed);
  js::array counties;
  for (const std::string& county : options.counties) {
    counties.push_back(make_county(surroundings, options, county, chance));
  }
  if (!options.ledger.empty()) write_town_ledger(surroundings, options, chance);
  int visited = 0;
  if (!options.visitor.login.empty()) {
    surroundings.write(
        [&](audit::Work& work) { visited = appoint_visitor(work, options.visitor, surroundings.today()); });
  }
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"counties", std::move(counties)}}));
    return kDone;
  }
  for (const js::value& county : counties) {
    fmt::print("{}：登记 {} 人，{} 个月，探访 {} 次，未遇 {} 次，暂停 {} 人\n", county.at("county").as_string().c_str(),
               county.at("people").as_int64(), county.at("months").as_int64(), county.at("visits").as_int64(),
               county.at("attempts").as_int64(), county.at("suspended").as_int64());
  }
  if (visited > 0) fmt::print("{}：分到 {} 人\n", options.visitor.login, visited);
  if (!options.ledger.empty()) fmt::print("另写一份可供导入的台账：{}\n", options.ledger);
  return kDone;
}

}  // namespace

void add_demo(CLI::App& program, Surroundings& surroundings) {
  add_command(
      program, surroundings, "demo",
      "makes an invented county: a ledger of people, months of visits with the usual gaps (演示数据)",
      [](CLI::App& command) -> Run {
        auto options = std::make_shared<Options>();
        command.add_option("--people", options->people, "how many people in all")
            ->check(CLI::Range(1, 5'000'000))
            ->capture_default_str();
        command.add_option("--months", options->months, "how many months, the present one the last")
            ->check(CLI::Range(1, 60))
            ->capture_default_str();
        command.add_option("--seed", options->seed, "the same seed makes the same county")->capture_default_str();
        command.add_option("--county", options->counties, "county code of 6 digits; may be given again")
            ->capture_default_str();
        command.add_option("--ledger", options->ledger,
                           "also write a ledger of 200 further people, with usual mistakes, to this .xlsx");
        auto* visitor = command.add_option("--visitor", options->visitor.login,
                                           "the login of a visitor to whom people of --visits are given");
        command.add_option("--visitor-name", options->visitor.name, "their name")->needs(visitor);
        auto* area = command.add_option("--visits", options->visitor.area, "a county, town or village made here");
        area->check(is_area)->needs(visitor);
        visitor->needs(area);
        return [options](Surroundings& around) { return run_demo(around, *options); };
      });
}

}  // namespace tanfang::app
