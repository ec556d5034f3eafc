// Lists of a file page by page.
#pragma once

#include <optional>
#include <vector>

#include "registry/people.h"

namespace tanfang::registry {

/// What was said of the person behind `after` (0: from the first), in the order in which it was recorded; nullopt where
/// `after` was not said of the person.
std::optional<std::vector<StatementRecord>> load_history(db::Session& session, const PersonKey& key, Id after,
                                                         int limit);

}  // namespace tanfang::registry
