#include "visits/visits.h"

#include "visits/visits_fixture.h"

namespace tanfang::visits {
namespace {

TANFANG_ON_EACH_ENGINE(VisitsTest);

TEST_P(VisitsTest, ARecordIsKeptWithItsFindingsAndItsEvent) {
  PreparedVisit prepared = prepare(entry("k1", "2024-05-03", luzhou_answers("worse", "unsafe")));
  EXPECT_EQ(codes_of(prepared.notices), "");
  Recorded recorded = store(prepared);
  EXPECT_EQ(recorded.status, Recording::recorded);
  Visit visit = load(recorded.id);
  EXPECT_EQ(visit.person, person_.id);
  EXPECT_EQ(visit.method, "home");
  EXPECT_EQ(visit.outcome, Outcome::met);
  EXPECT_EQ(visit.form, "luzhou-2023/visit");
  EXPECT_NE(visit.findings.find(R"("mind.mood":{"given":"worse","effect":"down"})"), std::string::npos);
  EXPECT_EQ(visit.answers, "");
  EXPECT_EQ(visit.recorded_by, "command:test");
  EXPECT_EQ(events_of(recorded.id), std::vector<std::string>{"visit_recorded"});
  EXPECT_EQ(changes_of("mind.mood", person_), "unknown>poor");
  EXPECT_EQ(changes_of("safety.gas", person_), "unknown>poor");
  EXPECT_EQ(changes_of("health.mobility", person_), "");
}

TEST_P(VisitsTest, AnswersAreEncryptedAndShownForAReason) {
  VisitEntry sent = entry("k1", "2024-05-03");
  sent.answers.insert(1, R"("service_needs":["company"],)");
  Id id = record(sent).id;
  database().read([&](db::Session& session) {
    EXPECT_EQ(prepare(entry("k2", "2024-05-03")).answers.find("company"), std::string::npos);
    EXPECT_EQ(load_visit(session, keys_, kCounty, id).answers, "");
  });
  EXPECT_EQ(refusal_of([&] { write([&](audit::Work& work) { reveal_visit(work, kCounty, id, "看"); }); }),
            "visit.reveal_reason_missing");
  Visit revealed;
  write([&](audit::Work& work) { revealed = reveal_visit(work, kCounty, id, "核对\"需求\""); });
  EXPECT_NE(revealed.answers.find("company"), std::string::npos);
  EXPECT_EQ(events_of(id), (std::vector<std::string>{"visit_recorded", "visit_revealed"}));
}

TEST_P(VisitsTest, ThePersonIsFoundByCitizenNumberToo) {
  VisitEntry by_number = entry("k1", "2024-05-03");
  by_number.person_id.clear();
  std::string number = kCounty + "19400302001";
  by_number.citizen_number = number + citizen_number_check(number);
  EXPECT_EQ(load(record(by_number).id).person, person_.id);
  EXPECT_EQ(record(entry("k1", "2024-05-03")).status, Recording::repeated) << "the same record, the person named by id";
}

TEST_P(VisitsTest, ARepeatedRecordChangesNothing) {
  Id first = record(entry("k1", "2024-05-03")).id;
  VisitEntry again = entry("k1", "2024-05-03");
  again.answers = R"({"indoor":"unchanged",)" + luzhou_answers().substr(1);
  again.answers.replace(again.answers.find(R"(,"indoor":"unchanged"})"), 21, "");
  again.answers += again.answers.back() == '}' ? "" : "}";
  PreparedVisit prepared = prepare(entry("k1", "2024-05-03"));
  Recorded repeated = store(prepared);
  EXPECT_EQ(repeated.status, Recording::repeated);
  EXPECT_EQ(repeated.id, first);
  EXPECT_EQ(store(prepare(again)).id, first) << "the order of the answers does not matter";
  EXPECT_EQ(events_of(first).size(), 1u);
  EXPECT_EQ(refusal_of([&] { record(entry("k1", "2024-05-04")); }), "visit.key_reused");
  EXPECT_EQ(refusal_of([&] { record(entry("k1", "2024-05-03", luzhou_answers("better"))); }), "visit.key_reused");
}

TEST_P(VisitsTest, TwoDeliveriesAtOnceAreOneRecord) {
  PreparedVisit one = prepare(entry("k1", "2024-05-03"));
  PreparedVisit two = prepare(entry("k1", "2024-05-03"));
  PreparedVisit other = prepare(entry("k1", "2024-05-05"));
  Id first = store(one).id;
  Recorded second = store(two);
  EXPECT_EQ(second.status, Recording::repeated);
  EXPECT_EQ(second.id, first);
  EXPECT_EQ(refusal_of([&] { store(other); }), "visit.key_reused");
}

TEST_P(VisitsTest, WhoseFileHasGoneSinceTheCheckIsUnknown) {
  PreparedVisit prepared = prepare(entry("k1", "2024-05-03"));
  prepared.person = Id{1};
  EXPECT_EQ(refusal_of([&] { store(prepared); }), "person.unknown");
  EXPECT_EQ(record(entry("k1", "2024-05-03")).status, Recording::recorded) << "nothing of it was kept";
}

TEST_P(VisitsTest, ARepeatIsAnsweredAlsoWhenTheRecordWouldNowBeRefused) {
  Id first = record(entry("k1", "2024-05-03")).id;
  set_now("2034-01-01T08:00");
  EXPECT_EQ(prepare(entry("k1", "2024-05-03")).repeats, first);
  EXPECT_EQ(record(entry("k1", "2024-05-03")).id, first);
  EXPECT_EQ(refusal_of([&] { record(entry("k1", "2024-05-04")); }), "visit.key_reused");
}

TEST_P(VisitsTest, EachRefusal) {
  struct Row {
    const char* expected;
    std::function<void(VisitEntry&)> spoil;
  };
  const Row kRows[] = {
      {"visit.text_missing", [](VisitEntry& e) { e.key = ""; }},
      {"visit.text_too_long", [](VisitEntry& e) { e.key = std::string(101, 'k'); }},
      {"visit.text_missing", [](VisitEntry& e) { e.visitor = ""; }},
      {"visit.text_too_long", [](VisitEntry& e) { e.visitor = std::string(65, 'v'); }},
      {"visit.method_unknown", [](VisitEntry& e) { e.method = "letter"; }},
      {"visit.outcome_unknown", [](VisitEntry& e) { e.outcome = "asleep"; }},
      {"visit.time_malformed", [](VisitEntry& e) { e.started_at = "yesterday"; }},
      {"visit.time_malformed", [](VisitEntry& e) { e.ended_at = ""; }},
      {"visit.times_reversed", [](VisitEntry& e) { e.ended_at = "2024-05-03T08:00"; }},
      {"visit.too_long", [](VisitEntry& e) { e.ended_at = "2024-05-04T09:01"; }},
      {"visit.in_future", [](VisitEntry& e) { e.started_at = e.ended_at = "2024-06-01T09:00"; }},
      {"visit.too_old visit.form_not_in_force", [](VisitEntry& e) { e.started_at = e.ended_at = "2019-06-01T09:00"; }},
      {"visit.person_unknown", [](VisitEntry& e) { e.person_id = "0000000000001"; }},
      {"visit.person_unknown", [](VisitEntry& e) { e.person_id = "?"; }},
      {"visit.person_unknown", [](VisitEntry& e) { e.citizen_number = "11010519491231002X"; }},
      {"visit.person_unknown", [](VisitEntry& e) { e.citizen_number = "110105"; }},
      {"visit.form_missing",
       [](VisitEntry& e) {
         e.form = e.answers = "";
         e.answers = "{}";
       }},
      {"visit.form_missing visit.answers_without_form", [](VisitEntry& e) { e.form = ""; }},
      {"visit.form_unknown", [](VisitEntry& e) { e.form = "luzhou-2023/nothing"; }},
      {"visit.form_unknown", [](VisitEntry& e) { e.form = "luzhou-2023/registration"; }},
      {"visit.form_not_in_force", [](VisitEntry& e) { e.form = "linzi-2022/visit"; }},
      {"answer.required", [](VisitEntry& e) { e.answers.replace(e.answers.find("unchanged"), 9, ""); }},
      {"answer.option", [](VisitEntry& e) { e.answers = luzhou_answers("splendid"); }},
  };
  for (const Row& row : kRows) {
    VisitEntry spoiled = entry("k1", "2024-05-03");
    row.spoil(spoiled);
    EXPECT_EQ(refusal_of([&] { prepare(spoiled); }), row.expected);
  }
  EXPECT_EQ(record(entry("k1", "2024-05-03")).status, Recording::recorded) << "refused records used up no key";
}

TEST_P(VisitsTest, ARefusalNamesEveryFieldAtOnce) {
  VisitEntry spoiled = entry("k1", "2024-05-03");
  spoiled.visitor.clear();
  spoiled.method = "letter";
  try {
    prepare(spoiled);
    FAIL() << "taken";
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "visit.invalid");
    EXPECT_EQ(codes_of(problem.fields), "visit.text_missing visit.method_unknown");
    EXPECT_EQ(problem.fields[0].field, "visitor");
  }
}

TEST_P(VisitsTest, AnAttemptNeedsNoFormAndSaysNothing) {
  VisitEntry attempt = entry("k1", "2024-05-03", "{}");
  attempt.outcome = "not_home";
  attempt.form.clear();
  Id id = record(attempt).id;
  EXPECT_EQ(events_of(id), std::vector<std::string>{"visit_attempted"});
  VisitEntry refused = entry("k2", "2024-05-04", luzhou_answers("worse"));
  refused.outcome = "refused";
  EXPECT_EQ(load(record(refused).id).findings, "{}");
  EXPECT_EQ(changes_of("mind.mood", person_), "");
}

TEST_P(VisitsTest, AMethodThatDoesNotCountIsRecordedWithANotice) {
  VisitEntry phone = entry("k1", "2024-05-03");
  phone.method = "phone";
  Recorded recorded = record(phone);
  EXPECT_EQ(recorded.status, Recording::recorded);
  EXPECT_EQ(codes_of(recorded.notices), "visit.method_not_allowed");
  EXPECT_NE(recorded.notices[0].text.en.find("home"), std::string::npos);
  EXPECT_EQ(codes_of(record(entry("k2", "2024-05-04")).notices), "");
}

TEST_P(VisitsTest, TheStandingOfThePersonRefusesOrIsNoticed) {
  write([&](audit::Work& work) {
    registry::suspend_person(work, person_, *Date::parse("2024-04-01"), *Date::parse("2024-04-10"), "住院治疗");
  });
  EXPECT_EQ(codes_of(prepare(entry("k1", "2024-04-05")).notices), "visit.person_suspended");
  EXPECT_EQ(codes_of(prepare(entry("k1", "2023-12-20")).notices), "visit.before_registration");
  write([&](audit::Work& work) { registry::record_death(work, person_, *Date::parse("2024-05-10")); });
  EXPECT_EQ(refusal_of([&] { prepare(entry("k1", "2024-05-11")); }), "visit.person_deceased");
  EXPECT_EQ(refusal_of([&] { prepare(entry("k1", "2024-05-09")); }), "");
  registry::PersonKey mover = register_person(3, "[]");
  write([&](audit::Work& work) { registry::move_out_person(work, mover, *Date::parse("2024-05-10"), "随子女居住"); });
  person_ = mover;
  EXPECT_EQ(refusal_of([&] { prepare(entry("k1", "2024-05-11")); }), "visit.person_moved_out");
}

TEST_P(VisitsTest, SomebodyElsesCountyDoesNotHaveTheFile) {
  person_ = register_person(5, "[]", "510522");
  EXPECT_EQ(refusal_of([&] { prepare(entry("k1", "2024-05-03")); }), "visit.person_unknown");
}

TEST_P(VisitsTest, ListsByPersonAndByMonth) {
  Id third = record(entry("k3", "2024-05-20")).id;
  Id first = record(entry("k1", "2024-04-03")).id;
  Id second = record(entry("k2", "2024-05-03")).id;
  database().read([&](db::Session& session) {
    std::vector<Visit> mine = list_visits_of_person(session, keys_, person_, 10);
    ASSERT_EQ(mine.size(), 3u);
    EXPECT_EQ(mine[0].id, third);
    EXPECT_EQ(mine[2].id, first);
    EXPECT_EQ(list_visits_of_person(session, keys_, person_, 2).size(), 2u);
    Date from = *Date::parse("2024-05-01");
    Date to = *Date::parse("2024-05-31");
    std::vector<Visit> page = list_visits(session, keys_, kCounty, from, to, from - 1, Id{}, 1);
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page[0].id, second);
    page = list_visits(session, keys_, kCounty, from, to, china_date(page[0].started_at), page[0].id, 10);
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page[0].id, third);
  });
}

}  // namespace
}  // namespace tanfang::visits
