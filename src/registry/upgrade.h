// What a step of the schema leaves to be done with the keys.
#pragma once

#include "audit/audit.h"

namespace tanfang::registry {

/// Whether an earlier version left texts in clear, or transferred files without remembering them.
bool needs_upgrade(db::Session& session);
/// Encrypts those texts and remembers those files. Records `registry_upgraded`, or says unchanged.
void upgrade_registry(audit::Work& work);

}  // namespace tanfang::registry
