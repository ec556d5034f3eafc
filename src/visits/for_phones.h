// The visits before, as whoever comes next carries them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits {

/// What whoever visits a person carries of the visits before.
struct Lately {
  std::vector<Visit> recent;          // newest first, without reasons
  std::optional<Visit> last;          // the newest of somebody met that counts, with its answers
  std::vector<StatusChange> changes;  // the last of each indicator
};
/// Of these people of the county, where the trail is kept by the caller; who has no record is not among them. `most`:
/// of recent ones. The number of statements grows by two for each 64 people.
std::map<Id, Lately> open_latest_visits(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                        const std::vector<Id>& people, int most);

}  // namespace tanfang::visits
