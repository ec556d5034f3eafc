// Lists of a file page by page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/classification.h"
#include "registry/people.h"

namespace tanfang::registry {

/// What was said of the person behind `after` (0: from the first), in the order in which it was recorded; nullopt where
/// `after` was not said of the person.
std::optional<std::vector<StatementRecord>> load_history(db::Session& session, const PersonKey& key, Id after,
                                                         int limit);
/// The facts that would settle what the schemes in force on the day cannot tell of each of some people of a county, in
/// order, each once; by all that is known of them. Read with a number of statements that does not grow with each.
std::map<Id, std::vector<std::string>> missing_facts_of(db::Session& session, const Classifier& classifier,
                                                        const std::string& county, const std::vector<Id>& people,
                                                        Date on);

}  // namespace tanfang::registry
