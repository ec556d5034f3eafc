// Opening a month for a city of 1,000,000 people, and its coverage with a year of months, beside a county of 20,000.
#include <fmt/format.h>

#include <ctime>

#include "base/citizen_number.h"
#include "bench.h"
#include "bench_folder.h"
#include "planning/planning.h"
#include "registry/registry.h"
#include "reports/reports.h"

namespace tanfang::bench {
namespace {

const std::vector<std::string> kCounties = {"510502", "510503", "510504", "510521", "510522", "510524", "510525"};

/// A city under the shipped schemes in an embedded database.
class City {
 public:
  City() {
    db::migrate(*database_, TANFANG_SOURCE_DIR "/db/migrations", TANFANG_SOURCE_DIR "/db/views");
    registry::seed_areas(*database_, TANFANG_SOURCE_DIR "/data/areas.csv");
    index_ = registry::AreaIndex::from_csv(TANFANG_SOURCE_DIR "/data/areas.csv", "5105");
  }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database_->write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "bench", keys_);
      use_case(work);
    });
  }
  void read(const std::function<void(db::Session&)>& use) { database_->read(use); }

  /// `count` people of several kinds, spread over the county's villages, registered from the year's first day.
  void fill(const std::string& county, int count) {
    villages_ = index_.below(county, 12);
    Date from = *Date::parse("2024-01-01");
    registry::Terms terms{county, registry::Source::ledger, "", from, from, "bench"};
    for (int done = 0; done < count; done += kAtOnce) {
      std::vector<registry::PersonStatement> statements;
      for (int i = done; i < std::min(count, done + kAtOnce); ++i) statements.push_back(somebody());
      write([&](audit::Work& work) { registry::register_people(work, classifier_, terms, statements); });
    }
  }

  void open(const std::string& county, planning::Month month) {
    write([&](audit::Work& work) { planning::open_month(work, policies_, county, month); });
  }

  void visit(const std::string& county, Id person, Date day) {
    write([&](audit::Work& work) {
      planning::apply_visit(work, policies_, county, {work.new_id(), person, china_instant(day, 600), "home"});
    });
  }

  /// The counts of January as those of eleven more months, so that the tables are as large as after a year.
  void copy_counts() {
    for (int month = 2; month <= 12; ++month) {
      std::string name = planning::Month{2024, month}.iso();
      database_->write([&](db::Session& session) {
        session.execute(
            "insert into planning_months select county, $1, opened_at from planning_months "
            "where month = '2024-01' on conflict do nothing",
            {name});
        session.execute(
            "insert into coverage_tiers select county, $1, village, tier, overdue_at, owed, met, due, "
            "visited, declined, suspended, unknown, refused_home_visit, below_floor from coverage_tiers "
            "where month = '2024-01'",
            {name});
        session.execute(
            "insert into coverage_categories select county, $1, town, categories, overdue_at, owed, "
            "met, due, visited, declined, suspended, unknown, refused_home_visit, below_floor "
            "from coverage_categories where month = '2024-01'",
            {name});
      });
    }
  }

  double coverage_milliseconds(const std::string& area) {
    return 1000 * median_seconds_of(9, [&] {
             read([&](db::Session& session) { reports::coverage(session, area, "2024-01", now_); });
           });
  }

 private:
  static constexpr int kAtOnce = 5'000;

  registry::PersonStatement somebody() {
    int number = ++people_;
    int year = 1930 + number % 33;
    registry::PersonStatement statement;
    std::string digits = fmt::format("5105{:02}{}{:02}{:02}{:03}", number / 1000 % 90 + 10, year, number / 33 % 12 + 1,
                                     number / 396 % 28 + 1, number % 1000);
    statement.citizen_number = digits + citizen_number_check(digits);
    statement.birth_date = *Date::from_ymd(year, number / 33 % 12 + 1, number / 396 % 28 + 1);
    statement.sex = number % 1000 % 2 ? Sex::male : Sex::female;
    statement.name = "测试" + std::to_string(number % 997);
    statement.area = villages_[static_cast<std::size_t>(number) % villages_.size()].code;
    statement.facts = {{"living_with", number % 3 ? "[]" : R"(["spouse"])"}};
    if (number % 5) statement.facts.push_back({"has_spouse", number % 3 ? "false" : "true"});
    if (number % 4)
      statement.facts.push_back(
          {"children", number % 8 ? "[]" : R"([{"alive":true,"lives_in":"elsewhere","lives_together":false}])"});
    if (number % 7 == 0) statement.facts.push_back({"ability", R"("severe")"});
    if (number % 11 == 0) statement.facts.push_back({"disability_grade", "2"});
    return statement;
  }

  Folder folder_;
  std::unique_ptr<db::Database> database_ = db::open_sqlite(folder_.file("city.sqlite"));
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  IdSource ids_{1};
  Instant now_ = china_instant(*Date::parse("2024-01-20"), 600);
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  planning::Policies policies_{classifier_};
  registry::AreaIndex index_;
  std::vector<registry::Area> villages_;
  int people_ = 0;
};

void run_city(Report& report, int people) {
  City city;
  double filled = seconds_of([&] {
    for (const std::string& county : kCounties) city.fill(county, people / static_cast<int>(kCounties.size()) + 1);
  });
  report.note("people registered", people / filled, "1/s");
  std::clock_t before = std::clock();
  double opened = seconds_of([&] {
    for (const std::string& county : kCounties) city.open(county, {2024, 1});
  });
  report.note("processor time of opening", static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, "s");
  report.at_most(fmt::format("opening a month for {} people", people), opened, "s", 60.0 * people / 1'000'000);
  report.note("peak memory", peak_megabytes(), "MB");
  city.copy_counts();
  report.at_most(fmt::format("coverage of the city of {}", people), city.coverage_milliseconds("5105"), "ms", 50);
  report.note("coverage of a county of a seventh", city.coverage_milliseconds("510521"), "ms");
}

void run_county(Report& report) {
  City city;
  city.fill("510521", 20'000);
  city.open("510521", {2024, 1});
  std::vector<Id> people;
  city.read([&](db::Session& session) {
    planning::for_each_planned(session, "510521", {2024, 1}, china_instant(*Date::parse("2024-01-02")), true,
                               [&](const planning::PlannedVisit& planned) {
                                 if (people.empty() || people.back() != planned.person)
                                   people.push_back(planned.person);
                               });
  });
  std::size_t visits = std::min<std::size_t>(people.size(), 6'000);
  std::clock_t before = std::clock();
  double seconds = seconds_of([&] {
    for (std::size_t i = 0; i < visits; ++i)
      city.visit("510521", people[i], *Date::parse("2024-01-10") + static_cast<int>(i % 5));
  });
  double processor = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  report.note("visits applied, one writer, each durable", static_cast<double>(visits) / seconds, "1/s");
  report.note("processor time of one", 1e6 * processor / static_cast<double>(visits), "us");
  city.copy_counts();
  report.at_most("coverage of the county of 20000", city.coverage_milliseconds("510521"), "ms", 10);
}

const Benchmark kCity("city", "opening a month and coverage, 1,000,000 people",
                      [](Report& report) { run_city(report, 1'000'000); });
const Benchmark kTenth("tenth", "the same for 100,000 people", [](Report& report) { run_city(report, 100'000); });
const Benchmark kTown("county", "coverage and visits of a county, 20,000 people",
                      [](Report& report) { run_county(report); });

}  // namespace
}  // namespace tanfang::bench
