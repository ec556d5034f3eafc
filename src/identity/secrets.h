// Links, sessions and tokens: 256 random bits that only their holder has. Only for the files of this folder.
#pragma once

#include <string>
#include <string_view>

#include "platform/crypto/crypto.h"

namespace tanfang::identity {

inline std::string fresh_secret() { return crypto::to_hex(crypto::random_bytes(32)); }
/// What the database keeps. The secret is random, so that a plain digest tells nothing of it.
inline std::string secret_hash(std::string_view secret) { return crypto::sha256(secret); }

}  // namespace tanfang::identity
