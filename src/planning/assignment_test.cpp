// Visitors, assignments and proposals as they are kept.
#include "planning/assignment.h"

#include <gmock/gmock.h>

#include "planning/planning_county_testing.h"

namespace tanfang::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AssignmentTest : public examples::CountyTest {
 protected:
  const std::string other = "510521101227";

  Visitor visitor(const std::string& name, std::vector<std::string> villages, std::int64_t capacity = 10) {
    return {Id{}, name, "grid_worker", "", "", std::move(villages), 0, capacity, "", true};
  }
  Id keep(const Visitor& kept) {
    Id id;
    write([&](audit::Work& work) { id = put_visitor(work, county, kept); });
    return id;
  }
  std::vector<std::string> mistakes(const Visitor& wrong) {
    std::vector<std::string> codes;
    try {
      keep(wrong);
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "visitor.invalid");
      for (const FieldProblem& field : problem.fields) codes.push_back(field.code);
    }
    return codes;
  }
  void assign(Id person, Id visitor_id, bool appointed = false) {
    write([&](audit::Work& work) { assign_people(work, county, {{person, visitor_id, appointed}}); });
  }
  Proposal propose_for(const std::string& area, const std::map<Id, std::string>& last = {}) {
    Proposal made;
    database().read(
        [&](db::Session& session) { made = propose_assignment(session, area, parse_month("2024-03"), last); });
    return made;
  }
};
TANFANG_ON_EACH_ENGINE(AssignmentTest);

TEST_P(AssignmentTest, KeepsVisitors) {
  Id id = keep(visitor("王敏", {village, village}));
  Visitor changed = visitor("王敏", {village}, 12);
  changed.id = id;
  changed.home = village;
  changed.radius_metres = 1500;
  changed.active = false;
  keep(changed);
  database().read([&](db::Session& session) {
    std::vector<Visitor> kept = list_visitors(session, county);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_THAT(kept[0].villages, ElementsAre(village));
    EXPECT_EQ(kept[0].capacity, 12);
    EXPECT_EQ(kept[0].radius_metres, 1500);
    EXPECT_FALSE(kept[0].active);
  });
  // The same again records nothing.
  write([&](audit::Work& work) {
    put_visitor(work, county, changed);
    EXPECT_TRUE(work.recorded_or_unchanged());
  });
}

TEST_P(AssignmentTest, TellsEverythingThatIsWrongWithOne) {
  Visitor wrong = visitor("", {"510522100200"}, 0);
  wrong.kind = "robot";
  wrong.radius_metres = 300'000;
  wrong.service = std::string(300, 'x');
  EXPECT_THAT(mistakes(wrong), ElementsAre("visitor.name", "visitor.kind", "visitor.villages", "visitor.radius",
                                           "visitor.home", "visitor.capacity", "visitor.service"));
  Visitor first = visitor("王敏", {village});
  first.login = "wangmin";
  keep(first);
  EXPECT_THAT(mistakes(first), ElementsAre("visitor.login"));
  Visitor unknown = visitor("李", {village});
  unknown.id = Id{7};
  EXPECT_EQ(refusal([&](audit::Work& work) { put_visitor(work, county, unknown); }), "visitor.unknown");
}

TEST_P(AssignmentTest, GivesPeopleToVisitors) {
  Id person = add_person("1940-01-01", *Date::parse("2024-01-01"));
  Id wang = keep(visitor("王敏", {village}));
  assign(person, wang, true);
  database().read([&](db::Session& session) {
    EXPECT_EQ(assignment_of(session, county, person).visitor, wang);
    EXPECT_TRUE(assignment_of(session, county, person).appointed);
  });
  assign(person, wang, true);
  assign(person, Id{});
  database().read([&](db::Session& session) { EXPECT_EQ(assignment_of(session, county, person).visitor, Id{}); });
  Visitor gone = visitor("王敏", {village});
  gone.id = wang;
  gone.active = false;
  keep(gone);
  EXPECT_EQ(refusal([&](audit::Work& work) {
              assign_people(work, county, {{person, wang, false}});
            }),
            "visitor.unknown");
  EXPECT_EQ(refusal([&](audit::Work& work) { assign_people(work, county, {{Id{7}, wang, false}}); }), "person.unknown");
}

TEST_P(AssignmentTest, ProposesForTheMonthAndKeepsWhoIsElsewhere) {
  Id here = add_person("1940-01-01", *Date::parse("2024-01-01"));
  Id there = add_person("1940-01-01", *Date::parse("2024-01-01"), other);
  Id wang = keep(visitor("王敏", {village, other}, 1000));
  Visitor second = visitor("李强", {village}, 1000);
  second.login = "liqiang";
  Id li = keep(second);
  EXPECT_EQ(refusal([&](audit::Work& work) { propose_assignment(work.session, county, parse_month("2024-03"), {}); }),
            "month.not_open");
  open("2024-03");
  Proposal all = propose_for(county, {{here, "liqiang"}});
  EXPECT_GT(all.before.uncovered, 0);
  EXPECT_EQ(all.after.uncovered, 0);
  ASSERT_EQ(all.changes.size(), 2u);
  EXPECT_EQ(all.changes[0].person, here);
  EXPECT_EQ(all.changes[0].to, li);
  EXPECT_EQ(all.changes[0].reason, "last_visitor");
  EXPECT_EQ(all.changes[0].name, "测试");
  EXPECT_EQ(all.changes[1].to, wang);
  EXPECT_EQ(all.changes[1].reason, "nobody_before");
  EXPECT_THAT(all.gaps, IsEmpty());
  assign(there, wang);
  Proposal village_only = propose_for(village);
  ASSERT_EQ(village_only.changes.size(), 1u);
  EXPECT_EQ(village_only.changes[0].person, here);
  std::int64_t loads = 0;
  for (const VisitorLoad& load : village_only.loads) loads += load.before;
  EXPECT_GT(loads, 0) << "who is visited elsewhere counts";
  database().read([&](db::Session& session) {
    std::vector<AssignedPerson> listed = list_assigned(session, county, parse_month("2024-03"));
    ASSERT_EQ(listed.size(), 2u);
    EXPECT_EQ(listed[1].visitor, wang);
    EXPECT_GT(listed[1].visits, 0);
  });
}

TEST_P(AssignmentTest, TellsWhoWasGivenToAnotherMeanwhile) {
  Id here = add_person("1940-01-01", *Date::parse("2024-01-01"));
  Id there = add_person("1940-01-01", *Date::parse("2024-01-01"), other);
  Id wang = keep(visitor("王敏", {village}));
  Id li = keep(visitor("李强", {village}));
  open("2024-03");
  assign(here, wang);
  std::vector<std::string> fields;
  try {
    write([&](audit::Work& work) {
      assign_people(work, county, {{there, li, false, Id{}}, {here, li, false, Id{}}, {here, li, false, li}});
    });
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "assignment.changed");
    for (const FieldProblem& field : problem.fields) fields.push_back(field.field);
  }
  EXPECT_THAT(fields, ElementsAre("assignments[1]", "assignments[2]"));
  database().read([&](db::Session& session) {
    EXPECT_EQ(assignment_of(session, county, there).visitor, Id{}) << "nothing of the call was done";
  });
  write([&](audit::Work& work) { assign_people(work, county, {{here, li, false, wang}, {there, li, false, Id{}}}); });
  database().read([&](db::Session& session) {
    std::vector<AssignedPerson> listed = list_assigned(session, county, parse_month("2024-03"));
    ASSERT_EQ(listed.size(), 2u);
    EXPECT_EQ(listed[0].name, "测试");
    auto loads = loads_of_visitors(session, county, parse_month("2024-03"));
    EXPECT_EQ(loads.size(), 1u);
    EXPECT_EQ(loads[li], listed[0].visits + listed[1].visits);
    loads = loads_of_visitors(session, listed[0].village, parse_month("2024-03"));
    EXPECT_EQ(loads[li], listed[0].visits) << "only those who live there";
  });
}

TEST_P(AssignmentTest, ShowsWhereNobodyComesAndWhereAllAreFull) {
  add_person("1940-01-01", *Date::parse("2024-01-01"));
  add_person("1940-01-01", *Date::parse("2024-01-01"), other);
  keep(visitor("王敏", {village}, 1));
  open("2024-03");
  std::vector<std::string> reasons;
  for (const Gap& gap : propose_for(county).gaps) reasons.push_back(gap.village + " " + gap.reason);
  EXPECT_THAT(reasons, ElementsAre(village + " all_full", other + " nobody_comes"));
}

TEST_P(AssignmentTest, ReachesAsFarAsTheRadius) {
  add_person("1940-01-01", *Date::parse("2024-01-01"), other);
  Visitor near = visitor("王敏", {}, 1000);
  near.home = village;
  near.radius_metres = 1200;
  keep(near);
  open("2024-03");
  EXPECT_EQ(propose_for(county).gaps.size(), 1u);
  write([&](audit::Work& work) { locate_area(work, {village, 29.15, 105.37}); });
  // A hundredth of a degree of latitude is 1,112 m.
  write([&](audit::Work& work) { locate_area(work, {other, 29.16, 105.37}); });
  EXPECT_THAT(propose_for(county).gaps, IsEmpty());
  write([&](audit::Work& work) { locate_area(work, {other, 29.17, 105.37}); });
  EXPECT_EQ(propose_for(county).gaps.size(), 1u);
  database().read([&](db::Session& session) { EXPECT_EQ(list_points(session, county).size(), 2u); });
  EXPECT_EQ(refusal([&](audit::Work& work) { locate_area(work, {village, 95, 0}); }), "point.range");
  EXPECT_EQ(refusal([&](audit::Work& work) { locate_area(work, {"510521999999", 29, 105}); }), "area.unknown");
}

}  // namespace
}  // namespace tanfang::planning
