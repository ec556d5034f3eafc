// Tokens for machines: scoped, within an area, for a time, shown once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity {

struct NewToken {
  Id account;  // of role machine
  std::string name;
  Permissions permissions;
  std::string area;
  Instant ends_at;
};

struct Token {
  Id id;
  Id account;
  std::string name;
  Permissions permissions;
  std::string area;
  Instant made_at;
  Instant ends_at;
  std::optional<Instant> last_used;
  std::optional<Instant> revoked_at;
};

struct IssuedToken {
  Token token;
  std::string text;  // told once
};

/// Makes an account of role machine, which never has a password. Throws as `invite_account`.
Account create_machine(audit::Work& work, const Principal& by, const NewAccount& fresh);
/// Throws Problem `identity.token_role` (not a machine), `identity.token_scope` (more than machines or the principal
/// may), `identity.outside_area`, `identity.token_life`, `identity.name_missing`.
IssuedToken issue_token(audit::Work& work, const Settings& settings, const Principal& by, const NewToken& fresh);
/// Throws Problem `identity.token_unknown`.
void revoke_token(audit::Work& work, const Principal& by, Id token);
/// Of one account in the principal's area, the newest first.
std::vector<Token> list_tokens(db::Session& session, const Principal& by, Id account);

/// As `authenticate_session`, for `Authorization: Bearer`.
std::optional<Principal> authenticate_token(db::Session& session, Instant now, std::string_view text);

}  // namespace tanfang::identity
