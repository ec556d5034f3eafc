#include <gtest/gtest.h>

#include "visits/visits_rules.h"

namespace tanfang::visits {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

std::string codes(const std::vector<FieldProblem>& problems) {
  std::string text;
  for (const FieldProblem& problem : problems) text += (text.empty() ? "" : " ") + problem.code;
  return text;
}

TEST(Times, AreSane) {
  struct Row {
    const char* started_at;
    const char* ended_at;
    const char* expected;
  };
  const Row kRows[] = {
      {"2024-05-10T09:00", "2024-05-10T09:20", ""},
      {"2024-05-10T09:00", "2024-05-10T09:00", ""},
      {"2024-05-10T10:00", "2024-05-10T10:00", ""},
      {"2024-05-10T09:20", "2024-05-10T09:00", "visit.times_reversed"},
      {"2024-05-09T08:00", "2024-05-10T08:00", ""},
      {"2024-05-09T08:00", "2024-05-10T08:01", "visit.too_long"},
      {"2024-05-10T09:50", "2024-05-10T10:01", "visit.in_future"},
      {"2025-05-10T09:00", "2024-05-10T09:00", "visit.times_reversed visit.in_future"},
      {"2021-05-10T09:00", "2021-05-10T09:20", ""},
      {"2014-05-10T09:00", "2014-05-10T09:20", "visit.too_old"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(codes(check_times(at(row.started_at), at(row.ended_at), at("2024-05-10T10:00"))), row.expected)
        << row.started_at << " " << row.ended_at;
  }
}

TEST(Standing, RefusesTheDeadAndTellsTheRest) {
  using registry::Status;
  struct Row {
    Status status;
    const char* registered_on;
    const char* problems;
    const char* notices;
  };
  const Row kRows[] = {
      {Status::active, "2024-05-10", "", ""},
      {Status::active, "2024-05-11", "", "visit.before_registration"},
      {Status::declined, "2024-01-01", "", "visit.person_declined"},
      {Status::suspended, "2024-01-01", "", "visit.person_suspended"},
      {Status::moved_out, "2024-01-01", "visit.person_moved_out", ""},
      {Status::deceased, "2024-01-01", "visit.person_deceased", ""},
  };
  for (const Row& row : kRows) {
    StandingCheck check = check_standing(row.status, *Date::parse(row.registered_on), *Date::parse("2024-05-10"));
    EXPECT_EQ(codes(check.problems), row.problems);
    EXPECT_EQ(codes(check.notices), row.notices);
  }
}

forms::Finding finding(const char* indicator, forms::Effect effect) {
  return {indicator, "given", effect, std::nullopt};
}

TEST(Fold, OnlyChangesAreKept) {
  using forms::Effect;
  using forms::Status;
  StatusFold fold;
  std::vector<StatusChange> changes;
  auto apply = [&](int number, Effect effect) {
    changes.clear();
    fold.apply(Instant{number}, Id{number}, {finding("mind.mood", effect), finding("family.size", Effect::more)},
               changes);
  };
  apply(1, Effect::same);
  EXPECT_TRUE(changes.empty()) << "nothing known, nothing changed";
  apply(2, Effect::down);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0], (StatusChange{"mind.mood", Instant{2}, Id{2}, std::nullopt, Status::poor}));
  apply(3, Effect::down);
  EXPECT_TRUE(changes.empty()) << "poor stays poor";
  apply(4, Effect::up);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].before, Status::poor);
  EXPECT_EQ(changes[0].after, Status::fair);
  StatusFold resumed({{"mind.mood", Instant{4}, Id{4}, Status::poor, Status::fair}});
  changes.clear();
  resumed.apply(Instant{5}, Id{5}, {finding("mind.mood", Effect::up)}, changes);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].after, Status::good);
}

TEST(Outcomes, HaveTheirNames) {
  for (Outcome outcome : {Outcome::met, Outcome::not_home, Outcome::refused}) {
    EXPECT_EQ(parse_outcome(to_text(outcome)), outcome);
  }
  EXPECT_EQ(parse_outcome("asleep"), std::nullopt);
}

}  // namespace
}  // namespace tanfang::visits
