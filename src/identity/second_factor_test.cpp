#include "identity/second_factor.h"

#include <gtest/gtest.h>

#include "identity/identity_fixture.h"
#include "identity/totp.h"

namespace tanfang::identity {
namespace {

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
TEST(OneTimeCodes, AreThoseOfTheStandard) {
  std::string secret = "12345678901234567890";
  struct Case {
    std::int64_t seconds;
    const char* code;
  };
  for (const Case& each : {Case{59, "287082"},
                           {1111111109, "081804"},
                           {1111111111, "050471"},
                           {1234567890, "005924"},
                           {2000000000, "279037"},
                           {20000000000, "353130"}}) {
    EXPECT_EQ(totp_code(secret, Instant{each.seconds * 1000}), each.code);
  }
}

TEST(OneTimeCodes, HoldForAStepBeforeAndAfter) {
  std::string secret = "12345678901234567890";
  Instant now{3'000'000};
  for (int step = -3; step <= 3; ++step) {
    auto found = matching_step(secret, now, 0, totp_code(secret, Instant{now.milliseconds + step * 30'000}));
    EXPECT_EQ(found.has_value(), step >= -1 && step <= 1) << step;
    if (found) {
      EXPECT_EQ(*found, 100 + step);
    }
  }
  EXPECT_FALSE(matching_step(secret, now, 100, totp_code(secret, now)));
  EXPECT_FALSE(matching_step(secret, now, 0, ""));
}

TEST(OneTimeCodes, TravelAsAnAddress) {
  EXPECT_EQ(totp_uri("12345678901234567890", "探访", "wang@min"),
            "otpauth://totp/%E6%8E%A2%E8%AE%BF:wang%40min?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=%E6%8E%A2%E8%AE%BF&algorithm=SHA1&digits=6&period=30");
}

class SecondFactorTest : public IdentityTest {
 protected:
  void SetUp() override { account("town", Role::town_office, "510521101"); }
  /// Enrols `town` and returns its secret; keeps the recovery codes.
  void enrol() {
    Principal by = enter("town").principal;
    Enrolment begun;
    write([&](audit::Work& work) { begun = begin_second_factor(work, settings_, by); });
    secret_ = stored_secret();
    EXPECT_EQ(begun.secret, totp_base32(secret_));
    EXPECT_NE(begun.uri.find(begun.secret), std::string::npos);
    write([&](audit::Work& work) { recovery_ = confirm_second_factor(work, by, code()); });
  }
  std::string code() const { return totp_code(secret_, now_); }
  std::string stored_secret() {
    Id id;
    std::string sealed;
    database().read([&](db::Session& session) {
      session.query("select id, factor_secret from accounts where login = 'town'", {}, [&](const db::Row& row) {
        id = row.id(0);
        sealed = row.bytes(1);
      });
    });
    return keys_.field_cipher()->decrypt(sealed, "accounts.factor_secret:" + format_id(id));
  }

  std::string secret_;
  std::vector<std::string> recovery_;
};
TANFANG_ON_EACH_ENGINE(SecondFactorTest);

TEST_P(SecondFactorTest, AnOfficeMustEnrolFirst) {
  StartedSession started = enter("town");
  EXPECT_TRUE(started.principal.must_enrol);
  EXPECT_TRUE(started.principal.permissions.none());
  EXPECT_FALSE(may(*whose(started.token), Permission::people_read));
  EXPECT_EQ(refused([&](audit::Work& work) { confirm_second_factor(work, started.principal, "123456"); }),
            "identity.factor_not_begun");
  Enrolment begun;
  write([&](audit::Work& work) { begun = begin_second_factor(work, settings_, started.principal); });
  secret_ = stored_secret();
  EXPECT_EQ(refused([&](audit::Work& work) { confirm_second_factor(work, started.principal, "12345"); }),
            "identity.code_wrong");
  EXPECT_FALSE(may(*whose(started.token), Permission::people_read));
  write([&](audit::Work& work) { recovery_ = confirm_second_factor(work, started.principal, " " + code()); });
  EXPECT_EQ(recovery_.size(), 10u);
  EXPECT_TRUE(may(*whose(started.token), Permission::people_read));
  EXPECT_EQ(refused([&](audit::Work& work) { begin_second_factor(work, settings_, started.principal); }),
            "identity.factor_present");
  EXPECT_EQ(events_of("town"),
            (std::vector<std::string>{"account_made", "signed_in", "second_factor_begun", "second_factor_confirmed"}));
}

TEST_P(SecondFactorTest, ASettingDecidesWhoMust) {
  settings_.second_factor_required = {Role::visitor};
  EXPECT_FALSE(enter("town").principal.must_enrol);
  account("zhao", Role::visitor, "510521101003");
  EXPECT_TRUE(enter("zhao").principal.must_enrol);
}

TEST_P(SecondFactorTest, ACodeIsAskedAndGoodOnce) {
  enrol();
  wait(kMinute);
  EXPECT_EQ(refused_entry("town", kPassword), "identity.code_needed");
  EXPECT_EQ(refused_entry("town", "wrong", code()), "identity.sign_in_refused");
  EXPECT_FALSE(enter("town", code()).principal.must_enrol);
  EXPECT_EQ(refused_entry("town", kPassword, code()), "identity.code_wrong");
  wait(30'000);
  enter("town", code());
}

TEST_P(SecondFactorTest, TheCodeOfTheEnrolmentIsUsed) {
  enrol();
  EXPECT_EQ(refused_entry("town", kPassword, code()), "identity.code_wrong");
}

TEST_P(SecondFactorTest, ARecoveryCodeIsGoodOnce) {
  enrol();
  enter("town", recovery_[3]);
  EXPECT_EQ(refused_entry("town", kPassword, recovery_[3]), "identity.code_wrong");
  std::string plain = recovery_[4];
  std::erase(plain, '-');
  enter("town", " " + plain);
  EXPECT_NE(entries_of("town").front().details.find("recovery_code"), std::string::npos);
}

TEST_P(SecondFactorTest, WrongCodesCountAndMissingOnesDoNot) {
  enrol();
  wait(kMinute);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(refused_entry("town", kPassword), "identity.code_needed");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused_entry("town", kPassword, "000000x"), "identity.code_wrong");
  EXPECT_EQ(refused_entry("town", kPassword, code()), "identity.too_many_tries");
  wait(kMinute);
  EXPECT_EQ(refused_entry("town", kPassword), "identity.code_needed");
  enter("town", code());
}

TEST_P(SecondFactorTest, ALostOneIsRemovedByWhoManages) {
  enrol();
  wait(kMinute);
  StartedSession started = enter("town", code());
  Principal county = principal("county", Role::county_bureau, "510521");
  Principal officer = principal("officer", Role::security_officer, "");
  Principal auditor = principal("auditor", Role::auditor, "");
  Id id = started.principal.account;
  EXPECT_EQ(refused([&](audit::Work& work) { remove_second_factor(work, auditor, id); }), "identity.forbidden");
  EXPECT_EQ(refused([&](audit::Work& work) { remove_second_factor(work, started.principal, id); }),
            "identity.own_account");
  write([&](audit::Work& work) { remove_second_factor(work, county, id); });
  EXPECT_FALSE(whose(started.token));
  EXPECT_TRUE(enter("town").principal.must_enrol);
  EXPECT_EQ(refused([&](audit::Work& work) { remove_second_factor(work, officer, id); }), "");
}

}  // namespace
}  // namespace tanfang::identity
