#include "identity/emergency.h"

#include <gtest/gtest.h>

#include "identity/identity_fixture.h"

namespace tanfang::identity {
namespace {

class EmergencyTest : public IdentityTest {
 protected:
  void SetUp() override { settings_.second_factor_required = {}; }
  std::string refused_emergency(const Principal& by, const std::string& area, const std::string& reason) {
    return refused([&](audit::Work& work) { open_emergency(work, settings_, by, area, reason); });
  }
  std::vector<Notice> notices(const Principal& by, Id before = {}, std::int64_t limit = 10) {
    return read<std::vector<Notice>>([&](db::Session& session) { return list_notices(session, by, before, limit); });
  }
};
TANFANG_ON_EACH_ENGINE(EmergencyTest);

TEST_P(EmergencyTest, OpensPeopleElsewhereForThreeHours) {
  account("clerk", Role::village_clerk, "510521101003");
  std::string token = enter("clerk").token;
  EXPECT_FALSE(reaches(*whose(token), "510522101", Permission::people_read));
  write([&](audit::Work& work) {
    Instant ends_at = open_emergency(work, settings_, *whose(token), "510522", "老人走失，跨县寻找");
    EXPECT_EQ(ends_at.milliseconds, now_.milliseconds + 3 * kHour);
    open_emergency(work, settings_, *whose(token), "510504101", "老人走失，跨县寻找");
  });
  EXPECT_EQ(whose(token)->emergencies.size(), 2u);
  EXPECT_TRUE(reaches(*whose(token), "510522101", Permission::people_read));
  EXPECT_TRUE(reaches(*whose(token), "510504101001", Permission::reveal));
  EXPECT_FALSE(reaches(*whose(token), "510504102001", Permission::reveal));
  EXPECT_FALSE(reaches(*whose(token), "510522101", Permission::people_write));
  wait(3 * kHour);
  EXPECT_TRUE(whose(token)->emergencies.empty());
}

TEST_P(EmergencyTest, IsToldToTheSupervisorsOfTheArea) {
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  Principal county = principal("county", Role::county_bureau, "510522");
  Principal city = principal("city", Role::city_supervisor, "5105");
  Principal own = principal("own", Role::county_bureau, "510521");
  Principal elsewhere = principal("elsewhere", Role::county_bureau, "510504");
  for (const char* area : {"510522", "510522101"}) {
    write([&](audit::Work& work) { open_emergency(work, settings_, clerk, area, " 老人走失，跨县寻找 "); });
  }
  std::vector<Notice> told = notices(county);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].area, "510522101");
  EXPECT_EQ(told[1].area, "510522");
  EXPECT_EQ(told[0].kind, "emergency_opened");
  EXPECT_EQ(told[0].login, "clerk");
  EXPECT_EQ(told[0].reason, "老人走失，跨县寻找");
  EXPECT_EQ(notices(city).size(), 2u);
  EXPECT_EQ(notices(own).size(), 2u) << "who opens it is theirs";
  EXPECT_EQ(notices(elsewhere).size(), 0u);
  EXPECT_EQ(notices(county, {}, 1).size(), 1u);
  ASSERT_EQ(notices(county, told[0].id).size(), 1u);
  EXPECT_EQ(notices(county, told[0].id)[0].id, told[1].id);
  EXPECT_EQ(refusal_of([&] { notices(clerk); }), "identity.forbidden");
  audit::Entry entry = entries_of("clerk").front();
  EXPECT_EQ(entry.kind, "emergency_opened");
  EXPECT_EQ(entry.county, "510522");
}

TEST_P(EmergencyTest, OpensSoOftenADayAndTellsTheAccountsOwnSupervisor) {
  settings_.emergencies_a_day = 2;
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  Principal other = principal("other", Role::village_clerk, "510521101003");
  Principal county = principal("county", Role::county_bureau, "510521");
  now_ = china_instant(*Date::parse("2024-03-01"), 24 * 60 - 1);
  EXPECT_EQ(refused_emergency(clerk, "510522", "老人走失，跨县寻找"), "");
  ASSERT_EQ(notices(county).size(), 1u);
  EXPECT_EQ(notices(county)[0].kind, "emergency_opened");
  EXPECT_EQ(notices(county)[0].area, "510522");
  EXPECT_EQ(refused_emergency(clerk, "510504", "老人走失，跨县寻找"), "");
  ASSERT_EQ(notices(county).size(), 3u);
  EXPECT_EQ(notices(county)[0].kind, "emergency_limit_reached");
  EXPECT_EQ(notices(county)[0].login, "clerk");
  EXPECT_EQ(refused_emergency(clerk, "510522", "老人走失，跨县寻找"), "identity.emergency_limit");
  EXPECT_EQ(refused_emergency(other, "510522", "老人走失，跨县寻找"), "");
  wait(kMinute);
  EXPECT_EQ(refused_emergency(clerk, "510522", "老人走失，跨县寻找"), "");
}

TEST_P(EmergencyTest, NeedsAReasonAnAreaAndTheRight) {
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  EXPECT_EQ(refused_emergency(clerk, "510522", "急 "), "identity.emergency_reason");
  EXPECT_EQ(refused_emergency(clerk, "510522", std::string(501, 'x')), "identity.emergency_reason");
  for (const char* area : {"", "51", "5105", "5105221", "510521101003"}) {
    EXPECT_EQ(refused_emergency(clerk, area, "老人走失，跨县寻找"), "identity.emergency_area") << area;
  }
  for (Role role : {Role::visitor, Role::care_organisation}) {
    Principal other = principal("other-" + std::string(to_text(role)), role, "510521101003");
    EXPECT_EQ(refused_emergency(other, "510522", "老人走失，跨县寻找"), "identity.forbidden");
  }
}

TEST_P(EmergencyTest, EndsWithTheStandingOfTheAccount) {
  Principal county = principal("county", Role::county_bureau, "510521");
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  write([&](audit::Work& work) { open_emergency(work, settings_, clerk, "510522", "老人走失，跨县寻找"); });
  EXPECT_EQ(enter("clerk").principal.emergencies.size(), 1u);
  write([&](audit::Work& work) { change_account(work, county, clerk.account, {.role = Role::visitor}); });
  EXPECT_EQ(enter("clerk").principal.emergencies.size(), 0u);
}

TEST_P(EmergencyTest, RevealsAreCountedByTheDayOfChina) {
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  Principal other = principal("other", Role::village_clerk, "510521101003");
  auto reveal = [&](const Principal& by, int limit) {
    return refusal_of([&] {
      database().write([&](db::Session& session) {
        audit::Work work(session, now_, ids_, "account:test", keys_);
        note_reveal(work, by, limit);
      });
    });
  };
  auto counted = [&](const Principal& by) {
    return read<std::int64_t>(
        [&](db::Session& session) { return count_reveals(session, by.account, china_date(now_)); });
  };
  now_ = china_instant(*Date::parse("2024-03-01"), 24 * 60 - 1);
  EXPECT_EQ(reveal(clerk, 0), "identity.reveal_limit");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reveal(clerk, 3), "");
  EXPECT_EQ(reveal(clerk, 3), "identity.reveal_limit");
  EXPECT_EQ(reveal(other, 3), "");
  EXPECT_EQ(counted(clerk), 3);
  wait(kMinute);
  EXPECT_EQ(counted(clerk), 0);
  EXPECT_EQ(reveal(clerk, 3), "");
}

}  // namespace
}  // namespace tanfang::identity
