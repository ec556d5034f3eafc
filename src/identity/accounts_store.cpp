#include "identity/accounts_store.h"

namespace tanfang::identity::store {
namespace {

#define TANFANG_ACCOUNT_COLUMNS                                                                        \
  "select id, login, name, role, area, enabled, created_at, last_sign_in, factor_confirmed, password," \
  " factor_secret, factor_step from accounts"

AccountRow read_row(const db::Row& row) {
  AccountRow found;
  Account& account = found.account;
  account.id = row.id(0);
  account.login = row.string(1);
  account.name = row.string(2);
  account.role = parse_role(row.text(3)).value();
  account.area = row.string(4);
  account.enabled = row.boolean(5);
  account.created_at = row.instant(6);
  if (!row.is_null(7)) account.last_sign_in = row.instant(7);
  account.has_second_factor = row.boolean(8);
  found.password = row.optional_string(9).value_or("");
  account.has_password = !found.password.empty();
  if (!row.is_null(10)) found.factor_secret = row.bytes(10);
  found.factor_step = row.integer(11);
  return found;
}

}  // namespace

bool insert_account(db::Session& session, const Account& account, std::string_view password) {
  std::optional<std::string_view> kept;
  if (!password.empty()) kept = password;
  return session.execute(
             "insert into accounts (id, login, name, role, area, enabled, created_at, password, factor_confirmed,"
             " factor_step) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0) on conflict (login) do nothing",
             {account.id, account.login, account.name, to_text(account.role), account.area, account.enabled,
              account.created_at, kept}) == 1;
}

std::optional<AccountRow> find_account(db::Session& session, Id account) {
  return session.first(TANFANG_ACCOUNT_COLUMNS " where id = $1", {account}, read_row);
}

std::optional<AccountRow> find_account(db::Session& session, std::string_view login) {
  return session.first(TANFANG_ACCOUNT_COLUMNS " where login = $1", {login}, read_row);
}

std::vector<Account> list_accounts(db::Session& session, std::string_view area, const AccountFilter& filter) {
  std::string beyond = std::string(area) + ":";  // the character after 9
  std::string role(filter.role ? to_text(*filter.role) : "");
  std::int64_t enabled = filter.enabled ? (*filter.enabled ? 1 : 0) : -1;
  return session.all(TANFANG_ACCOUNT_COLUMNS
                     " where area >= $1 and area < $2 and ($3 = '' or role = $3) and ($4 < 0 or enabled = $4)"
                     " and id > $5 order by id limit $6",
                     {area, beyond, role, enabled, filter.after, filter.limit},
                     [](const db::Row& row) { return read_row(row).account; });
}

void update_account(db::Session& session, const Account& account) {
  session.execute("update accounts set name = $2, role = $3, area = $4, enabled = $5 where id = $1",
                  {account.id, account.name, to_text(account.role), account.area, account.enabled});
}

void set_password(db::Session& session, Id account, std::string_view password) {
  session.execute("update accounts set password = $2 where id = $1", {account, password});
}

void remove_password(db::Session& session, Id account) {
  session.execute("update accounts set password = null where id = $1", {account});
  remove_invitations(session, account);
}

void set_last_sign_in(db::Session& session, Id account, Instant at) {
  session.execute("update accounts set last_sign_in = $2 where id = $1", {account, at});
}

void put_invitation(db::Session& session, std::string_view token_hash, Id account, Instant made_at, Instant ends_at) {
  session.execute(
      "insert into invitations (token_hash, account, made_at, ends_at) values ($1, $2, $3, $4)"
      " on conflict (account) do update set token_hash = excluded.token_hash, made_at = excluded.made_at,"
      " ends_at = excluded.ends_at",
      {db::Bytes{token_hash}, account, made_at, ends_at});
}

std::optional<Id> find_invitation(db::Session& session, std::string_view token_hash, Instant now) {
  return session.first("select account from invitations where token_hash = $1 and ends_at > $2",
                       {db::Bytes{token_hash}, now}, [](const db::Row& row) { return row.id(0); });
}

bool remove_invitation(db::Session& session, std::string_view token_hash) {
  return session.execute("delete from invitations where token_hash = $1", {db::Bytes{token_hash}}) == 1;
}

void remove_invitations(db::Session& session, Id account) {
  session.execute("delete from invitations where account = $1", {account});
}

bool insert_identity(db::Session& session, std::string_view issuer, std::string_view subject, Id account, Instant at) {
  return session.execute(
             "insert into account_identities (issuer, subject, account, linked_at) values ($1, $2, $3, $4)"
             " on conflict do nothing",
             {issuer, subject, account, at}) == 1;
}

bool remove_identity(db::Session& session, std::string_view issuer, Id account) {
  return session.execute("delete from account_identities where issuer = $1 and account = $2", {issuer, account}) == 1;
}

std::optional<Id> find_identity(db::Session& session, std::string_view issuer, std::string_view subject) {
  return session.first("select account from account_identities where issuer = $1 and subject = $2", {issuer, subject},
                       [](const db::Row& row) { return row.id(0); });
}

}  // namespace tanfang::identity::store
