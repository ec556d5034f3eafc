// Whether a code is right now, and uses it up. Only for the files of this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/audit.h"
#include "identity/accounts_store.h"

namespace tanfang::identity {

std::string seal_factor(const crypto::KeyRing& keys, Id account, std::string_view secret);
std::string open_factor(const crypto::KeyRing& keys, Id account, std::string_view sealed);
std::string recovery_code_hash(const crypto::KeyRing& keys, Id account, std::string_view code);

/// `code` or `recovery_code`, by what was right and is now used; nullopt where neither is.
std::optional<std::string> use_factor(audit::Work& work, const store::AccountRow& row, std::string_view code);

}  // namespace tanfang::identity
