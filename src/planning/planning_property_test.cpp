// Any order of registrations, visits, strikes, moves, statuses, facts and rounds leaves projections that agree with a
// recount from the raw rows.
#include <gtest/gtest.h>

#include <random>

#include "planning/planning_county_testing.h"

namespace tanfang::planning {
namespace {

class RandomWork : public examples::CountyTest {
 protected:
  RandomWork() { now = china_instant(*Date::parse("2024-06-01")); }

  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Date some_day() { return *Date::parse("2024-01-01") + pick(120); }
  template <typename Item>
  Item& one_of(std::vector<Item>& items) {
    return items[static_cast<std::size_t>(pick(static_cast<int>(items.size())))];
  }

  void strike_or_restore() {
    if (visits_.empty()) return;
    VisitFact& fact = one_of(visits_);
    fact.struck = !fact.struck;
    write([&](audit::Work& work) { apply_visit(work, policies, county, fact); });
  }

  void suspend() {
    Date on = some_day();
    Id person = one_of(people_);
    // A suspension over another is refused and changes nothing.
    refusal([&](audit::Work& work) {
      registry::suspend_person(work, {county, person}, on, on + pick(50), "住院治疗");
      refresh_person(work, policies, county, person, on);
    });
  }

  void state_ability() {
    Date on = some_day();
    Id person = one_of(people_);
    const char* value = pick(2) ? "\"severe\"" : "\"intact\"";
    write([&](audit::Work& work) {
      registry::state_facts(work, classifier, {county, person}, registry::Source::clerk, "", on, {{"ability", value}});
      refresh_person(work, policies, county, person, on);
    });
  }

  void move() {
    Id person = one_of(people_);
    registry::PersonCorrection correction;
    correction.area = pick(2) ? "510521100016" : village;
    Date on = some_day();
    write([&](audit::Work& work) {
      registry::correct_person(work, classifier, {county, person}, correction);
      refresh_person(work, policies, county, person, on);
    });
  }

  void switch_on_round() {
    Date first = some_day();
    write([&](audit::Work& work) {
      add_round(work, policies, county, {{}, "heat", "", county, first, first + pick(20), {}, {}});
    });
  }

  void step(int number) {
    if (people_.size() < 6) people_.push_back(add_person(number % 2 ? "1940-01-01" : "1944-02-10", some_day()));
    if (number == 25) open("2024-03");
    switch (pick(8)) {
      case 0:
        return strike_or_restore();
      case 1:
        return suspend();
      case 2:
        return state_ability();
      case 3:
        return move();
      case 4:
        return number % 5 == 0 ? switch_on_round() : void();
      default:
        visits_.push_back(visit(one_of(people_), some_day().iso(), pick(4) ? "home" : "phone"));
    }
  }

  std::mt19937 random_{20240301};
  std::vector<Id> people_;
  std::vector<VisitFact> visits_;
};
TANFANG_ON_EACH_ENGINE(RandomWork);

TEST_P(RandomWork, LeavesProjectionsThatAgreeWithARecount) {
  for (const char* month : {"2024-01", "2024-02"}) open(month);
  for (int number = 0; number < 80; ++number) step(number);
  for (const char* month : {"2024-01", "2024-02", "2024-03"}) {
    Recount found = recount(month);
    EXPECT_TRUE(found.agrees()) << month << ": obligations " << found.obligations << ", months " << found.person_months
                                << ", counts " << found.counts;
  }
}

}  // namespace
}  // namespace tanfang::planning
