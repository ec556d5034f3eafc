// What is owed, case by case (design, section 6).
#include "planning/planning_discharge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planning/planning_testing.h"

namespace tanfang::planning {
namespace {

using namespace examples;
using registry::Status;
using schemes::Method;
using schemes::Window;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const schemes::Scheme kScheme = scheme_of("town-2024");
const Days kMarch = days("2024-03-01", "2024-03-31");

std::vector<std::string> windows_in(const PersonFile& file, const Days& month) {
  return texts_of(obligations_of(file, {}, month));
}

TEST(Obligations, EveryoneOnTheFirstDayIsOwedTheWindow) {
  EXPECT_THAT(windows_in(person(kScheme, "2024-03-01", {rule(Window::month)}), kMarch),
              ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
}

TEST(Obligations, WhoIsRegisteredLaterIsOwedTheNextWindowAndAFirstVisit) {
  PersonFile file = person(kScheme, "2024-03-10", {rule(Window::month)});
  EXPECT_THAT(windows_in(file, kMarch), IsEmpty());
  EXPECT_THAT(windows_in(file, days("2024-04-01", "2024-04-30")), ElementsAre("2024-04-01..2024-04-30 owed 0/1"));
  EXPECT_THAT(texts_of(obligations_of(file, {}, kMarch), Kind::first_visit),
              ElementsAre("2024-03-10..2024-04-09 owed 0/1"));
}

TEST(Obligations, WhoIsRegisteredOnTheFirstDayOwesNoFirstVisit) {
  PersonFile file = person(kScheme, "2024-03-01", {rule(Window::month)});
  EXPECT_THAT(texts_of(obligations_of(file, {}, kMarch), Kind::first_visit), IsEmpty());
  PersonFile quarterly = person(kScheme, "2024-03-01", {rule(Window::quarter)});
  EXPECT_THAT(texts_of(obligations_of(quarterly, {}, kMarch), Kind::first_visit),
              ElementsAre("2024-03-01..2024-03-31 owed 0/1"));
}

TEST(Obligations, ATierThatRisesBindsFromItsNextWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  change(file, "2024-03-10", kScheme, "key", {rule(Window::half_month)});
  EXPECT_THAT(windows_in(file, kMarch),
              ElementsAre("2024-03-01..2024-03-31 owed 0/1", "2024-03-16..2024-03-31 owed 0/1"));
  EXPECT_THAT(windows_in(file, days("2024-04-01", "2024-04-30")),
              ElementsAre("2024-04-01..2024-04-15 owed 0/1", "2024-04-16..2024-04-30 owed 0/1"));
}

TEST(Obligations, ATierThatFallsEndsWithTheWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)}, "key");
  change(file, "2024-03-10", kScheme, "general", {rule(Window::month)});
  EXPECT_THAT(windows_in(file, kMarch), ElementsAre("2024-03-01..2024-03-15 owed 0/1"));
}

TEST(Obligations, ASchemeVersionBindsWindowsThatBeginOnOrAfterIt) {
  schemes::Scheme second = scheme_of("town-2024");
  second.version = "2";
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::quarter)});
  change(file, "2024-03-01", second, "general", {rule(Window::month)});
  EXPECT_THAT(windows_in(file, kMarch),
              ElementsAre("2024-01-01..2024-03-31 owed 0/1", "2024-03-01..2024-03-31 owed 0/1"));
  EXPECT_THAT(windows_in(file, days("2024-04-01", "2024-04-30")), ElementsAre("2024-04-01..2024-04-30 owed 0/1"));
}

TEST(Obligations, WhoDiesOrMovesOutWithinIsTakenOutAndIsOwedNothingAfter) {
  for (Status gone : {Status::deceased, Status::moved_out}) {
    PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
    status(file, gone, "2024-03-31");
    EXPECT_THAT(windows_in(file, kMarch),
                ElementsAre("2024-03-01..2024-03-15 owed 0/1", "2024-03-16..2024-03-31 taken_out 0/1"));
    EXPECT_THAT(windows_in(file, days("2024-04-01", "2024-04-30")), IsEmpty());
  }
}

TEST(Obligations, OnlyASuspensionOfTheWholeWindowLiftsIt) {
  struct Row {
    const char* first;
    const char* last;
    const char* basis;
  };
  for (const Row& row : {Row{"2024-03-01", "2024-03-31", "suspended"}, Row{"2024-02-10", "2024-04-10", "suspended"},
                         Row{"2024-02-10", "", "suspended"}, Row{"2024-03-02", "2024-03-31", "owed"},
                         Row{"2024-02-01", "2024-03-30", "owed"}}) {
    PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
    status(file, Status::suspended, row.first, row.last);
    EXPECT_THAT(windows_in(file, kMarch), ElementsAre(std::string("2024-03-01..2024-03-31 ") + row.basis + " 0/1"))
        << row.first;
  }
}

TEST(Obligations, TwoSuspensionsOneAfterTheOtherCoverTheWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month)});
  status(file, Status::suspended, "2024-02-20", "2024-03-10");
  status(file, Status::suspended, "2024-03-11", "2024-04-02");
  EXPECT_THAT(windows_in(file, kMarch), ElementsAre("2024-03-01..2024-03-31 suspended 0/1"));
}

TEST(Obligations, WhoHasDeclinedOnTheFirstDayIsNotOwedTheWindow) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::half_month)});
  status(file, Status::declined, "2024-03-05", "2024-03-20");
  EXPECT_THAT(windows_in(file, kMarch),
              ElementsAre("2024-03-01..2024-03-15 owed 0/1", "2024-03-16..2024-03-31 declined 0/1"));
}

TEST(Obligations, WeeksThatCrossTheMonthAreOpenedInBoth) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::week)});
  auto windows = windows_in(file, days("2024-04-01", "2024-04-30"));
  ASSERT_EQ(windows.size(), 5u);
  EXPECT_EQ(windows.back(), "2024-04-29..2024-05-05 owed 0/1");
}

TEST(Obligations, UnknownEligibilityOwesNothing) {
  PersonFile file = person(kScheme, "2024-01-01", {});
  file.binding[0].standpoints[0].eligible.reset();
  EXPECT_THAT(obligations_of(file, {}, kMarch), IsEmpty());
}

TEST(Obligations, AVisitIsOwedWithinHoursOfAnEvent) {
  PersonFile file = person(kScheme, "2024-01-01", {rule(Window::month), after("discharged", 24)});
  file.events.push_back({Id{7}, "discharged", china_instant(day("2024-03-10"), 900)});
  file.events.push_back({Id{8}, "fall", china_instant(day("2024-03-12"), 900)});
  auto owed = obligations_of(file, {}, kMarch);
  EXPECT_THAT(texts_of(owed, Kind::event), ElementsAre("2024-03-10..2024-03-11 owed 0/1"));
  visit(file, "2024-03-10", Method::home, 890);  // ten minutes before
  visit(file, "2024-03-11", Method::home, 901);  // a minute late
  EXPECT_THAT(texts_of(obligations_of(file, {}, kMarch), Kind::event), ElementsAre("2024-03-10..2024-03-11 owed 0/1"));
  visit(file, "2024-03-11", Method::home, 900);
  EXPECT_THAT(texts_of(obligations_of(file, {}, kMarch), Kind::event),
              ElementsAre("2024-03-10..2024-03-11 owed 1/1 2024-03-11"));
}

TEST(Obligations, StateIsOneDefinition) {
  struct Row {
    Basis basis;
    const char* met_on;
    const char* now;
    State state;
    bool in_time;
  };
  for (const Row& row : {Row{Basis::owed, "", "2024-03-20", State::owed, false},
                         Row{Basis::owed, "", "2024-03-21", State::overdue, false},
                         Row{Basis::owed, "2024-03-20", "2024-03-25", State::met, true},
                         Row{Basis::owed, "2024-03-21", "2024-03-25", State::met, false},
                         Row{Basis::declined, "", "2024-03-25", State::declined, false},
                         Row{Basis::suspended, "", "2024-03-25", State::suspended, false},
                         Row{Basis::taken_out, "2024-03-02", "2024-03-25", State::taken_out, true}}) {
    Obligation obligation;
    obligation.basis = row.basis;
    obligation.due_day = day("2024-03-20");
    obligation.overdue_at = china_instant(day("2024-03-21"));
    obligation.met_on = Date::parse(row.met_on);
    EXPECT_EQ(to_text(state_of(obligation, china_instant(day(row.now)))), to_text(row.state)) << row.now;
    EXPECT_EQ(in_time(obligation), row.in_time) << row.now;
  }
}

TEST(Obligations, WordsAreReadBack) {
  for (Kind kind : {Kind::window, Kind::event, Kind::first_visit, Kind::round})
    EXPECT_EQ(parse_kind(to_text(kind)), kind);
  for (Basis basis : {Basis::owed, Basis::declined, Basis::suspended, Basis::taken_out}) {
    EXPECT_EQ(parse_basis(to_text(basis)), basis);
  }
  EXPECT_FALSE(parse_kind("visit"));
}

}  // namespace
}  // namespace tanfang::planning
