// Rows of attempts to sign on through an outside platform. Only for the files of this folder.
#pragma once

#include <optional>
#include <string_view>

#include "platform/db/database.h"

namespace tanfang::identity::store {

void insert_sign_on(db::Session& session, std::string_view state_hash, std::string_view browser_hash, Id account,
                    Instant ends_at);
/// Removes it; the account, or nullopt where there was none.
std::optional<Id> remove_sign_on(db::Session& session, std::string_view state_hash, std::string_view browser_hash,
                                 Instant now);

}  // namespace tanfang::identity::store
