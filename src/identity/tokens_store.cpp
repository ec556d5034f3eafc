#include "identity/tokens_store.h"

#include "base/text.h"

namespace tanfang::identity::store {
namespace {

#define TANFANG_TOKEN_COLUMNS \
  "select id, account, name, permissions, area, made_at, ends_at, last_used, revoked_at from machine_tokens"

std::string write_permissions(const Permissions& permissions) {
  std::string text;
  for (std::size_t i = 0; i < kPermissions; ++i) {
    if (permissions[i]) text += (text.empty() ? "" : " ") + std::string(to_text(static_cast<Permission>(i)));
  }
  return text;
}

/// A permission that is no more is none.
Permissions read_permissions(std::string_view text) {
  Permissions permissions;
  for (const std::string& word : split(text, ' ')) {
    if (auto found = parse_permission(word)) permissions.set(static_cast<std::size_t>(*found));
  }
  return permissions;
}

std::optional<Instant> optional_instant(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.instant(column);
}

Token read_token(const db::Row& row) {
  return Token{row.id(0),
               row.id(1),
               row.string(2),
               read_permissions(row.text(3)),
               row.string(4),
               row.instant(5),
               row.instant(6),
               optional_instant(row, 7),
               optional_instant(row, 8)};
}

}  // namespace

void insert_token(db::Session& session, const Token& token, std::string_view token_hash) {
  std::string permissions = write_permissions(token.permissions);
  session.execute(
      "insert into machine_tokens (token_hash, id, account, name, permissions, area, made_at, ends_at)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8)",
      {db::Bytes{token_hash}, token.id, token.account, token.name, permissions, token.area, token.made_at,
       token.ends_at});
}

std::optional<Token> find_token(db::Session& session, Id token) {
  return session.first(TANFANG_TOKEN_COLUMNS " where id = $1", {token}, read_token);
}

std::vector<Token> list_tokens(db::Session& session, Id account) {
  return session.all(TANFANG_TOKEN_COLUMNS " where account = $1 order by id desc", {account}, read_token);
}

void set_revoked(db::Session& session, Id token, Instant at) {
  session.execute("update machine_tokens set revoked_at = $2 where id = $1", {token, at});
}

void set_token_used(db::Session& session, Id token, Instant at) {
  session.execute("update machine_tokens set last_used = $2 where id = $1 and coalesce(last_used, 0) < $2",
                  {token, at});
}

std::optional<Principal> find_token_principal(db::Session& session, std::string_view token_hash, Instant now) {
  return session.first(
      "select t.id, t.account, t.last_used, a.login, a.name, t.permissions, t.area"
      " from machine_tokens t join accounts a on a.id = t.account"
      " where t.token_hash = $1 and t.ends_at > $2 and t.revoked_at is null and a.enabled = 1 and a.role = 'machine'",
      {db::Bytes{token_hash}, now}, [](const db::Row& row) {
        Principal found;
        found.arrival = Principal::Arrival::token;
        found.arrived_with = row.id(0);
        found.account = row.id(1);
        found.last_used = optional_instant(row, 2).value_or(Instant{});
        found.login = row.string(3);
        found.name = row.string(4);
        found.role = Role::machine;
        found.permissions = read_permissions(row.text(5)) & permissions_of(Role::machine);
        found.area = row.string(6);
        return found;
      });
}

}  // namespace tanfang::identity::store
