#include "identity/sign_on.h"

#include <gtest/gtest.h>

#include "identity/identity_fixture.h"

namespace tanfang::identity {
namespace {

class SignOnTest : public IdentityTest {
 protected:
  SignOnAttempt begin(Id account = {}) {
    SignOnAttempt attempt;
    database().write([&](db::Session& session) { attempt = begin_sign_on(session, now_, account); });
    return attempt;
  }
  std::string taken(const std::string& state, const std::string& browser) {
    return refusal_of(
        [&] { database().write([&](db::Session& session) { take_sign_on(session, now_, state, browser); }); });
  }
};
TANFANG_ON_EACH_ENGINE(SignOnTest);

TEST_P(SignOnTest, AnAttemptIsGoodOnceInItsBrowserForTenMinutes) {
  SignOnAttempt attempt = begin();
  SignOnAttempt other = begin();
  EXPECT_EQ(taken(attempt.state, other.browser), "identity.sign_on_over");
  EXPECT_EQ(taken("", ""), "identity.sign_on_over");
  EXPECT_EQ(taken(attempt.state, attempt.browser), "");
  EXPECT_EQ(taken(attempt.state, attempt.browser), "identity.sign_on_over");
  wait(10 * kMinute);
  EXPECT_EQ(taken(other.state, other.browser), "identity.sign_on_over");
  std::int64_t gone = 0;
  database().write([&](db::Session& session) { gone = purge_expired(session, now_); });
  EXPECT_EQ(gone, 1);
}

TEST_P(SignOnTest, OneLinksAndUnlinksOnesOwnAccount) {
  Principal clerk = principal("clerk", Role::village_clerk, "510521101003");
  Principal other = principal("other", Role::village_clerk, "510521101003");
  write([&](audit::Work& work) { link_own_identity(work, clerk, "https://issuer", "u1"); });
  EXPECT_EQ(refused([&](audit::Work& work) { link_own_identity(work, other, "https://issuer", "u1"); }),
            "identity.link_taken");
  EXPECT_EQ(sign_in_linked(ground(), now_, "https://issuer", "u1").principal.login, "clerk");
  write([&](audit::Work& work) { unlink_own_identity(work, clerk, "https://issuer"); });
  write([&](audit::Work& work) { unlink_own_identity(work, clerk, "https://issuer"); });
  EXPECT_EQ(refusal_of([&] { sign_in_linked(ground(), now_, "https://issuer", "u1"); }), "identity.sign_in_refused");
  EXPECT_EQ(events_of("clerk"),
            (std::vector<std::string>{"account_made", "identity_linked", "signed_in", "identity_unlinked"}));
  clerk.must_enrol = true;
  EXPECT_EQ(refused([&](audit::Work& work) { link_own_identity(work, clerk, "https://issuer", "u1"); }),
            "identity.forbidden");
}

}  // namespace
}  // namespace tanfang::identity
