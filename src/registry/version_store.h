// What of a file's rows its version is made of.
#pragma once

#include "registry/people.h"

namespace tanfang::registry {

/// Zero where there is none.
Id newest_statement(db::Session& session, const PersonKey& key);

}  // namespace tanfang::registry
