#include "canvass/canvass.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::canvass {
namespace {

const std::string kCounty = "510521";
const std::string kVillage = "510521100201";
const std::string kOther = "510521100202";
const std::string kFar = "510521101201";

class CanvassTest : public db::EachEngine {
 protected:
  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "account:1", keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }
  /// The codes of the refusal and its fields.
  std::string refusal_of(const std::function<void(audit::Work&)>& use_case) {
    try {
      write(use_case);
    } catch (const Problem& problem) {
      std::string codes = problem.code;
      for (const FieldProblem& field : problem.fields) codes += " " + field.field + "=" + field.code;
      return codes;
    }
    return "";
  }
  Id begin(const std::string& day = "2026-03-01") {
    Id id;
    write([&](audit::Work& work) { id = begin_canvass(work, kCounty, "上半年排查", *Date::parse(day)); });
    return id;
  }
  void list(const std::string& village, const std::vector<Place>& places) {
    write([&](audit::Work& work) { list_households(work, village, places); });
  }
  std::vector<Household> found(const HouseholdFilter& filter) {
    std::vector<Household> households;
    database().read([&](db::Session& session) { households = find_households(session, keys_, filter); });
    return households;
  }
  void note(Id household, Result result, const std::string& day, const std::string& text = "") {
    write([&](audit::Work& work) { note_result(work, kCounty, household, result, *Date::parse(day), text); });
  }
  /// By somebody else's phone, which had seen the household as it was.
  Noting phone(const std::string& actor, const Household& seen, Result result, const std::string& day) {
    Noting noting = Noting::counts;
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, actor, keys_);
      noting = note_result(work, kCounty, seen.id, result, *Date::parse(day), "", version_of(seen));
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
    return noting;
  }
  /// `part:households/done/not_home` for each part, with `!differing` where there are any.
  std::string completeness(const std::string& area, Id canvass) {
    std::string text;
    database().read([&](db::Session& session) {
      for (const Part& part : completeness_of(session, area, canvass)) {
        text += (text.empty() ? "" : " ") + part.part + ":" + std::to_string(part.counts.households) + "/" +
                std::to_string(part.counts.done()) + "/" + std::to_string(part.counts.not_home);
        if (part.counts.differing > 0) text += "!" + std::to_string(part.counts.differing);
      }
    });
    return text;
  }

  Instant now_ = parse_instant("2026-03-20T10:00").value();
  IdSource ids_{5};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
};
TANFANG_ON_EACH_ENGINE(CanvassTest);

TEST_P(CanvassTest, TellsHowManyHouseholdsAreStillToBeVisited) {
  list(kVillage, {{"1组", "1号"}, {"1组", "2号"}, {"2组", "1号"}});
  list(kFar, {{"", "王家院子"}});
  Id canvass = begin();
  EXPECT_EQ(completeness(kCounty, canvass), "510521100:3/0/0 510521101:1/0/0");
  auto households = found({kVillage});
  ASSERT_EQ(households.size(), 3u);
  EXPECT_EQ(households[0].place, "1号");
  note(households[0].id, Result::registered, "2026-03-05");
  note(households[1].id, Result::not_home, "2026-03-05", "在女儿家");
  EXPECT_EQ(completeness(kVillage, canvass), "1组:2/1/1 2组:1/0/0");
  EXPECT_EQ(completeness("510521100", canvass), kVillage + ":3/1/1");
  note(households[1].id, Result::declined, "2026-03-06");
  EXPECT_EQ(completeness(kVillage, canvass), "1组:2/2/0 2组:1/0/0");
  HouseholdFilter open{kVillage};
  open.result = Result::open;
  ASSERT_EQ(found(open).size(), 1u);
  EXPECT_EQ(found(open)[0].group, "2组");
  open.result = Result::declined;
  EXPECT_EQ(found(open).at(0).result_on, Date::parse("2026-03-06"));
}

TEST_P(CanvassTest, ALaterCanvassBeginsWithNothingDone) {
  list(kVillage, {{"1组", "1号"}});
  Id first = begin();
  note(found({kVillage}).at(0).id, Result::nobody_eligible, "2026-03-05");
  EXPECT_EQ(refusal_of([](audit::Work& work) { begin_canvass(work, kCounty, "再来", work.today()); }),
            "canvass.running");
  write([&](audit::Work& work) { end_canvass(work, kCounty, first); });
  write([&](audit::Work& work) { end_canvass(work, kCounty, first); });
  EXPECT_EQ(found({kVillage}).at(0).result, Result::nobody_eligible) << "of the canvass that ran last";
  Id second = begin("2026-03-10");
  EXPECT_EQ(completeness(kVillage, second), "1组:1/0/0");
  EXPECT_EQ(completeness(kVillage, first), "1组:1/1/0");
  EXPECT_EQ(found({kVillage}).at(0).result, Result::open);
}

TEST_P(CanvassTest, AHouseholdIsListedOnceAndComesBack) {
  list(kVillage, {{"1组", "1号"}});
  Listing again;
  write([&](audit::Work& work) { again = list_households(work, kVillage, {{" 1组", "1号 "}, {"1组", "2号"}}); });
  EXPECT_EQ(again.added, 1);
  EXPECT_EQ(again.repeated, 1);
  list(kOther, {{"1组", "1号"}});
  Id canvass = begin();
  Household first = found({kVillage}).at(0);
  note(first.id, Result::registered, "2026-03-05");
  write([&](audit::Work& work) { change_household(work, kCounty, first.id, {"2组", "1号"}, true); });
  EXPECT_EQ(completeness(kVillage, canvass), "1组:1/0/0 2组:1/1/0");
  write([&](audit::Work& work) { change_household(work, kCounty, first.id, {"2组", "1号"}, true); });
  EXPECT_EQ(refusal_of([&](audit::Work& work) {
              change_household(work, kCounty, first.id, {"1组", "2号"}, true);
            }),
            "household.taken place=household.taken");
  write([&](audit::Work& work) { change_household(work, kCounty, first.id, {"2组", "1号"}, false); });
  EXPECT_EQ(completeness(kVillage, canvass), "1组:1/0/0");
  EXPECT_EQ(found({kVillage}).size(), 1u);
  EXPECT_EQ(
      refusal_of([&](audit::Work& work) { note_result(work, kCounty, first.id, Result::declined, work.today(), ""); }),
      "household.unknown");
  list(kVillage, {{"2组", "1号"}});
  EXPECT_EQ(completeness(kVillage, canvass), "1组:1/0/0 2组:1/1/0") << "with what was found there";
}

TEST_P(CanvassTest, ResultsAreKeptAndALateOneDoesNotWin) {
  list(kVillage, {{"", "1号"}});
  Id canvass = begin();
  Id household = found({kVillage}).at(0).id;
  note(household, Result::registered, "2026-03-10");
  note(household, Result::registered, "2026-03-10");
  note(household, Result::not_home, "2026-03-05", "第一次没人");
  EXPECT_EQ(completeness(kVillage, canvass), ":1/1/0");
  database().read([&](db::Session& session) {
    auto results = list_results(session, keys_, kCounty, household);
    ASSERT_EQ(results.size(), 2u);
    EXPECT_EQ(results[0].note, "第一次没人");
    EXPECT_EQ(results[0].result, Result::not_home);
    EXPECT_EQ(results[1].noted_by, "account:1");
  });
}

TEST_P(CanvassTest, RefusesWithTheField) {
  EXPECT_EQ(refusal_of([](audit::Work& work) { begin_canvass(work, kCounty, " ", work.today() + 1); }),
            "canvass.invalid name=canvass.name begun_on=canvass.day");
  EXPECT_EQ(refusal_of([](audit::Work& work) { end_canvass(work, kCounty, Id{9}); }), "canvass.unknown");
  EXPECT_EQ(refusal_of([](audit::Work& work) {
              list_households(work, kVillage, {{"1组", "1号"}, {std::string(31, 'x'), " "}});
            }),
            "household.invalid households[1].group=household.group households[1].place=household.place");
  EXPECT_TRUE(found({kVillage}).empty()) << "nothing of a refused list is kept";
  list(kVillage, {{"", "1号"}});
  Id household = found({kVillage}).at(0).id;
  auto noting = [&](const char* day, const std::string& text) {
    return refusal_of([&, day](audit::Work& work) {
      note_result(work, kCounty, household, Result::declined, *Date::parse(day), text);
    });
  };
  EXPECT_EQ(noting("2026-03-05", ""), "canvass.none");
  begin();
  EXPECT_EQ(noting("2026-02-28", ""), "household.result_day on=household.result_day");
  EXPECT_EQ(noting("2026-03-21", ""), "household.result_day on=household.result_day");
  EXPECT_EQ(noting("2026-03-05", std::string(201, 'x')), "household.invalid note=household.note");
  EXPECT_EQ(refusal_of([](audit::Work& work) {
              change_household(work, kCounty, Id{9}, {"", "1号"}, true);
            }),
            "household.unknown");
  database().read([&](db::Session& session) {
    EXPECT_THROW(completeness_of(session, kCounty, Id{9}), Problem);
    EXPECT_THROW(load_household(session, keys_, kCounty, Id{9}), Problem);
  });
}

TEST_P(CanvassTest, PagesAreWholeAndCountsAreWhatLookingAtEachHouseholdCounts) {
  std::mt19937 chance(7);
  for (int i = 0; i < 30; ++i) {
    list(chance() % 2 ? kVillage : kFar, {{std::to_string(chance() % 3) + "组", std::to_string(i) + "号"}});
  }
  Id canvass = begin();
  auto all = found({kVillage, {}, {}, "", {}, 200});
  for (int i = 0; i < 80; ++i) {
    const Household& any = all[chance() % all.size()];
    if (chance() % 4 == 0) {
      std::string group = std::to_string(chance() % 3) + "组";
      write([&](audit::Work& work) { change_household(work, kCounty, any.id, {group, any.place}, chance() % 5 > 0); });
      continue;
    }
    auto result = static_cast<Result>(1 + chance() % 4);
    refusal_of([&](audit::Work& work) {
      note_result(work, kCounty, any.id, result, *Date::parse("2026-03-0" + std::to_string(1 + chance() % 9)), "");
    });
  }
  HouseholdFilter page{kVillage};
  page.limit = 4;
  std::map<std::string, Completeness> counted;
  std::size_t seen = 0;
  for (;;) {
    auto some = found(page);
    for (const Household& each : some) {
      Completeness& counts = counted[each.group];
      ++counts.households;
      if (each.result == Result::not_home) ++counts.not_home;
      if (each.result != Result::not_home && each.result != Result::open) ++counts.registered;
    }
    seen += some.size();
    if (some.size() < 4) break;
    page.after_group = some.back().group;
    page.after = some.back().id;
  }
  EXPECT_GT(seen, 5u);
  std::string expected;
  for (const auto& [group, counts] : counted) {
    expected += (expected.empty() ? "" : " ") + group + ":" + std::to_string(counts.households) + "/" +
                std::to_string(counts.done()) + "/" + std::to_string(counts.not_home);
  }
  EXPECT_EQ(completeness(kVillage, canvass), expected);
}

TEST_P(CanvassTest, AResultFromAnOlderVersionTakesNobodysPlace) {
  Id canvass = begin();
  list(kVillage, {{"1组", "1号"}});
  Household open = found({kVillage}).at(0);
  EXPECT_EQ(phone("account:1", open, Result::registered, "2026-03-02"), Noting::counts);
  // What one noted oneself needs not have come back.
  EXPECT_EQ(phone("account:1", open, Result::nobody_eligible, "2026-03-02"), Noting::counts);
  EXPECT_EQ(phone("account:1", open, Result::registered, "2026-03-02"), Noting::counts);
  EXPECT_EQ(phone("account:2", open, Result::not_home, "2026-03-03"), Noting::history);
  EXPECT_EQ(phone("account:2", open, Result::declined, "2026-03-01"), Noting::history) << "it was so before";
  EXPECT_FALSE(found({kVillage}).at(0).differs);

  EXPECT_EQ(phone("account:2", open, Result::declined, "2026-03-03"), Noting::differs);
  Household both = found({kVillage}).at(0);
  EXPECT_EQ(both.result, Result::registered);
  EXPECT_EQ(both.result_on->iso(), "2026-03-02");
  ASSERT_TRUE(both.differs);
  EXPECT_EQ(both.differs->result, Result::declined);
  EXPECT_EQ(both.differs->on.iso(), "2026-03-03");
  EXPECT_EQ(both.differs->noted_by, "account:2");
  EXPECT_NE(version_of(both), version_of(open));
  EXPECT_EQ(completeness(kVillage, canvass), "1组:1/1/0!1") << "counted once, and to be checked";
  EXPECT_EQ(completeness(kCounty, canvass), kVillage.substr(0, 9) + ":1/1/0!1");
  HouseholdFilter differing{kVillage};
  differing.differing = true;
  EXPECT_EQ(found(differing).size(), 1u);

  // A third who saw neither settles nothing; nor does the first, who did not see the other.
  EXPECT_EQ(phone("account:3", open, Result::registered, "2026-03-04"), Noting::counts);
  EXPECT_EQ(phone("account:1", open, Result::registered, "2026-03-04"), Noting::counts);
  EXPECT_TRUE(found({kVillage}).at(0).differs);
  // Who saw both decides.
  EXPECT_EQ(phone("account:3", found({kVillage}).at(0), Result::declined, "2026-03-04"), Noting::counts);
  EXPECT_EQ(found({kVillage}).at(0).result, Result::declined);
  EXPECT_FALSE(found({kVillage}).at(0).differs);
  EXPECT_EQ(found(differing).size(), 0u);
  EXPECT_EQ(completeness(kVillage, canvass), "1组:1/1/0");
}

TEST_P(CanvassTest, ADifferenceEndsWithADecisionOrItsCanvass) {
  Id first = begin();
  list(kVillage, {{"1组", "1号"}, {"1组", "2号"}});
  Household open = found({kVillage}).at(0);
  auto differ = [&](const std::string& day) {
    phone("account:1", open, Result::registered, day);
    EXPECT_EQ(phone("account:2", open, Result::declined, day), Noting::differs);
  };
  differ("2026-03-02");
  EXPECT_EQ(phone("account:2", open, Result::registered, "2026-03-02"), Noting::counts) << "taken back";
  EXPECT_FALSE(found({kVillage}).at(0).differs);
  differ("2026-03-03");
  note(open.id, Result::registered, "2026-03-03");
  EXPECT_FALSE(found({kVillage}).at(0).differs) << "the same again, at a desk that shows both";
  differ("2026-03-04");
  // Nobody home is no finding: whoever met somebody later has one.
  Household other = found({kVillage}).at(1);
  EXPECT_EQ(phone("account:1", other, Result::not_home, "2026-03-04"), Noting::counts);
  EXPECT_EQ(phone("account:2", other, Result::declined, "2026-03-04"), Noting::counts);
  write([&](audit::Work& work) { end_canvass(work, kCounty, first); });
  begin("2026-03-05");
  EXPECT_FALSE(found({kVillage}).at(0).differs);
  EXPECT_EQ(completeness(kVillage, first), "1组:2/2/0!1") << "as it ended";
  EXPECT_EQ(phone("account:2", open, Result::declined, "2026-03-05"), Noting::counts);
  EXPECT_FALSE(found({kVillage}).at(0).differs);
}

}  // namespace
}  // namespace tanfang::canvass
