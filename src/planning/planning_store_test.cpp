// Use cases on both databases. What is owed when is told in tests/scenarios.
#include "planning/planning.h"

#include <gmock/gmock.h>

#include "planning/planning_county_testing.h"

namespace tanfang::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Planning : public examples::CountyTest {};
TANFANG_ON_EACH_ENGINE(Planning);

Date day(const std::string& iso) { return *Date::parse(iso); }

TEST(Months, AreReadAndAdded) {
  EXPECT_EQ(parse_month("2024-02").last_day().iso(), "2024-02-29");
  EXPECT_EQ(add_months(Month{2024, 12}, 1).iso(), "2025-01");
  EXPECT_EQ(add_months(Month{2024, 1}, -1).iso(), "2023-12");
  for (const char* text : {"2024-13", "2024-1", "2024", "2024-03-01", ""}) {
    try {
      parse_month(text);
      ADD_FAILURE() << text;
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "month.malformed");
    }
  }
}

TEST_P(Planning, OpeningTwiceChangesNothing) {
  add_person("1940-01-01", day("2024-03-01"));
  add_person("1955-01-01", day("2024-03-01"));
  Opening first;
  Opening second;
  write([&](audit::Work& work) { first = open_month(work, policies, county, {2024, 3}); });
  write([&](audit::Work& work) {
    second = open_month(work, policies, county, {2024, 3});
    EXPECT_TRUE(work.recorded_or_unchanged());
  });
  EXPECT_EQ(first.people, 2);
  EXPECT_EQ(first.obligations, 5);  // two half-months, a month, and Qingming for both
  EXPECT_FALSE(first.opened_before);
  EXPECT_EQ(second.obligations, 0);
  EXPECT_TRUE(second.opened_before);
  EXPECT_TRUE(recount("2024-03").agrees());
}

TEST_P(Planning, AVisitToldTwiceCountsOnceAndCanBeWithdrawn) {
  Id person = add_person("1955-01-01", day("2024-03-01"));
  open("2024-03");
  VisitFact fact = visit(person, "2024-03-05");
  write([&](audit::Work& work) { apply_visit(work, policies, county, fact); });
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met"));
  write([&](audit::Work& work) { withdraw_visit(work, policies, county, person, fact.visit); });
  EXPECT_THAT(states("2024-03", person), ElementsAre("window owed"));
  write([&](audit::Work& work) { withdraw_visit(work, policies, county, person, fact.visit); });
  EXPECT_TRUE(recount("2024-03").agrees());
}

TEST_P(Planning, AVisitBeforeTheMonthIsOpenedIsFoundWhenItIs) {
  Id person = add_person("1955-01-01", day("2024-03-01"));
  visit(person, "2024-03-05");
  open("2024-03");
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met"));
}

TEST_P(Planning, TheMethodsOfADayAreThoseThatCount) {
  Id person = add_person("1955-01-01", day("2024-03-01"));
  auto allowed = [&](const char* on) {
    std::vector<std::string> methods;
    database().read(
        [&](db::Session& session) { methods = allowed_methods(session, policies, county, person, day(on)); });
    return methods;
  };
  EXPECT_THAT(allowed("2024-03-05"), ElementsAre("home"));
  EXPECT_THAT(allowed("2024-02-05"), IsEmpty());
  write([&](audit::Work& work) {
    declare_epidemic(work, policies, county, {{}, county, day("2024-03-05"), day("2024-03-10"), "封控"});
  });
  EXPECT_THAT(allowed("2024-03-05"), ElementsAre("home", "phone", "video"));
}

TEST_P(Planning, ARoundThatEndsEarlyAndADeclarationToo) {
  Id person = add_person("1955-01-01", day("2024-03-01"));
  open("2024-03");
  Noted round;
  write([&](audit::Work& work) {
    round =
        add_round(work, policies, county, {{}, "cold", "寒潮", county, day("2024-03-05"), day("2024-03-20"), {}, {}});
  });
  visit(person, "2024-03-18");
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met", "round met"));
  write([&](audit::Work& work) { end_round(work, policies, county, round.id, day("2024-03-10")); });
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met", "round owed"));
  Noted declaration;
  write([&](audit::Work& work) {
    declaration = declare_epidemic(work, policies, county, {{}, county, day("2024-03-01"), day("2024-03-31"), "封控"});
  });
  visit(person, "2024-03-09", "phone");
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met", "round met"));
  write([&](audit::Work& work) { end_declaration(work, policies, county, declaration.id, day("2024-03-02")); });
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met", "round owed"));
  database().read([&](db::Session& session) {
    EXPECT_EQ(list_rounds(session, county).at(0).last_day, day("2024-03-10"));
    EXPECT_EQ(list_declarations(session, county).at(0).last_day, day("2024-03-02"));
  });
  EXPECT_TRUE(recount("2024-03").agrees());
}

TEST_P(Planning, TheSameRoundOrDeclarationAgainIsTheOneThatIsThere) {
  Noted first;
  Noted again;
  Noted other;
  auto add = [&](Noted& noted, const char* area, std::vector<std::string> tiers) {
    write([&](audit::Work& work) {
      noted = add_round(work, policies, county,
                        {{}, "cold", "寒潮", area, day("2024-03-05"), day("2024-03-20"), tiers, {}});
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  };
  add(first, "510521", {"key", "general"});
  add(again, "510521", {"general", "key"});
  add(other, "510521100", {"key", "general"});
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.id, first.id);
  EXPECT_FALSE(other.repeated);
  write([&](audit::Work& work) {
    EpidemicDeclaration said{{}, county, day("2024-03-05"), day("2024-03-10"), "封控"};
    first = declare_epidemic(work, policies, county, said);
    again = declare_epidemic(work, policies, county, said);
  });
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.id, first.id);
  database().read([&](db::Session& session) {
    EXPECT_EQ(list_rounds(session, county).size(), 2u);
    EXPECT_EQ(list_declarations(session, county).size(), 1u);
  });
}

TEST_P(Planning, FestivalsAreThoseOfTheCountysSchemes) {
  database().read([&](db::Session& session) {
    auto festivals = list_festivals(session, policies, county, 2025);
    bool spring = false;
    for (const FestivalRound& round : festivals) {
      EXPECT_EQ(round.scheme, "luzhou-2023");
      if (round.festival != "spring_festival") continue;
      spring = true;
      EXPECT_EQ(round.first_day.iso(), "2025-01-23");
      EXPECT_EQ(round.last_day.iso(), "2025-01-29");
      EXPECT_TRUE(round.visit_also_meets_window);
    }
    EXPECT_TRUE(spring);
  });
}

TEST_P(Planning, ARoundForPeopleChosenIsOwedToThemAlone) {
  Id chosen = add_person("1940-01-01", day("2024-01-01"));
  Id another = add_person("1940-01-01", day("2024-01-01"));
  open("2024-03");
  ExtraRound round{{}, "heat", "", county, day("2024-03-05"), day("2024-03-10"), {}, {}, {chosen}};
  Noted noted;
  write([&](audit::Work& work) { noted = add_round(work, policies, county, round); });
  auto owed = [&](Id person) {
    auto found = states("2024-03", person);
    return std::count(found.begin(), found.end(), "round owed");
  };
  EXPECT_EQ(owed(chosen), 1);
  EXPECT_EQ(owed(another), 0);
  EXPECT_TRUE(recount("2024-03").agrees());
  Id late = add_person("1940-01-01", day("2024-03-01"));
  EXPECT_EQ(owed(late), 0) << "who came later was not chosen";
  write([&](audit::Work& work) { EXPECT_TRUE(add_round(work, policies, county, round).repeated); });
  round.people.push_back(another);
  write([&](audit::Work& work) { EXPECT_FALSE(add_round(work, policies, county, round).repeated); });
  EXPECT_EQ(owed(another), 1);
  EXPECT_EQ(owed(chosen), 2);
  database().read([&](db::Session& session) {
    auto rounds = list_rounds(session, county);
    ASSERT_EQ(rounds.size(), 2u);
    EXPECT_EQ(rounds[0].chosen, 1);
    EXPECT_EQ(rounds[1].chosen, 2);
  });
  visit(chosen, "2024-03-05");
  write([&](audit::Work& work) { end_round(work, policies, county, noted.id, day("2024-03-06")); });
  EXPECT_EQ(owed(another), 1);
  EXPECT_TRUE(recount("2024-03").agrees());
  auto refused = [&](auto edit) {
    ExtraRound wrong{{}, "cold", "", county, day("2024-03-05"), day("2024-03-10"), {}, {}, {chosen}};
    edit(wrong);
    return refusal([&](audit::Work& work) { add_round(work, policies, county, wrong); });
  };
  EXPECT_EQ(refused([](ExtraRound& wrong) { wrong.tiers = {"key"}; }), "round.people");
  EXPECT_EQ(refused([](ExtraRound& wrong) { wrong.area = "510521101"; }), "round.people");
  EXPECT_EQ(refused([](ExtraRound& wrong) { wrong.people = {Id{77}}; }), "person.unknown");
}

TEST_P(Planning, WhatIsRefusedChangesNothing) {
  Id person = add_person("1955-01-01", day("2024-03-01"));
  auto round = [&](ExtraRound given) {
    return refusal([&](audit::Work& work) { add_round(work, policies, county, given); });
  };
  ExtraRound good{{}, "heat", "", county, day("2024-03-05"), day("2024-03-10"), {}, {}};
  auto with = [&](auto edit) {
    ExtraRound made = good;
    edit(made);
    return made;
  };
  EXPECT_EQ(round(with([](ExtraRound& made) { made.kind = "wind"; })), "round.kind");
  EXPECT_EQ(round(with([](ExtraRound& made) { made.last_day = made.first_day - 1; })), "round.dates");
  EXPECT_EQ(round(with([](ExtraRound& made) { made.last_day = made.first_day + 400; })), "round.dates");
  EXPECT_EQ(round(with([](ExtraRound& made) { made.area = "370305"; })), "round.area");
  EXPECT_EQ(round(with([](ExtraRound& made) { made.tiers = {"gold"}; })), "round.tier");
  EXPECT_EQ(round(with([](ExtraRound& made) { made.categories = {"tall"}; })), "round.category");
  EXPECT_EQ(round(good), "");
  auto declare = [&](const std::string& area, const char* last, const char* reason) {
    return refusal([&](audit::Work& work) {
      declare_epidemic(work, policies, county, {{}, area, day("2024-03-05"), day(last), reason});
    });
  };
  EXPECT_EQ(declare(county, "2024-03-01", "封控"), "declaration.dates");
  EXPECT_EQ(declare("5105", "2024-03-10", "封控"), "declaration.area");
  EXPECT_EQ(declare(county, "2024-03-10", " "), "declaration.reason");
  EXPECT_EQ(refusal([&](audit::Work& work) { end_round(work, policies, county, Id{5}, day("2024-03-10")); }),
            "round.unknown");
  EXPECT_EQ(refusal([&](audit::Work& work) { end_declaration(work, policies, county, Id{5}, day("2024-03-10")); }),
            "declaration.unknown");
  EXPECT_EQ(refusal([&](audit::Work& work) { open_month(work, policies, "5105", {2024, 3}); }), "county.malformed");
  for (Month far : {Month{1999, 12}, Month{2025, 4}, Month{9999, 12}}) {
    EXPECT_EQ(refusal([&](audit::Work& work) { open_month(work, policies, county, far); }), "month.out_of_range");
  }
  EXPECT_EQ(refusal([&](audit::Work& work) { open_month(work, policies, county, {2025, 3}); }), "");
  EXPECT_EQ(refusal([&](audit::Work& work) { open_month(work, policies, county, {2000, 1}); }), "");
  EXPECT_EQ(refusal([&](audit::Work& work) {
              recount_month(work, policies, county, {2024, 3}, false);
            }),
            "month.not_open");
  EXPECT_EQ(refusal([&](audit::Work& work) { record_event(work, policies, county, person, "eclipse", now); }),
            "event.unknown");
  Instant next{now.milliseconds + 1};
  EXPECT_EQ(refusal([&](audit::Work& work) { record_event(work, policies, county, person, "discharged", next); }),
            "event.in_future");
  EXPECT_EQ(refusal([&](audit::Work& work) { refresh_person(work, policies, county, Id{77}, day("2024-03-01")); }),
            "person.unknown");
}

TEST_P(Planning, ARecountFindsAndMendsWhatWasTamperedWith) {
  Id person = add_person("1940-01-01", day("2024-03-01"));
  open("2024-03");
  visit(person, "2024-03-05");
  write([&](audit::Work& work) {
    work.session.execute("update obligations set met_on = null, counted = 0 where county = $1", {county});
    work.session.execute("update coverage_tiers set owed = owed + 1 where county = $1", {county});
    work.session.execute("delete from person_months where county = $1", {county});
  });
  Recount found = recount("2024-03");
  EXPECT_EQ(found.obligations, 1);
  EXPECT_EQ(found.person_months, 1);
  EXPECT_GT(found.counts, 0);
  EXPECT_FALSE(recount("2024-03", true).agrees());
  EXPECT_TRUE(recount("2024-03").agrees());
  EXPECT_THAT(states("2024-03", person), ElementsAre("window met", "window owed"));
}

}  // namespace
}  // namespace tanfang::planning
