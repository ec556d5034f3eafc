// The answers of records, read with few statements. Inside the room only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits::store {

/// As they lie in their table, encrypted.
std::map<Id, std::string> load_answers(db::Session& session, const std::string& county, const std::vector<Id>& visits);

}  // namespace tanfang::visits::store
