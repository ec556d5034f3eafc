#include "identity/sign_on.h"

#include "identity/account_rules.h"
#include "identity/accounts_store.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/sign_on_store.h"

namespace tanfang::identity {
namespace {

constexpr std::int64_t kAttemptLife = 10 * kMinute;

Account own(audit::Work& work, const Principal& by) {
  auto account = find_account(work.session, by.account);
  if (by.must_enrol || !account || account->role == Role::machine) throw problems::forbidden();
  return *account;
}

}  // namespace

SignOnAttempt begin_sign_on(db::Session& session, Instant now, Id account) {
  SignOnAttempt attempt{fresh_secret(), fresh_secret()};
  store::insert_sign_on(session, secret_hash(attempt.state), secret_hash(attempt.browser), account,
                        Instant{now.milliseconds + kAttemptLife});
  return attempt;
}

Id take_sign_on(db::Session& session, Instant now, std::string_view state, std::string_view browser) {
  auto account = store::remove_sign_on(session, secret_hash(state), secret_hash(browser), now);
  if (!account) throw problems::sign_on_over();
  return *account;
}

void link_own_identity(audit::Work& work, const Principal& by, const std::string& issuer, const std::string& subject) {
  Account account = own(work, by);
  if (!store::insert_identity(work.session, issuer, subject, account.id, work.now)) throw problems::link_taken();
  record(work, account, "identity_linked", "{\"issuer\":" + quoted(issuer) + "}");
}

void unlink_own_identity(audit::Work& work, const Principal& by, const std::string& issuer) {
  Account account = own(work, by);
  if (!store::remove_identity(work.session, issuer, account.id)) return work.unchanged();
  record(work, account, "identity_unlinked", "{\"issuer\":" + quoted(issuer) + "}");
}

}  // namespace tanfang::identity
