// What a record of a visit is checked against.
#pragma once

#include <optional>

#include "registry/registry.h"

namespace tanfang::registry {

/// The person with their status on the day, without verdicts; nullopt where the county has no such file.
std::optional<Standing> find_standing_on(db::Session& session, const PersonKey& key, Date day);

}  // namespace tanfang::registry
