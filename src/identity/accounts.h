// Accounts: made by invitation or at the command line, changed, switched off, linked to an outside sign-on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "identity/passwords.h"
#include "identity/principal.h"
#include "identity/settings.h"

namespace tanfang::identity {

/// What use cases need that take a password: those hash outside any transaction and then open their own.
struct Ground {
  db::Database& database;
  const crypto::KeyRing& keys;
  IdSource& ids;
  const Settings& settings;
  PasswordHasher& hasher;
  const CommonPasswords& common;
};

struct NewAccount {
  std::string login;  // 3 to 64 of a-z 0-9 . _ - @, taken in lower case; unique in the deployment
  std::string name;
  Role role = Role::visitor;
  std::string area;
};

struct Account {
  Id id;
  std::string login;
  std::string name;
  Role role = Role::visitor;
  std::string area;
  bool enabled = true;
  bool has_password = false;
  bool has_second_factor = false;
  Instant created_at;
  std::optional<Instant> last_sign_in;
};

/// `token` is told once; only its hash is kept.
struct Invitation {
  Account account;
  std::string token;
  Instant ends_at;
};

/// Makes an account without a password and a one-time link for its owner. Throws Problem `identity.login_malformed`,
/// `identity.login_taken`, `identity.name_missing`, `identity.area_level`, `identity.may_not_appoint`.
Invitation invite_account(audit::Work& work, const Settings& settings, const Principal& by, const NewAccount& fresh);
/// A new link for an account that is there (its password was forgotten, or the link ran out); the old link ends.
Invitation invite_again(audit::Work& work, const Settings& settings, const Principal& by, Id account);
/// Whom a link invites; nullopt where it is unknown, used or over.
std::optional<Account> find_invited(db::Session& session, Instant now, std::string_view token);
/// Sets the password, uses up the link and ends the account's sessions. Throws Problem `identity.invitation_over`, or
/// as `check_password`.
Account accept_invitation(const Ground& ground, Instant now, std::string_view token, std::string_view password);

/// For operators: an account that can sign in at once. Throws as `invite_account` and `check_password`.
Account create_account(const Ground& ground, Instant now, const std::string& actor, const Principal& by,
                       const NewAccount& fresh, std::string_view password);
/// For operators: sets a password, ends the sessions and an open invitation, and lifts the wait of the account.
void reset_password(const Ground& ground, Instant now, const std::string& actor, const Principal& by, Id account,
                    std::string_view password);
struct PasswordChange {
  std::string_view old_password;
  std::string_view new_password;
  std::string_view address;  // where it comes from; "" where that does not matter
};
/// For the owner: needs the old password (a wrong one counts and is in the trail as at sign-in) and ends the account's
/// other sessions and an open invitation. Throws Problem `identity.password_wrong`, TooManyTries, or as
/// `check_password`.
void change_password(const Ground& ground, Instant now, const Principal& by, const PasswordChange& change);

/// What is given is changed; another role or area, or `enabled` false, ends the account's sessions. Who comes from the
/// field to an office loses the password, which may be too short for it: they need a new link.
struct AccountChange {
  std::optional<std::string> name = {};
  std::optional<Role> role = {};
  std::optional<std::string> area = {};
  std::optional<bool> enabled = {};
};
/// Throws Problem `identity.account_unknown` (also for accounts outside the principal's area),
/// `identity.may_not_appoint`, `identity.own_account`, or as `invite_account`.
Account change_account(audit::Work& work, const Principal& by, Id account, const AccountChange& change);

std::optional<Account> find_account(db::Session& session, Id account);
std::optional<Account> find_account(db::Session& session, std::string_view login);
/// The account where it lies in the principal's area. Throws Problem `identity.account_unknown`.
Account load_account(db::Session& session, const Principal& by, Id account);
Account load_account(db::Session& session, const Principal& by, std::string_view login);

struct AccountFilter {
  std::string area = {};  // below this one; "" for all that the principal reaches
  std::optional<Role> role = {};
  std::optional<bool> enabled = {};
  Id after = {};  // the last id of the page before
  std::int64_t limit = 50;
};
/// Within the principal's area, in order of id.
std::vector<Account> list_accounts(db::Session& session, const Principal& by, const AccountFilter& filter);

/// Binds an outside identity (OpenID Connect issuer and subject). Throws Problem `identity.link_taken`.
void link_identity(audit::Work& work, const Principal& by, Id account, const std::string& issuer,
                   const std::string& subject);
void unlink_identity(audit::Work& work, const Principal& by, Id account, const std::string& issuer);
std::optional<Id> find_linked_account(db::Session& session, std::string_view issuer, std::string_view subject);

}  // namespace tanfang::identity
