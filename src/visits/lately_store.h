// The newest records of some people, read with few statements. Inside the room only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "visits/for_phones.h"

namespace tanfang::visits::store {

/// As `open_latest_visits`, with encrypted answers and without changes.
std::map<Id, Lately> load_lately(db::Session& session, const std::string& county, const std::vector<Id>& people,
                                 int most);
/// Puts the last change of each indicator to them.
void load_last_changes(db::Session& session, const std::string& county, const std::vector<Id>& people,
                       std::map<Id, Lately>& found);

}  // namespace tanfang::visits::store
