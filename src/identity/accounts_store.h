// Rows of accounts, invitations and outside identities. Only for the files of this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity::store {

/// An account with what only sign-in sees.
struct AccountRow {
  Account account;
  std::string password;       // PHC, "" where there is none
  std::string factor_secret;  // sealed, "" where there is none
  std::int64_t factor_step = 0;
};

/// False where the login is taken.
bool insert_account(db::Session& session, const Account& account, std::string_view password);
std::optional<AccountRow> find_account(db::Session& session, Id account);
std::optional<AccountRow> find_account(db::Session& session, std::string_view login);
std::vector<Account> list_accounts(db::Session& session, std::string_view area, const AccountFilter& filter);
void update_account(db::Session& session, const Account& account);
void set_password(db::Session& session, Id account, std::string_view password);
/// And the open invitation: nothing that was good before lets anybody in.
void remove_password(db::Session& session, Id account);
void set_last_sign_in(db::Session& session, Id account, Instant at);

/// In place of the one that the account has.
void put_invitation(db::Session& session, std::string_view token_hash, Id account, Instant made_at, Instant ends_at);
std::optional<Id> find_invitation(db::Session& session, std::string_view token_hash, Instant now);
/// Whether it was there.
bool remove_invitation(db::Session& session, std::string_view token_hash);
/// Every open one of the account.
void remove_invitations(db::Session& session, Id account);

/// False where the subject, or the issuer for this account, is linked already.
bool insert_identity(db::Session& session, std::string_view issuer, std::string_view subject, Id account, Instant at);
bool remove_identity(db::Session& session, std::string_view issuer, Id account);
std::optional<Id> find_identity(db::Session& session, std::string_view issuer, std::string_view subject);

}  // namespace tanfang::identity::store
