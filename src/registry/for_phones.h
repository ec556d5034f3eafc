// Files as whoever visits these people carries them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/people.h"
#include "registry/status.h"

namespace tanfang::registry {

struct OpenFile {
  Person person;        // unmasked, without consents
  std::string version;  // as `version_of` gives it
  Standing standing;    // with all spans, and the verdicts of the day
};

/// The files of these people of the county, of those that there are, where the trail is kept by the caller: for the
/// phone of whoever visits them. The number of statements grows by a few for each 64 people.
std::map<Id, OpenFile> open_files(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                  const std::vector<Id>& people, Date on);

}  // namespace tanfang::registry
