// The use cases that take a password. Hashing takes its time outside of any transaction.
#include "identity/account_rules.h"
#include "identity/accounts_store.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/sessions_store.h"
#include "identity/waits.h"

namespace tanfang::identity {
namespace {

template <typename Result>
Result read(const Ground& ground, const std::function<Result(db::Session&)>& work) {
  Result result;
  ground.database.read([&](db::Session& session) { result = work(session); });
  return result;
}

std::string hash_checked(const Ground& ground, const Account& account, std::string_view password) {
  check_password(ground.settings, ground.common, account.role, account.login, account.name, password);
  return ground.hasher.hash(password);
}

}  // namespace

Account accept_invitation(const Ground& ground, Instant now, std::string_view token, std::string_view password) {
  auto invited =
      read<std::optional<Account>>(ground, [&](db::Session& session) { return find_invited(session, now, token); });
  if (!invited) throw problems::invitation_over();
  std::string hash = hash_checked(ground, *invited, password);
  write(ground, now, "account:" + invited->login, [&](audit::Work& work) {
    // Another request may have used the link meanwhile.
    if (!find_invited(work.session, now, token)) throw problems::invitation_over();
    store::remove_invitation(work.session, secret_hash(token));
    store::set_password(work.session, invited->id, hash);
    store::remove_sessions(work.session, invited->id);
    record(work, *invited, "invitation_accepted");
  });
  invited->has_password = true;
  return *invited;
}

Account create_account(const Ground& ground, Instant now, const std::string& actor, const Principal& by,
                       const NewAccount& fresh, std::string_view password) {
  if (fresh.role == Role::machine) throw problems::machine_role();
  Account account;
  account.login = plain_login(fresh.login);
  account.name = plain_name(fresh.name);
  account.role = fresh.role;
  std::string hash = hash_checked(ground, account, password);
  write(ground, now, actor, [&](audit::Work& work) {
    account = drafted(work, by, fresh);
    account.has_password = true;
    insert(work, account, hash);
    record(work, account, "account_made", standing_of(account));
  });
  return account;
}

void reset_password(const Ground& ground, Instant now, const std::string& actor, const Principal& by, Id id,
                    std::string_view password) {
  Account account = read<Account>(ground, [&](db::Session& session) { return managed(session, by, id); });
  if (account.role == Role::machine) throw problems::machine_role();
  std::string hash = hash_checked(ground, account, password);
  write(ground, now, actor, [&](audit::Work& work) {
    // Another role, given meanwhile, may ask for more.
    Account present = managed(work.session, by, id);
    check_password(ground.settings, ground.common, present.role, present.login, present.name, password);
    store::set_password(work.session, id, hash);
    store::remove_invitations(work.session, id);
    store::remove_sessions(work.session, id);
    forget_failures(work.session, ground.keys, account.login);
    record(work, account, "password_reset");
  });
}

void change_password(const Ground& ground, Instant now, const Principal& by, const PasswordChange& change) {
  auto row = read<std::optional<store::AccountRow>>(
      ground, [&](db::Session& session) { return store::find_account(session, by.account); });
  if (!row) throw problems::account_unknown();
  const Account& account = row->account;
  check_password(ground.settings, ground.common, account.role, account.login, account.name, change.new_password);
  Try tried = begin_try(ground, now, account.login, change.address);
  std::string hash;
  undoing(ground, tried, [&] {
    if (ground.hasher.matches(row->password, change.old_password)) hash = ground.hasher.hash(change.new_password);
  });
  bool wrong = hash.empty();
  write(ground, now, actor_of(by), [&](audit::Work& work) {
    // While the hashes were made, somebody may have set another password or switched the account off.
    auto present = store::find_account(work.session, by.account);
    wrong = wrong || !present || !present->account.enabled || present->password != row->password;
    if (wrong) {
      fail_try(work.session, ground.settings, now, tried);
      return record(work, account, "sign_in_failed", "{\"with\":\"old_password\"}");
    }
    end_try(work.session, tried);
    store::set_password(work.session, account.id, hash);
    store::remove_invitations(work.session, account.id);
    store::remove_sessions(work.session, account.id, by.arrived_with);
    record(work, account, "password_changed");
  });
  if (wrong) throw problems::password_wrong();
}

}  // namespace tanfang::identity
