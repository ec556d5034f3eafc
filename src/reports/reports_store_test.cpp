// Coverage of areas of every level, from rows as planning leaves them.
#include <gmock/gmock.h>

#include "base/problem.h"
#include "platform/db/test_database.h"
#include "reports/reports.h"

namespace tanfang::reports {
namespace {

using ::testing::ElementsAre;

struct CountRow {
  const char* village;
  const char* tier;
  std::int64_t overdue_at;
  int owed;
  int met;
  int due;
  int visited;
  int declined;
};

class Reports : public db::EachEngine {
 protected:
  void SetUp() override {
    database().write([&](db::Session& session) {
      for (const char* code : {"51", "5105", "510521", "510522", "510521100", "510521100001", "510521100002"}) {
        session.execute(
            "insert into areas (code, valid_from, name, plain_name, level) values ($1, '2023-01-01', $2, $2, $3)",
            {code, std::string("区域") + code, std::string(code).size()});
      }
      for (const char* county : {"510521", "510522"}) {
        session.execute("insert into counties (county, classified_with) values ($1, '')", {county});
      }
      session.execute("insert into planning_months (county, month, opened_at) values ('510521', '2024-03', 0)");
      for (const CountRow& row :
           {CountRow{"510521100001", "key", 100, 3, 1, 0, 0, 0},
            CountRow{"510521100001", "general", 200, 5, 5, 8, 6, 0},
            CountRow{"510521100002", "general", 200, 2, 0, 2, 1, 0}, CountRow{"510521100002", "", 0, 0, 0, 0, 0, 4}}) {
        session.execute(
            "insert into coverage_tiers (county, month, village, tier, overdue_at, owed, met, due, visited, declined, "
            "suspended, unknown, refused_home_visit, below_floor) "
            "values ('510521', '2024-03', $1, $2, $3, $4, $5, $6, $7, $8, 1, 0, 0, 0)",
            {row.village, row.tier, row.overdue_at, row.owed, row.met, row.due, row.visited, row.declined});
      }
      session.execute(
          "insert into coverage_categories (county, month, town, categories, overdue_at, owed, met, due, visited, "
          "declined, suspended, unknown, refused_home_visit, below_floor) "
          "values ('510521', '2024-03', '510521100', ' advanced_age living_alone ', 100, 3, 1, 0, 0, 0, 0, 0, 0, "
          "0)");
      session.execute(
          "insert into coverage_rounds (county, month, village, label, last_day, owed, met) "
          "values ('510521', '2024-03', '510521100001', 'round/x', '2024-03-10', 4, 3)");
    });
  }

  Coverage of(const std::string& area, std::int64_t now = 0, const std::string& month = "2024-03") {
    Coverage made;
    database().read([&](db::Session& session) { made = coverage(session, area, month, Instant{now}); });
    return made;
  }

  std::string refusal(const std::string& area, const std::string& month) {
    try {
      of(area, 0, month);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "";
  }
};
TANFANG_ON_EACH_ENGINE(Reports);

std::vector<std::string> words(const std::vector<Part>& parts) {
  std::vector<std::string> found;
  for (const Part& part : parts) found.push_back(part.word + "=" + std::to_string(part.figures.owed));
  return found;
}

TEST_P(Reports, AnAreaOfAnyLevelIsTheSumOfItsVillages) {
  for (const char* area : {"51", "5105", "510521", "510521100"}) {
    Coverage found = of(area);
    EXPECT_EQ(found.total.owed, 10) << area;
    EXPECT_EQ(found.total.met, 6) << area;
    EXPECT_EQ(found.total.due, 10) << area;
    EXPECT_EQ(found.total.visited, 7) << area;
    EXPECT_EQ(found.total.declined, 4) << area;
    EXPECT_THAT(words(found.by_tier), ElementsAre("key=3", "general=7", "none=0")) << area;
  }
  EXPECT_THAT(words(of("51").by_area), ElementsAre("5105=10"));
  EXPECT_THAT(words(of("5105").by_area), ElementsAre("510521=10"));
  EXPECT_THAT(words(of("510521").by_area), ElementsAre("510521100=10"));
  EXPECT_THAT(words(of("510521100").by_area), ElementsAre("510521100001=8", "510521100002=2"));
  EXPECT_EQ(of("510521100").by_area[0].name, "区域510521100001");
  EXPECT_EQ(of("510521100002").total.owed, 2);
}

TEST_P(Reports, ACountyThatOpenedTheMonthWithoutPeopleHasZeros) {
  database().write([&](db::Session& session) {
    session.execute(
        "insert into areas (code, valid_from, name, plain_name, level) values ('510524', '2023-01-01', '县', '县', 6)");
    session.execute("insert into planning_months (county, month, opened_at) values ('510524', '2024-03', 0)");
  });
  Coverage found = of("510524");
  EXPECT_EQ(found.total, Figures{});
  EXPECT_FALSE(found.total.visit_rate());
  EXPECT_THAT(found.not_open, testing::IsEmpty());
}

TEST_P(Reports, CategoriesAndRoundsStandApart) {
  Coverage found = of("510521");
  EXPECT_THAT(words(found.by_category), ElementsAre("advanced_age=3", "living_alone=3"));
  ASSERT_EQ(found.rounds.size(), 1u);
  EXPECT_EQ(found.rounds[0].owed, 4);
  EXPECT_EQ(found.rounds[0].met, 3);
}

TEST_P(Reports, OverdueAreTheUnmetWhoseMomentHasCome) {
  EXPECT_EQ(of("510521", 99).total.overdue, 0);
  EXPECT_EQ(of("510521", 100).total.overdue, 2);
  EXPECT_EQ(of("510521", 200).total.overdue, 4);
}

TEST_P(Reports, RatesAreADashWhereNothingIsOwed) {
  Figures none;
  EXPECT_FALSE(none.fulfilment());
  EXPECT_FALSE(none.visit_rate());
  EXPECT_DOUBLE_EQ(*of("510521").total.fulfilment(), 0.6);
  EXPECT_DOUBLE_EQ(*of("510521").total.visit_rate(), 0.7);
}

TEST_P(Reports, WhatIsNotThereOrNotOpenIsRefused) {
  EXPECT_EQ(refusal("999999", "2024-03"), "area.unknown");
  EXPECT_EQ(refusal("5105x", "2024-03"), "area.unknown");
  EXPECT_EQ(refusal("510521", "2024-04"), "coverage.month_not_open");
  EXPECT_EQ(refusal("510522", "2024-03"), "coverage.month_not_open");
  EXPECT_THAT(of("5105").not_open, ElementsAre("510522"));
}

}  // namespace
}  // namespace tanfang::reports
