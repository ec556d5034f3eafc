// Proposals: who can come and has room is found, those whom people know are kept, and nothing becomes worse.
#include "planning/assignment_proposal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace tanfang::planning {
namespace {

using Person = AssignmentQuestion::Person;
using Visitor = AssignmentQuestion::Visitor;

std::vector<int> present_of(const AssignmentQuestion& question) {
  std::vector<int> present;
  for (const Person& person : question.people) present.push_back(person.present);
  return present;
}

struct Row {
  const char* what;
  AssignmentQuestion question;
  std::vector<int> proposed;
};

TEST(Assignment, IsWhatOneWouldChoose) {
  const std::vector<Row> rows = {
      {"nobody to visit", {{}, {{5, {0}}}, 1}, {}},
      {"nobody comes", {{{0, 1, -1, -1, false}}, {{5, {1}}}, 2}, {-1}},
      {"the only one who comes", {{{0, 1, -1, -1, false}}, {{5, {1}}, {5, {0}}}, 2}, {1}},
      {"the present one stays though another is idle", {{{0, 2, 0, -1, false}}, {{2, {0}}, {50, {0}}}, 1}, {0}},
      {"the present one does not come any more", {{{0, 1, 0, -1, false}}, {{5, {1}}, {5, {0}}}, 2}, {1}},
      {"who visited last goes before a stranger", {{{0, 1, -1, 1, false}}, {{50, {0}}, {5, {0}}}, 1}, {1}},
      {"the appointed one stays, the other makes room",
       {{{0, 2, 0, -1, false}, {0, 2, 0, -1, true}}, {{2, {0}}, {2, {0}}}, 1},
       {1, 0}},
      {"not enough room for both: the larger need",
       {{{0, 1, -1, -1, false}, {0, 3, -1, -1, false}}, {{3, {0}}}, 1},
       {-1, 0}},
      {"shared evenly by capacity",
       {{{0, 1, -1, -1, false}, {0, 1, -1, -1, false}, {0, 1, -1, -1, false}}, {{2, {0}}, {4, {0}}}, 1},
       {0, 1, 1}},
  };
  for (const Row& row : rows) EXPECT_EQ(propose(row.question), row.proposed) << row.what;
}

TEST(Assignment, MovesAChainOfPeopleToMakeRoom) {
  // Village 2 knows only visitor 1, whose person can go to visitor 0, whose person can go to visitor 2.
  AssignmentQuestion question{
      {{0, 1, 0, -1, false}, {1, 1, 1, -1, false}, {2, 1, -1, -1, false}}, {{1, {0, 1}}, {1, {1, 2}}, {1, {0}}}, 3};
  EXPECT_EQ(propose(question), (std::vector<int>{2, 0, 1}));
  EXPECT_EQ(measure(question, propose(question)).uncovered, 0);
}

TEST(Assignment, MeasuresWhatIsWrongWithOne) {
  AssignmentQuestion question{{{0, 2, 0, -1, false}, {0, 3, 0, 1, false}, {1, 1, 0, -1, false}, {1, 4, -1, -1, false}},
                              {{4, {0}}, {9, {0}}},
                              2};
  AssignmentMeasure present = measure(question, present_of(question));
  // One visit beyond capacity, one where the visitor cannot come, four with nobody.
  EXPECT_EQ(present.uncovered, 1 + 1 + 4);
  EXPECT_EQ(present.changes, 0);
  AssignmentMeasure other = measure(question, {1, 1, -1, -1});
  EXPECT_EQ(other.uncovered, 5);
  EXPECT_EQ(other.strangers, 1);
  EXPECT_EQ(other.changes, 3);
  EXPECT_DOUBLE_EQ(other.imbalance, 25.0 / 9);
}

AssignmentQuestion arbitrary_question() {
  AssignmentQuestion question;
  question.villages = *rc::gen::inRange(1, 6);
  int visitors = *rc::gen::inRange(0, 7);
  for (int i = 0; i < visitors; ++i) {
    Visitor visitor{*rc::gen::inRange(0, 12), {}};
    for (int village = 0; village < question.villages; ++village) {
      if (*rc::gen::inRange(0, 3) == 0) visitor.villages.push_back(village);
    }
    question.visitors.push_back(visitor);
  }
  int people = *rc::gen::inRange(0, 30);
  for (int i = 0; i < people; ++i) {
    question.people.push_back({*rc::gen::inRange(0, question.villages), *rc::gen::inRange(1, 5),
                               *rc::gen::inRange(-1, visitors), *rc::gen::inRange(-1, visitors),
                               *rc::gen::arbitrary<bool>()});
  }
  return question;
}

RC_GTEST_PROP(AssignmentProperty, IsNeverWorseThanThePresentOne, ()) {
  AssignmentQuestion question = arbitrary_question();
  RC_ASSERT(measure(question, propose(question)) <= measure(question, present_of(question)));
}

RC_GTEST_PROP(AssignmentProperty, GivesNobodyToWhoCannotComeOrHasNoRoom, ()) {
  AssignmentQuestion question = arbitrary_question();
  std::vector<int> proposed = propose(question);
  if (proposed == present_of(question)) return;
  std::vector<int> load(question.visitors.size());
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    if (proposed[i] < 0) continue;
    const Visitor& visitor = question.visitors[static_cast<std::size_t>(proposed[i])];
    RC_ASSERT(std::count(visitor.villages.begin(), visitor.villages.end(), question.people[i].village) == 1);
    load[static_cast<std::size_t>(proposed[i])] += question.people[i].visits;
  }
  for (std::size_t i = 0; i < load.size(); ++i) RC_ASSERT(load[i] <= question.visitors[i].capacity);
}

/// Whoever is left out could not be taken by anybody directly.
RC_GTEST_PROP(AssignmentProperty, LeavesNobodyOutWhereThereIsRoom, ()) {
  AssignmentQuestion question = arbitrary_question();
  std::vector<int> proposed = propose(question);
  if (proposed == present_of(question)) return;
  std::vector<int> room;
  for (const Visitor& visitor : question.visitors) room.push_back(visitor.capacity);
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    if (proposed[i] >= 0) room[static_cast<std::size_t>(proposed[i])] -= question.people[i].visits;
  }
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    if (proposed[i] >= 0) continue;
    for (std::size_t v = 0; v < room.size(); ++v) {
      const auto& villages = question.visitors[v].villages;
      bool comes = std::count(villages.begin(), villages.end(), question.people[i].village) > 0;
      RC_ASSERT(!comes || room[v] < question.people[i].visits);
    }
  }
}

}  // namespace
}  // namespace tanfang::planning
