// Rows of machines' tokens. Only for the files of this folder.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "identity/tokens.h"

namespace tanfang::identity::store {

void insert_token(db::Session& session, const Token& token, std::string_view token_hash);
std::optional<Token> find_token(db::Session& session, Id token);
std::vector<Token> list_tokens(db::Session& session, Id account);
void set_revoked(db::Session& session, Id token, Instant at);
void set_token_used(db::Session& session, Id token, Instant at);
std::optional<Principal> find_token_principal(db::Session& session, std::string_view token_hash, Instant now);

}  // namespace tanfang::identity::store
