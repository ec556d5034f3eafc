// Scheme fulfilment and the monthly visit rate of one person (design, section 6).
#include "planning/planning_month.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planning/planning_changes.h"
#include "planning/planning_testing.h"

namespace tanfang::planning {
namespace {

using namespace examples;
using registry::Status;
using schemes::Method;
using schemes::Window;
using ::testing::ElementsAre;

const schemes::Scheme kScheme = scheme_of("town-2024");
const Days kMarch = days("2024-03-01", "2024-03-31");
const Days kFebruary = days("2024-02-01", "2024-02-29");

PersonMonth month_of(const PersonFile& file, const Days& month = kMarch, const Circumstances& circumstances = {}) {
  return person_month(file, circumstances, obligations_of(file, circumstances, month), month);
}

TEST(PersonMonth, UnderAQuarterlySchemeTwoMonthsOfThreeHaveNoWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::quarter)});
  visit(file, "2024-01-20");
  EXPECT_FALSE(month_of(file, kFebruary).owed);
  EXPECT_TRUE(month_of(file, kMarch).owed);
  EXPECT_TRUE(month_of(file, kMarch).met);
  // The monthly visit rate asks every month, whatever the scheme.
  EXPECT_TRUE(month_of(file, kFebruary).due);
  EXPECT_FALSE(month_of(file, kFebruary).visited);
}

TEST(PersonMonth, AllWindowsThatEndInTheMonthMustBeMet) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  visit(file, "2024-03-20");
  PersonMonth march = month_of(file);
  EXPECT_TRUE(march.owed);
  EXPECT_FALSE(march.met);
  EXPECT_TRUE(march.visited);
  EXPECT_EQ(march.overdue_at, china_instant(day("2024-03-16")));
  visit(file, "2024-03-02");
  std::sort(file.visits.begin(), file.visits.end(),
            [](const auto& left, const auto& right) { return left.at < right.at; });
  EXPECT_TRUE(month_of(file).met);
}

TEST(PersonMonth, OverdueBeginsTheDayAfterTheDueDay) {
  schemes::Scheme scheme = scheme_of("linzi");
  scheme.due_day = 20;
  PersonMonth march = month_of(person(scheme, "2024-01-01", {rule(Window::month)}));
  EXPECT_FALSE(march.overdue(china_instant(day("2024-03-20"), 1439)));
  EXPECT_TRUE(march.overdue(china_instant(day("2024-03-21"))));
}

TEST(PersonMonth, AWeekBelongsToTheMonthInWhichItEnds) {
  PersonFile file = person(kScheme, "2024-02-26", {rule(Window::week)});
  EXPECT_FALSE(month_of(file, kFebruary).owed);
  EXPECT_TRUE(month_of(file, days("2024-03-01", "2024-03-03")).owed);
}

TEST(PersonMonth, WhoIsRegisteredWithinIsNeitherOwedNorDue) {
  PersonMonth march = month_of(person(kScheme, "2024-03-02", {rule(Window::month)}));
  EXPECT_TRUE(march.empty());
}

TEST(PersonMonth, TheDeadAreTakenOutOfTheWindowButWereDueOnTheFirstDay) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  status(file, Status::deceased, "2024-03-15");
  PersonMonth march = month_of(file);
  EXPECT_FALSE(march.owed);
  EXPECT_TRUE(march.due);
  EXPECT_TRUE(month_of(file, days("2024-04-01", "2024-04-30")).empty());
}

TEST(PersonMonth, DeclinedSuspendedAndUnknownStandBeside) {
  PersonFile declined = person(kScheme, "2024-01-01", {rule(Window::month)});
  status(declined, Status::declined, "2024-02-01");
  EXPECT_TRUE(month_of(declined).declined);
  EXPECT_FALSE(month_of(declined).owed || month_of(declined).due);

  PersonFile suspended = person(kScheme, "2024-01-01", {rule(Window::month)});
  status(suspended, Status::suspended, "2024-02-01", "2024-04-15");
  EXPECT_TRUE(month_of(suspended).suspended);
  EXPECT_FALSE(month_of(suspended).owed || month_of(suspended).due);

  PersonFile unknown = person(kScheme, "2024-01-01", {});
  unknown.binding[0].standpoints[0].eligible.reset();
  EXPECT_TRUE(month_of(unknown).unknown);
  EXPECT_FALSE(month_of(unknown).owed || month_of(unknown).due);

  PersonFile not_eligible = person(kScheme, "2024-01-01", {});
  not_eligible.binding[0].standpoints[0].eligible = false;
  EXPECT_TRUE(month_of(not_eligible).empty());
}

TEST(PersonMonth, FilesToVerifyAreWhoseVerdictIsUnknownByWhatIsKnownToday) {
  PersonFile late = person(kScheme, "2024-03-22", {});
  late.binding[0].standpoints[0].eligible.reset();
  EXPECT_TRUE(month_of(late).unsettled) << "registered within the month";
  EXPECT_FALSE(month_of(late).unknown) << "which counts as on its first day";
  EXPECT_FALSE(month_of(late, kFebruary).unsettled);
  status(late, Status::suspended, "2024-03-25");
  EXPECT_FALSE(month_of(late).unsettled);

  PersonFile settled = person(kScheme, "2024-01-01", {});
  Standpoint known = settled.binding[0].standpoints[0];
  known.days.first = day("2024-03-10");
  known.eligible = false;
  settled.binding[0].standpoints[0].eligible.reset();
  settled.binding[0].standpoints[0].days.last = day("2024-03-09");
  settled.binding[0].standpoints.push_back(known);
  EXPECT_TRUE(month_of(settled).unknown);
  EXPECT_FALSE(month_of(settled).unsettled);
}

TEST(PersonMonth, AVisitByAMethodThatDoesNotCountIsNoCountedVisit) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 1, home())});
  visit(file, "2024-03-05", Method::phone);
  EXPECT_FALSE(month_of(file).visited);
  visit(file, "2024-03-06", Method::home);
  EXPECT_TRUE(month_of(file).visited);
}

TEST(PersonMonth, AVisitThatMeetsAnExtraRoundIsACountedVisitOfTheMonth) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
  visit(file, "2024-03-12");
  PersonMonth march = month_of(file, kMarch, circumstances);
  EXPECT_FALSE(march.met);
  EXPECT_TRUE(march.visited);
  EXPECT_THAT(march.rounds, ElementsAre(RoundState{"round/heat", day("2024-03-16"), true}));
}

TEST(PersonMonth, TheTierOfTheFulfilmentIsTheHighestOfItsWindows) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  change(file, "2024-03-10", kScheme, "key", {rule(Window::half_month)});
  PersonMonth march = month_of(file);
  EXPECT_EQ(march.tier, "general");
  EXPECT_EQ(march.owed_tier, "key");
}

TEST(PersonMonth, RefusedHomeVisitsAreMarked) {
  OwedRule refused = rule(Window::month);
  refused.mark = "refused_home_visit";
  EXPECT_TRUE(month_of(person(kScheme, "2024-01-01", {refused})).refused_home_visit);
}

TEST(PersonMonth, WhoTheLocalSchemeAsksLessForThanTheFloorIsBelowIt) {
  schemes::Scheme floor = scheme_of("national");
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::quarter)});
  file.floor =
      History{"national", {standpoint(floor, {day("2024-01-01"), no_end()}, "general", {rule(Window::month)})}};
  EXPECT_TRUE(month_of(file).below_floor);
  file.binding[0].standpoints[0].owed = std::make_shared<const std::vector<OwedRule>>(1, rule(Window::half_month));
  EXPECT_FALSE(month_of(file).below_floor);
}

TEST(PersonMonth, ThePersonCountsInTheVillageOfTheLastDay) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  file.moves.push_back({day("2024-03-10"), "370305001009"});
  EXPECT_EQ(month_of(file, kFebruary).village, "370305001009");
  EXPECT_EQ(month_of(file).village, "370305001001");
}

TEST(Tally, APersonTakenAwayLeavesNothing) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  change(file, "2024-03-10", kScheme, "key", {rule(Window::half_month)});
  PersonMonth march = month_of(file);
  Tally tally;
  tally.add("2024-03", march, 1);
  EXPECT_EQ(tally.tiers.size(), 2u);
  tally.add("2024-03", march, -1);
  tally.drop_zeros();
  EXPECT_TRUE(tally.tiers.empty() && tally.categories.empty() && tally.rounds.empty());
}

TEST(Changes, OnlyWhatDiffersIsWritten) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  auto kept = obligations_of(file, {}, kMarch);
  Changes none;
  compare_obligations(file.person, kept, kept, none);
  EXPECT_TRUE(none.empty());
  visit(file, "2024-03-20");
  auto computed = obligations_of(file, {}, kMarch);
  computed.erase(computed.begin());
  Changes changes;
  compare_obligations(file.person, kept, computed, changes);
  EXPECT_EQ(changes.put.size(), 1u);
  EXPECT_EQ(changes.dropped.size(), 1u);
}

TEST(Changes, AMonthKeptForTheSameVillageIsToldApart) {
  PersonMonth kept;
  kept.person = Id{1};
  kept.village = "510521100015";
  kept.due = true;
  PersonMonth visited = kept;
  visited.visited = true;
  PersonMonth moved = visited;
  moved.village = "510521100016";
  Changes changes;
  compare_months("2024-03", &kept, kept, changes);
  EXPECT_TRUE(changes.empty());
  compare_months("2024-03", &kept, visited, changes);
  EXPECT_EQ(changes.same_village.size(), 1u);
  EXPECT_TRUE(changes.put_months.empty());
  compare_months("2024-03", &kept, moved, changes);
  compare_months("2024-04", nullptr, visited, changes);
  EXPECT_EQ(changes.put_months.size(), 2u);
  EXPECT_EQ(changes.months(), 3u);
}

TEST(Changes, WordsAreReadBack) {
  EXPECT_EQ(join_words({"a", "b"}), " a b ");
  EXPECT_EQ(split_words(join_words({"a", "b"})), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(split_words("").empty());
}

}  // namespace
}  // namespace tanfang::planning
