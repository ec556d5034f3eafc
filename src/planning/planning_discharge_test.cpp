// Which visits count where (design, section 6).
#include "planning/planning_discharge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "planning/planning_testing.h"

namespace tanfang::planning {
namespace {

using namespace examples;
using registry::Status;
using schemes::Method;
using schemes::Window;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Days kMarch = days("2024-03-01", "2024-03-31");

schemes::Scheme both_scheme() {
  schemes::Scheme scheme = scheme_of("both-2024");
  scheme.rounds.visit_also_meets_window = true;
  return scheme;
}
const schemes::Scheme kScheme = scheme_of("town-2024");
const schemes::Scheme kBoth = both_scheme();

std::vector<std::string> windows_of(const PersonFile& file, const Circumstances& circumstances = {},
                                    const Days& month = kMarch) {
  return texts_of(obligations_of(file, circumstances, month));
}

TEST(Discharge, SeveralVisitsOnOneDayCountOnce) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 2)});
  visit(file, "2024-03-05", Method::home, 500);
  visit(file, "2024-03-05", Method::phone, 900);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 1/2"));
  visit(file, "2024-03-31");
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 2/2 2024-03-31"));
}

TEST(Discharge, OnlyVisitsOfTheWindowsDaysCount) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  visit(file, "2024-02-29");
  visit(file, "2024-03-16");
  visit(file, "2024-04-01");
  EXPECT_THAT(windows_of(file),
              ElementsAre("2024-03-01..2024-03-15 owed 0/1", "2024-03-16..2024-03-31 owed 1/1 2024-03-16"));
}

TEST(Discharge, AVisitCountsInEachObligationWhoseMethodsItFits) {
  PersonFile file =
      person(kScheme, "2024-01-01", {rule(Window::month, 1, home()), rule(Window::month, 2, any())}, "key");
  visit(file, "2024-03-05", Method::phone);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 0/1", "2024-03-01..2024-03-31 owed 1/2"));
  visit(file, "2024-03-07", Method::home);
  EXPECT_THAT(windows_of(file),
              ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-07", "2024-03-01..2024-03-31 owed 2/2 2024-03-07"));
}

TEST(Discharge, TheMethodIsJudgedOnTheDayOfTheVisit) {
  // Home only at first; on the 10th the consent is withdrawn and all methods count.
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 1, home())});
  change(file, "2024-03-10", kScheme, "general", {rule(Window::month, 1, any())});
  visit(file, "2024-03-09", Method::phone);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
  visit(file, "2024-03-10", Method::phone);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-10"));
}

TEST(Discharge, AfterATierRoseItsMethodsDecideInTheOldWindowToo) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 1, any())});
  change(file, "2024-03-10", kScheme, "key", {rule(Window::half_month, 1, home())});
  visit(file, "2024-03-12", Method::phone);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 0/1", "2024-03-16..2024-03-31 owed 0/1"));
  visit(file, "2024-03-20", Method::home);
  EXPECT_THAT(windows_of(file),
              ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-20", "2024-03-16..2024-03-31 owed 1/1 2024-03-20"));
}

TEST(Discharge, WhereNothingIsOwedOnTheDayTheWindowsOwnMethodsDecide) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 1, home())});
  change(file, "2024-03-10", kScheme, "general", {});
  visit(file, "2024-03-12", Method::phone);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
  visit(file, "2024-03-13", Method::home);
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-13"));
}

TEST(Discharge, AVisitThatMeetsAnExtraRoundIsNotCountedInTheWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
  visit(file, "2024-03-12");
  auto owed = obligations_of(file, circumstances, kMarch);
  EXPECT_THAT(texts_of(owed, Kind::round), ElementsAre("2024-03-10..2024-03-16 owed 1/1 2024-03-12"));
  EXPECT_THAT(texts_of(owed), ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
  visit(file, "2024-03-15");
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-15"));
}

TEST(Discharge, NamesTheVisitsThatWereCountedOneADay) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 2, home())});
  Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
  visit(file, "2024-03-05", Method::phone);
  visit(file, "2024-03-05");
  visit(file, "2024-03-12");
  visit(file, "2024-03-20");
  for (std::size_t i = 0; i < file.visits.size(); ++i) file.visits[i].visit = Id{static_cast<std::int64_t>(i + 1)};
  for (const Obligation& owed : obligations_of(file, circumstances, kMarch)) {
    EXPECT_EQ(owed.visits, owed.kind == Kind::round ? std::vector{Id{3}} : std::vector({Id{2}, Id{4}}));
  }
}

TEST(Discharge, WhereTheDocumentSaysSoOneVisitMeetsRoundAndWindow) {
  PersonFile file = person(kBoth, "2024-01-01", {rule(Window::month)});
  Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
  visit(file, "2024-03-12");
  auto owed = obligations_of(file, circumstances, kMarch);
  EXPECT_THAT(texts_of(owed, Kind::round), ElementsAre("2024-03-10..2024-03-16 owed 1/1 2024-03-12"));
  EXPECT_THAT(texts_of(owed), ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-12"));
}

TEST(Discharge, ARoundTakesTheDayWhoseLossLeavesTheFewestWindowsUnmet) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  Circumstances circumstances{{round("round/heat", "2024-03-12", "2024-03-18")}, {}};
  visit(file, "2024-03-14");
  visit(file, "2024-03-17");
  visit(file, "2024-03-25");
  EXPECT_THAT(windows_of(file, circumstances),
              ElementsAre("2024-03-01..2024-03-15 owed 1/1 2024-03-14", "2024-03-16..2024-03-31 owed 1/1 2024-03-25"));
}

TEST(Discharge, TwoExtraRoundsAreNotMetByOneVisit) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  Circumstances circumstances{
      {round("festival/lantern", "2024-03-10", "2024-03-16"), round("round/cold", "2024-03-10", "2024-03-20")}, {}};
  visit(file, "2024-03-12");
  EXPECT_THAT(texts_of(obligations_of(file, circumstances, kMarch), Kind::round),
              ElementsAre("2024-03-10..2024-03-16 owed 1/1 2024-03-12", "2024-03-10..2024-03-20 owed 0/1"));
}

TEST(Discharge, TheOrderInWhichRecordsArriveDoesNotMatter) {
  Circumstances circumstances{
      {round("festival/a", "2024-03-10", "2024-03-16"), round("round/b", "2024-03-14", "2024-03-22")}, {}};
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  for (const char* on : {"2024-03-11", "2024-03-15", "2024-03-20", "2024-03-28"}) visit(file, on);
  auto expected = obligations_of(file, circumstances, kMarch);
  for (const Days& asked : {days("2024-03-01", "2024-03-05"), days("2024-03-20", "2024-03-20"), kMarch}) {
    for (const Obligation& obligation : obligations_of(file, circumstances, asked)) {
      EXPECT_NE(std::find(expected.begin(), expected.end(), obligation), expected.end()) << text_of(obligation);
    }
  }
}

TEST(Discharge, ARoundIsOnlyForItsAreaTiersAndCategories) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  auto rounds_with = [&](auto edit) {
    Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
    edit(circumstances.rounds[0]);
    return texts_of(obligations_of(file, circumstances, kMarch), Kind::round).size();
  };
  EXPECT_EQ(rounds_with([](Round&) {}), 1u);
  EXPECT_EQ(rounds_with([](Round& round) { round.area = "370305002"; }), 0u);
  EXPECT_EQ(rounds_with([](Round& round) { round.tiers = {"key"}; }), 0u);
  EXPECT_EQ(rounds_with([](Round& round) { round.tiers = {"key", "general"}; }), 1u);
  EXPECT_EQ(rounds_with([](Round& round) { round.categories = {"impaired"}; }), 0u);
  EXPECT_EQ(rounds_with([](Round& round) { round.categories = {"impaired", "living_alone"}; }), 1u);
  EXPECT_EQ(rounds_with([](Round& round) { round.scheme = &kBoth; }), 0u);
}

TEST(Discharge, WhereHomeVisitsAreImpossibleRemoteOnesMeetTheWindowsTwiceOver) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 1, home())});
  Circumstances circumstances{{}, {{days("2024-03-10", "2024-03-20"), "370305001"}}};
  visit(file, "2024-03-09", Method::phone);  // before
  visit(file, "2024-03-10", Method::phone);
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
  visit(file, "2024-03-12", Method::video);
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 1/1 2024-03-12"));
  circumstances.declarations[0].area = "370305002";
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
}

TEST(Discharge, AVisitAtHomeStaysAFullOneInAnEpidemic) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month, 2, home())});
  Circumstances circumstances{{}, {{days("2024-03-10", "2024-03-31"), "370305"}}};
  visit(file, "2024-03-05", Method::home);
  visit(file, "2024-03-12", Method::phone);
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 1/2"));
  visit(file, "2024-03-19", Method::phone);
  EXPECT_THAT(windows_of(file, circumstances), ElementsAre("2024-03-01..2024-03-31 owed 2/2 2024-03-19"));
}

TEST(Discharge, EveryNDaysIsCountedFromTheLastVisit) {
  PersonFile file = person(kScheme, "2024-03-01", {every(10)});
  visit(file, "2024-03-05");
  visit(file, "2024-03-15");
  EXPECT_THAT(windows_of(file),
              ElementsAre("2024-03-01..2024-03-10 owed 1/1 2024-03-05", "2024-03-06..2024-03-15 owed 1/1 2024-03-15",
                          "2024-03-16..2024-03-25 owed 0/1", "2024-03-26..2024-04-04 owed 0/1"));
}

TEST(Discharge, AShorterIntervalBeginsOnTheDayOfTheNewTier) {
  PersonFile file = person(kScheme, "2024-03-01", {every(30)});
  change(file, "2024-03-11", kScheme, "key", {every(10)});
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-30 owed 0/1", "2024-03-11..2024-03-20 owed 0/1",
                                            "2024-03-21..2024-03-30 owed 0/1", "2024-03-31..2024-04-09 owed 0/1"));
}

TEST(Discharge, AnIntervalWhollyInsideASuspensionIsNotOwed) {
  PersonFile file = person(kScheme, "2024-03-01", {every(10)});
  status(file, Status::suspended, "2024-03-05", "2024-03-22");
  EXPECT_THAT(windows_of(file), ElementsAre("2024-03-01..2024-03-10 owed 0/1", "2024-03-11..2024-03-20 suspended 0/1",
                                            "2024-03-21..2024-03-30 owed 0/1", "2024-03-31..2024-04-09 owed 0/1"));
}

TEST(Discharge, AFirstVisitAndARoundMayBeOneVisit) {
  PersonFile file = person(kScheme, "2024-03-05", {rule(Window::month)});
  Circumstances circumstances{{round("round/heat", "2024-03-10", "2024-03-16")}, {}};
  visit(file, "2024-03-12");
  auto owed = obligations_of(file, circumstances, kMarch);
  EXPECT_THAT(texts_of(owed, Kind::round), ElementsAre("2024-03-10..2024-03-16 owed 1/1 2024-03-12"));
  EXPECT_THAT(texts_of(owed, Kind::first_visit), ElementsAre("2024-03-05..2024-04-04 owed 1/1 2024-03-12"));
}

TEST(Discharge, AVisitCountsByTheMethodsOfTheDayOrOfTheDeclaration) {
  PersonFile file = person(kScheme, "2024-03-05", {rule(Window::month, 1, home())});
  Circumstances circumstances{{}, {{days("2024-03-10", "2024-03-20"), "370305"}}};
  EXPECT_TRUE(method_counts(file, circumstances, day("2024-03-09"), Method::home));
  EXPECT_FALSE(method_counts(file, circumstances, day("2024-03-09"), Method::phone));
  EXPECT_TRUE(method_counts(file, circumstances, day("2024-03-10"), Method::phone));
  EXPECT_FALSE(method_counts(file, circumstances, day("2024-03-10"), Method::encounter));
  EXPECT_FALSE(method_counts(file, circumstances, day("2024-03-01"), Method::home));
}

}  // namespace
}  // namespace tanfang::planning
