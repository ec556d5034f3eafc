// Requests to verify somebody's file.
#include "registry/verification.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class VerificationTest : public RegistryTest {
 protected:
  VerificationAsked ask(const std::vector<Id>& people, const std::string& reason = "电话打不通，疑已搬走") {
    VerificationAsked done;
    write([&](audit::Work& work) { done = ask_verification(work, "510521", people, reason); });
    return done;
  }
  std::vector<VerificationRequest> open(const std::string& area = "510521", const std::string& after_area = "",
                                        Id after = {}) {
    return read(
        [&](db::Session& session) { return list_verification_requests(session, keys_, area, after_area, after, 50); });
  }
};
TANFANG_ON_EACH_ENGINE(VerificationTest);

TEST_P(VerificationTest, StaysOpenUntilSomethingIsSaidOrThePersonIsConfirmed) {
  PersonKey wang = take(statement_of("王一", "1940-03-02", 1, "510521100231"));
  PersonKey li = take(statement_of("李二", "1941-03-02", 3, "510521101227"));
  EXPECT_EQ(ask({wang.id, li.id}).asked, 2);
  VerificationAsked again = ask({wang.id});
  EXPECT_EQ(again.asked, 0);
  EXPECT_EQ(again.repeated, 1);
  auto requests = open();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].person, wang.id);
  EXPECT_EQ(requests[0].name, "王一");
  EXPECT_EQ(requests[0].reason, "电话打不通，疑已搬走");
  EXPECT_EQ(requests[0].asked_by, "clerk:wang");
  EXPECT_EQ(open("510521101").size(), 1u);
  EXPECT_EQ(open("510521", requests[0].area, requests[0].person).size(), 1u);
  write([&](audit::Work& work) {
    state_facts(work, classifier_, wang, Source::clerk, "wang", today(), {{"has_spouse", "false"}});
  });
  EXPECT_EQ(open().size(), 1u);
  write([&](audit::Work& work) { confirm_person(work, li); });
  EXPECT_EQ(open().size(), 0u);
  EXPECT_EQ(events_of(li).back(), "person_verified");
  write([&](audit::Work& work) { confirm_person(work, li); });
  EXPECT_EQ(ask({wang.id}).asked, 1) << "what was answered can be asked again";
}

TEST_P(VerificationTest, AnotherStatusAnswersItToo) {
  PersonKey wang = take(statement_of("王一", "1940-03-02", 1, "510521100231"));
  ask({wang.id});
  write([&](audit::Work& work) { suspend_person(work, wang, today(), std::nullopt, "住院治疗"); });
  EXPECT_EQ(open().size(), 0u);
  ask({wang.id});
  write([&](audit::Work& work) { resume_person(work, wang, today()); });
  EXPECT_EQ(open().size(), 0u);
}

TEST_P(VerificationTest, NeedsAReasonAndPeopleOfTheCounty) {
  PersonKey wang = take(statement_of("王一", "1940-03-02", 1, "510521100231"));
  EXPECT_EQ(refused([&](audit::Work& work) { ask_verification(work, "510521", {wang.id}, "核"); }),
            "verification.reason");
  EXPECT_EQ(refused([&](audit::Work& work) { ask_verification(work, "510521", {wang.id}, std::string(201, 'x')); }),
            "verification.reason");
  EXPECT_EQ(refused([&](audit::Work& work) { ask_verification(work, "510521", {Id{77}}, "电话打不通"); }),
            "person.unknown");
}

}  // namespace
}  // namespace tanfang::registry
