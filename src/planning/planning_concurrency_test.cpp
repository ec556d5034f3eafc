// Many at once: what one write counts, another neither loses nor counts again.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "planning/planning_county_testing.h"

namespace tanfang::planning {
namespace {

class ManyAtOnce : public examples::CountyTest {};
TANFANG_ON_EACH_ENGINE(ManyAtOnce);

TEST_P(ManyAtOnce, VisitsAndAnOpeningLeaveProjectionsThatAgree) {
  std::vector<Id> people;
  for (const char* born : {"1940-01-01", "1955-01-01", "1941-01-01"}) {
    people.push_back(add_person(born, *Date::parse("2024-02-01")));
  }
  open("2024-02");
  database();  // made before the threads ask for it
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0; i < 8; ++i) {
        Date day = *Date::parse("2024-02-10") + (writer * 8 + i);
        visit(people[static_cast<std::size_t>((writer + i) % 3)], day.iso(), i % 3 ? "home" : "phone");
      }
    });
  }
  threads.emplace_back([&] { open("2024-03"); });
  for (std::thread& thread : threads) thread.join();
  for (const char* month : {"2024-02", "2024-03"}) {
    Recount found = recount(month);
    EXPECT_TRUE(found.agrees()) << month << ": obligations " << found.obligations << ", months " << found.person_months
                                << ", counts " << found.counts;
  }
}

/// The change is made, then the month is opened until that waits for the change (or is done), then the change ends.
TEST_P(ManyAtOnce, WhoIsChangedWhileAMonthIsOpenedIsNotMissed) {
  Id person = add_person("1955-01-01", *Date::parse("2024-02-01"));
  std::atomic<bool> opened = false;
  std::thread opener;
  Date on = *Date::parse("2024-02-10");
  write([&](audit::Work& work) {
    registry::record_death(work, {county, person}, on);
    refresh_person(work, policies, county, person, on);
    if (opener.joinable()) return;  // run again after a conflict
    opener = std::thread([&] {
      open("2024-02");
      opened = true;
    });
    auto waits = [&] {
      return work.session.first("select pid from pg_locks where not granted", {}, [](const db::Row&) { return 0; });
    };
    while (database().engine() == "postgresql" && !opened && !waits()) std::this_thread::yield();
  });
  opener.join();
  EXPECT_TRUE(recount("2024-02").agrees());
  EXPECT_EQ(states("2024-02", person), std::vector<std::string>({"window taken_out", "round taken_out"}));
}

/// A ledger may bring people to another village without a word to planning before the whole area is refreshed.
TEST_P(ManyAtOnce, AMoveFoundInARefreshOfTheAreaLeavesTheMonthsBeforeWhereTheyWere) {
  Id person = add_person("1955-01-01", *Date::parse("2024-01-01"));
  open("2024-01");
  open("2024-03");
  registry::PersonCorrection correction;
  correction.area = "510521101002";
  write([&](audit::Work& work) {
    registry::correct_person(work, classifier, {county, person}, correction);
    refresh_area(work, policies, county, county, *Date::parse("2024-03-10"));
  });
  EXPECT_TRUE(recount("2024-01").agrees());
  EXPECT_TRUE(recount("2024-03").agrees());
}

}  // namespace
}  // namespace tanfang::planning
