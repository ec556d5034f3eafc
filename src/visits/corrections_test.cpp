// What late records, corrections and strikes do to statuses and to what is owed.
#include "visits/visits_fixture.h"

namespace tanfang::visits {
namespace {

class CorrectionsTest : public VisitsTest {
 protected:
  void open_month(const char* month) {
    write([&](audit::Work& work) { planning::open_month(work, policies_, kCounty, planning::parse_month(month)); });
  }
  /// `state` of every window of the month of the person, by first day.
  std::string windows(const char* month) {
    std::map<std::string, std::string> states;
    database().read([&](db::Session& session) {
      planning::for_each_planned(session, kCounty, planning::parse_month(month), now_, false,
                                 [&](const planning::PlannedVisit& planned) {
                                   if (planned.person != person_.id || planned.kind != "window") return;
                                   if (!planned.ends_in_month || !planned.label.starts_with("luzhou")) return;
                                   states[planned.first_day.iso()] = planned.state;
                                 });
    });
    std::string text;
    for (const auto& [day, state] : states) text += (text.empty() ? "" : " ") + state;
    return text;
  }
};
TANFANG_ON_EACH_ENGINE(CorrectionsTest);

TEST_P(CorrectionsTest, LateRecordsAreTakenInTheirPlace) {
  record(entry("k1", "2024-03-01", luzhou_answers("worse")));
  record(entry("k3", "2024-05-01", luzhou_answers("better")));
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor poor>fair");
  record(entry("k2", "2024-04-01", luzhou_answers("better")));
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor poor>fair fair>good");
  record(entry("k0", "2024-02-01", luzhou_answers("better")));
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>good good>fair fair>good");
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, AVisitBeforeATransferIsRecordedLateByTheCountyThatMadeIt) {
  open_month("2024-04");
  open_month("2024-05");
  std::string number = kCounty + "19400302001";
  number += citizen_number_check(number);
  registry::Transfer transfer;
  set_now("2024-05-20T09:00");
  write([&](audit::Work& work) { transfer = registry::propose_transfer(work, number, "370305001001"); });
  write([&](audit::Work& work) {
    auto [from, now] = registry::accept_transfer(work, classifier_, "370305", transfer.id);
    planning::refresh_person(work, policies_, from.county, from.id, work.today());
  });
  set_now("2024-05-31T18:00");
  EXPECT_EQ(windows("2024-04"), "overdue overdue");
  EXPECT_EQ(windows("2024-05"), "overdue taken_out");
  auto late = [&](const char* key, const char* day) {
    VisitEntry sent = entry(key, day);
    sent.person_id.clear();
    sent.citizen_number = number;
    return record(sent);
  };
  EXPECT_EQ(load(late("k1", "2024-04-20").id).person, person_.id);
  late("k2", "2024-05-10");
  late("k3", "2024-05-19");
  EXPECT_EQ(windows("2024-04"), "overdue met");
  EXPECT_EQ(windows("2024-05"), "met taken_out");
  EXPECT_EQ(refusal_of([&] { late("k4", "2024-05-20"); }), "visit.person_moved_out");
  EXPECT_EQ(late("k1", "2024-04-20").status, Recording::repeated);
}

TEST_P(CorrectionsTest, OfTwoRecordsOfOneMomentTheOneWithTheHigherIdIsTheLater) {
  PreparedVisit first = prepare(entry("k1", "2024-05-01", luzhou_answers("worse")));
  PreparedVisit second = prepare(entry("k2", "2024-05-01", luzhou_answers("better")));
  store(second);
  store(first);
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor poor>fair");
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, TheOrderOfArrivalDoesNotMatter) {
  const std::pair<const char*, const char*> kVisits[] = {
      {"2024-02-01", "worse"}, {"2024-03-01", "better"}, {"2024-04-01", "worse"}, {"2024-05-01", "worse"}};
  std::string expected;
  for (int turn = 0; turn < 4; ++turn) {
    person_ = register_person(11 + 2 * turn, "[]");
    for (int i = 0; i < 4; ++i) {
      const auto& [day, mood] = kVisits[(i * (turn % 2 ? 3 : 1) + turn) % 4];
      record(entry(std::to_string(turn) + day, day, luzhou_answers(mood)));
    }
    std::string changes = changes_of("mind.mood", person_);
    if (expected.empty()) expected = changes;
    EXPECT_EQ(changes, expected) << turn;
  }
  EXPECT_EQ(expected, "unknown>poor poor>fair fair>poor");
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, ACorrectionPointsAtTheOldRecordAndTakesItsPlace) {
  Id old = record(entry("k1", "2024-05-03", luzhou_answers("worse"))).id;
  Id corrected = correct(old, entry("k2", "2024-05-03", luzhou_answers("better"))).id;
  EXPECT_EQ(load(old).corrected_by, corrected);
  EXPECT_EQ(load(corrected).corrects, old);
  EXPECT_EQ(load(corrected).reason, "日期写错了");
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>good");
  EXPECT_EQ(events_of(corrected), std::vector<std::string>{"visit_corrected"});
  EXPECT_EQ(refusal_of([&] { correct(old, entry("k3", "2024-05-03")); }), "visit.already_corrected");
  EXPECT_EQ(refusal_of([&] { strike(old); }), "visit.already_corrected");
  EXPECT_EQ(refusal_of([&] { correct(Id{99}, entry("k3", "2024-05-03")); }), "visit.unknown");
  EXPECT_EQ(refusal_of([&] { correct(corrected, entry("k3", "2024-05-03"), " \u3000"); }), "visit.reason_missing");
  EXPECT_EQ(correct(old, entry("k2", "2024-05-03", luzhou_answers("better"))).status, Recording::repeated);
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, ACorrectionMayNameAnotherPerson) {
  registry::PersonKey first = person_;
  Id old = record(entry("k1", "2024-05-03", luzhou_answers("worse"))).id;
  open_month("2024-05");
  EXPECT_EQ(windows("2024-05"), "met owed");
  person_ = register_person(3, "[]");
  open_month("2024-05");
  correct(old, entry("k2", "2024-05-03", luzhou_answers("worse")), "记到别人名下");
  EXPECT_EQ(changes_of("mind.mood", first), "");
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor");
  EXPECT_EQ(windows("2024-05"), "met owed");
  person_ = first;
  EXPECT_EQ(windows("2024-05"), "overdue owed");
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, AStruckRecordCountsForNothing) {
  open_month("2024-05");
  Id id = record(entry("k1", "2024-05-03", luzhou_answers("worse"))).id;
  EXPECT_EQ(windows("2024-05"), "met owed");
  strike(id);
  EXPECT_EQ(windows("2024-05"), "overdue owed");
  EXPECT_EQ(changes_of("mind.mood", person_), "");
  EXPECT_TRUE(load(id).struck_at.has_value());
  EXPECT_EQ(load(id).struck_reason, "抽查未到访");
  EXPECT_EQ(events_of(id), (std::vector<std::string>{"visit_recorded", "visit_struck"}));
  EXPECT_EQ(refusal_of([&] { strike(id); }), "visit.struck_out");
  EXPECT_EQ(refusal_of([&] { strike(Id{99}); }), "visit.unknown");
  EXPECT_EQ(refusal_of([&] { strike(id, " "); }), "visit.reason_missing");
  EXPECT_EQ(refusal_of([&] { correct(id, entry("k2", "2024-05-03")); }), "visit.struck_out");
  EXPECT_EQ(recount(), 0);
}

TEST_P(CorrectionsTest, AttemptsAndOtherMethodsLeaveTheWindowOwed) {
  open_month("2024-05");
  VisitEntry attempt = entry("k1", "2024-05-03");
  attempt.outcome = "not_home";
  record(attempt);
  VisitEntry phone = entry("k2", "2024-05-04");
  phone.method = "phone";
  record(phone);
  EXPECT_EQ(windows("2024-05"), "overdue owed");
  record(entry("k3", "2024-05-15"));
  EXPECT_EQ(windows("2024-05"), "met owed");
  record(entry("k4", "2024-05-16"));
  EXPECT_EQ(windows("2024-05"), "met met");
}

TEST_P(CorrectionsTest, ARecountFindsAndMendsWhatDisagrees) {
  record(entry("k1", "2024-05-03", luzhou_answers("worse")));
  database().run_script("delete from status_changes where indicator = 'mind.mood'");
  EXPECT_EQ(recount(), 1);
  EXPECT_EQ(changes_of("mind.mood", person_), "");
  EXPECT_EQ(recount(true), 1);
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor");
  EXPECT_EQ(recount(true), 0);
}

}  // namespace
}  // namespace tanfang::visits
