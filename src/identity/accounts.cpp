#include "identity/accounts.h"

#include "identity/account_rules.h"
#include "identity/accounts_store.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/sessions_store.h"

namespace tanfang::identity {
namespace {

Invitation make_link(audit::Work& work, const Settings& settings, const Account& account) {
  Invitation made{account, fresh_secret(), Instant{work.now.milliseconds + settings.invitation_life}};
  store::put_invitation(work.session, secret_hash(made.token), account.id, work.now, made.ends_at);
  record(work, account, "account_invited", standing_of(account));
  return made;
}

}  // namespace

Invitation invite_account(audit::Work& work, const Settings& settings, const Principal& by, const NewAccount& fresh) {
  if (fresh.role == Role::machine) throw problems::machine_role();
  Account account = drafted(work, by, fresh);
  insert(work, account, "");
  return make_link(work, settings, account);
}

Invitation invite_again(audit::Work& work, const Settings& settings, const Principal& by, Id id) {
  Account account = managed(work.session, by, id);
  if (account.role == Role::machine) throw problems::machine_role();
  return make_link(work, settings, account);
}

std::optional<Account> find_invited(db::Session& session, Instant now, std::string_view token) {
  auto id = store::find_invitation(session, secret_hash(token), now);
  auto account = id ? find_account(session, *id) : std::nullopt;
  return account && account->enabled ? account : std::nullopt;
}

Account change_account(audit::Work& work, const Principal& by, Id id, const AccountChange& change) {
  Account before = managed(work.session, by, id);
  NewAccount wanted{before.login, change.name.value_or(before.name), change.role.value_or(before.role),
                    change.area.value_or(before.area)};
  if ((wanted.role == Role::machine) != (before.role == Role::machine)) throw problems::machine_role();
  Account after = drafted(work, by, wanted);
  after.id = before.id;
  after.enabled = change.enabled.value_or(before.enabled);
  after.created_at = before.created_at;
  after.has_password = before.has_password;
  after.has_second_factor = before.has_second_factor;
  after.last_sign_in = before.last_sign_in;
  bool moved = after.role != before.role || after.area != before.area;
  if (!moved && after.name == before.name && after.enabled == before.enabled) {
    work.unchanged();
    return after;
  }
  store::update_account(work.session, after);
  if (is_office(after.role) && !is_office(before.role)) {
    // It may be shorter than an office needs, and a hash does not tell.
    store::remove_password(work.session, id);
    after.has_password = false;
  }
  if (moved || !after.enabled) store::remove_arrivals(work.session, id, work.now);
  record(work, before,
         after.enabled == before.enabled ? "account_changed" : (after.enabled ? "account_enabled" : "account_disabled"),
         "{\"from\":" + standing_of(before) + ",\"to\":" + standing_of(after) + "}");
  return after;
}

std::optional<Account> find_account(db::Session& session, Id id) {
  auto found = store::find_account(session, id);
  return found ? std::optional(found->account) : std::nullopt;
}

std::optional<Account> find_account(db::Session& session, std::string_view login) {
  auto found = store::find_account(session, login);
  return found ? std::optional(found->account) : std::nullopt;
}

std::vector<Account> list_accounts(db::Session& session, const Principal& by, const AccountFilter& filter) {
  std::string_view area = filter.area.empty() ? by.area : filter.area;
  if (!reaches(by, area, Permission::accounts_read)) throw problems::outside_area();
  return store::list_accounts(session, area, filter);
}

void link_identity(audit::Work& work, const Principal& by, Id id, const std::string& issuer,
                   const std::string& subject) {
  Account account = managed(work.session, by, id);
  if (account.role == Role::machine) throw problems::machine_role();
  // Else whoever manages the account could come in as its owner, past their second factor.
  if (account.has_second_factor || is_duty(account.role)) throw problems::link_by_owner();
  if (!store::insert_identity(work.session, issuer, subject, id, work.now)) throw problems::link_taken();
  record(work, account, "identity_linked", "{\"issuer\":" + quoted(issuer) + "}");
}

void unlink_identity(audit::Work& work, const Principal& by, Id id, const std::string& issuer) {
  Account account = managed(work.session, by, id);
  if (!store::remove_identity(work.session, issuer, id)) return work.unchanged();
  record(work, account, "identity_unlinked", "{\"issuer\":" + quoted(issuer) + "}");
}

std::optional<Id> find_linked_account(db::Session& session, std::string_view issuer, std::string_view subject) {
  return store::find_identity(session, issuer, subject);
}

}  // namespace tanfang::identity
