#include "app/demo/population.h"

#include <gtest/gtest.h>

#include <set>

#include "base/citizen_number.h"
#include "base/problem.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kNumberColumn = 5;
const Date kOn = *Date::parse("2024-03-01");

std::vector<DemoVillage> luxian() {
  static const auto kAreas =
      registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", "510521");
  return villages_of(kAreas, "510521");
}

std::vector<LedgerRow> population(std::uint64_t seed, int count) {
  Chance chance(seed);
  return make_population(chance, luxian(), count, kOn);
}

TEST(Population, HoldsElderlyPeopleWithNumbersOfTheirOwn) {
  std::set<std::string> numbers;
  int over_eighty = 0;
  for (const LedgerRow& row : population(1, 5000)) {
    auto reading = read_citizen_number(row[kNumberColumn]);
    ASSERT_TRUE(reading.number) << reading.reason;
    EXPECT_GE(full_years(reading.number->birth_date, kOn), 60);
    EXPECT_EQ(row[4], reading.number->sex == Sex::male ? "男" : "女");
    EXPECT_EQ(row[6], reading.number->birth_date.iso());
    EXPECT_TRUE(numbers.insert(row[kNumberColumn]).second);
    if (full_years(reading.number->birth_date, kOn) >= 80) ++over_eighty;
  }
  EXPECT_GT(over_eighty, 5000 * 10 / 100);
  EXPECT_LT(over_eighty, 5000 * 25 / 100);
}

TEST(Population, IsTheSameForTheSameSeed) {
  EXPECT_EQ(population(7, 200), population(7, 200));
  EXPECT_NE(population(7, 200), population(8, 200));
}

TEST(Population, SpoilsRowsAsClerksDo) {
  auto rows = population(3, 2000);
  const auto clean = rows;
  Chance chance(3);
  int spoiled = spoil_rows(chance, rows, 5);
  int differing = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) differing += rows[i] != clean[i];
  EXPECT_EQ(differing, spoiled);
  EXPECT_GT(spoiled, 50);
}

TEST(Population, RefusesACountyWithoutVillages) {
  auto areas = registry::AreaIndex::from_areas({{"51", "四川省"}, {"5105", "泸州市"}, {"510521", "泸县"}});
  try {
    villages_of(areas, "510521");
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "area.unknown");
  }
}

}  // namespace
}  // namespace tanfang::app
