#include "identity/tokens.h"

#include "identity/account_rules.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/tokens_store.h"

namespace tanfang::identity {
namespace {

/// So that a token that leaked into a log or a repository is known for what it is.
constexpr std::string_view kPrefix = "tanfang_";

Token checked(audit::Work& work, const Settings& settings, const Principal& by, const NewToken& fresh) {
  Token token;
  token.account = fresh.account;
  token.name = plain_name(fresh.name);
  token.permissions = fresh.permissions;
  token.area = fresh.area;
  token.made_at = work.now;
  token.ends_at = fresh.ends_at;
  Permissions most = permissions_of(Role::machine) & by.permissions;
  if (token.permissions.none() || (token.permissions & ~most).any()) throw problems::token_scope();
  if (token.ends_at <= work.now || token.ends_at.milliseconds > work.now.milliseconds + settings.token_life) {
    throw problems::token_life();
  }
  token.id = work.new_id();
  return token;
}

}  // namespace

Account create_machine(audit::Work& work, const Principal& by, const NewAccount& fresh) {
  if (fresh.role != Role::machine) throw problems::token_role();
  Account account = drafted(work, by, fresh);
  insert(work, account, "");
  record(work, account, "account_made", standing_of(account));
  return account;
}

IssuedToken issue_token(audit::Work& work, const Settings& settings, const Principal& by, const NewToken& fresh) {
  require(by, Permission::tokens_manage, fresh.area);
  Account account = managed(work.session, by, fresh.account);
  if (account.role != Role::machine) throw problems::token_role();
  if (!area_fits(Role::machine, fresh.area) || !fresh.area.starts_with(account.area)) throw problems::outside_area();
  IssuedToken issued{checked(work, settings, by, fresh), std::string(kPrefix) + fresh_secret()};
  store::insert_token(work.session, issued.token, secret_hash(issued.text));
  record(work, account, "token_issued",
         "{\"token\":" + quoted(format_id(issued.token.id)) + ",\"area\":" + quoted(fresh.area) + "}");
  return issued;
}

void revoke_token(audit::Work& work, const Principal& by, Id id) {
  auto token = store::find_token(work.session, id);
  auto account = token ? find_account(work.session, token->account) : std::nullopt;
  if (!account || !reaches(by, account->area, Permission::accounts_read) || token->revoked_at) {
    throw problems::token_unknown();
  }
  secured(work.session, by, account->id);
  store::set_revoked(work.session, id, work.now);
  record(work, *account, "token_revoked", "{\"token\":" + quoted(format_id(id)) + "}");
}

std::vector<Token> list_tokens(db::Session& session, const Principal& by, Id account) {
  return store::list_tokens(session, load_account(session, by, account).id);
}

std::optional<Principal> authenticate_token(db::Session& session, Instant now, std::string_view text) {
  return store::find_token_principal(session, secret_hash(text), now);
}

}  // namespace tanfang::identity
