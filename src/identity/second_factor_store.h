// The secret of an account's authenticator and its recovery codes. Only for the files of this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "platform/db/database.h"

namespace tanfang::identity::store {

/// A new secret, not confirmed.
void put_factor(db::Session& session, Id account, std::string_view sealed_secret);
void confirm_factor(db::Session& session, Id account, std::int64_t step);
/// False where this step or a later one was used already.
bool use_step(db::Session& session, Id account, std::int64_t step);
void remove_factor(db::Session& session, Id account);
void put_recovery_codes(db::Session& session, Id account, std::span<const std::string> hashes);
/// Whether it was there; it is not any more.
bool use_recovery_code(db::Session& session, Id account, std::string_view hash);

}  // namespace tanfang::identity::store
