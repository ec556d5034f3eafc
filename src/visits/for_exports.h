// What records say, as lists that leave the house have it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits {

/// The answers of these records of the county, a JSON object each; the trail is kept by the caller. The number of
/// statements grows by one for each 64 records.
std::map<Id, std::string> open_answers(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                       const std::vector<Id>& visits);

}  // namespace tanfang::visits
