#include "registry/status.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class StatusTest : public RegistryTest {
 protected:
  PersonKey person() { return take(statement_of("张小丽", "1940-05-02", 2, "510521100201")); }
  Status status(const PersonKey& key, const char* on) {
    auto spans = read([&](db::Session& session) { return load_status_history(session, key); });
    return status_on(spans, day(on));
  }
};

TANFANG_ON_EACH_ENGINE(StatusTest);

TEST_P(StatusTest, ASuspensionBeginsAndEnds) {
  PersonKey key = person();
  write([&](audit::Work& work) { suspend_person(work, key, day("2024-03-15"), day("2024-04-10"), "住院"); });
  EXPECT_EQ(status(key, "2024-03-14"), Status::active);
  EXPECT_EQ(status(key, "2024-04-10"), Status::suspended);
  EXPECT_EQ(status(key, "2024-04-11"), Status::active);
  EXPECT_EQ(refused([&](audit::Work& work) { suspend_person(work, key, day("2024-04-01"), {}, "住院"); }),
            "status.overlap");
  write([&](audit::Work& work) { resume_person(work, key, day("2024-03-20")); });
  EXPECT_EQ(status(key, "2024-03-19"), Status::suspended);
  EXPECT_EQ(status(key, "2024-03-20"), Status::active);
  EXPECT_EQ(refused([&](audit::Work& work) { resume_person(work, key, day("2024-03-20")); }), "status.not_suspended");
  EXPECT_EQ(events_of(key), (std::vector<std::string>{"person_registered", "person_suspended", "person_resumed"}));
}

TEST_P(StatusTest, ReasonsAreReadWithTheKeys) {
  PersonKey key = person();
  write([&](audit::Work& work) { suspend_person(work, key, day("2024-03-15"), {}, "住院"); });
  EXPECT_EQ(read([&](db::Session& session) { return load_status_history(session, key); }).at(0).reason, "");
  EXPECT_EQ(read([&](db::Session& session) { return load_status_history(session, keys_, key); }).at(0).reason, "住院");
}

TEST_P(StatusTest, ResumedOnItsFirstDayASuspensionNeverWas) {
  PersonKey key = person();
  write([&](audit::Work& work) { suspend_person(work, key, day("2024-03-15"), {}, "住院"); });
  write([&](audit::Work& work) { resume_person(work, key, day("2024-03-15")); });
  EXPECT_EQ(status(key, "2024-03-15"), Status::active);
}

TEST_P(StatusTest, DeathAndMovingOutEndAFileUntilTheyAreTakenBack) {
  PersonKey key = person();
  EXPECT_EQ(refused([&](audit::Work& work) { record_death(work, key, day("2024-03-09")); }), "status.dates");
  EXPECT_EQ(refused([&](audit::Work& work) { record_death(work, key, day("2024-03-11")); }), "date.future");
  set_now("2024-03-20T09:00");
  write([&](audit::Work& work) { record_death(work, key, day("2024-03-20")); });
  EXPECT_EQ(status(key, "2024-03-19"), Status::active);
  EXPECT_EQ(status(key, "2024-03-20"), Status::deceased);
  EXPECT_EQ(refused([&](audit::Work& work) { move_out_person(work, key, day("2024-03-21"), "随子女"); }),
            "status.closed");
  EXPECT_EQ(refused([&](audit::Work& work) { reopen_person(work, key, " "); }), "status.reason_missing");
  write([&](audit::Work& work) { reopen_person(work, key, "登记错误"); });
  EXPECT_EQ(status(key, "2024-03-20"), Status::active);
  EXPECT_EQ(refused([&](audit::Work& work) { reopen_person(work, key, "登记错误"); }), "status.not_closed");
  write([&](audit::Work& work) { move_out_person(work, key, day("2024-04-01"), "随子女"); });
  EXPECT_EQ(status(key, "2024-04-01"), Status::moved_out);
}

TEST_P(StatusTest, AStandingShowsThePeriodOnly) {
  PersonKey key = person();
  write([&](audit::Work& work) { suspend_person(work, key, day("2024-04-01"), day("2024-04-10"), "住院"); });
  auto spans_in = [&](const char* from, const char* to) {
    return read([&](db::Session& session) { return load_standing(session, key, day(from), day(to)).spans.size(); });
  };
  EXPECT_EQ(spans_in("2024-03-01", "2024-03-31"), 0u);
  EXPECT_EQ(spans_in("2024-03-01", "2024-04-01"), 1u);
  EXPECT_EQ(spans_in("2024-04-10", "2024-04-30"), 1u);
  EXPECT_EQ(spans_in("2024-04-11", "2024-04-30"), 0u);
  EXPECT_EQ(refusal_of([&] {
              read([&](db::Session& session) {
                return load_standing(session, {"510521", Id{1}}, today(), today()).spans.size();
              });
            }),
            "person.unknown");
}

}  // namespace
}  // namespace tanfang::registry
