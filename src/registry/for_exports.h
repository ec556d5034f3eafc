// Files as registers and lists that leave the house have them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/classification.h"
#include "registry/people.h"

namespace tanfang::registry {

struct ExportedFile {
  Person person;                         // without consents
  std::vector<Classification> verdicts;  // of the day, by scheme

  /// nullptr where the scheme has none.
  const Classification* verdict_of(std::string_view scheme) const;
};

/// The files of these people of the county, of those that there are; the trail is kept by the caller. `masked`: as
/// `load_person` shows them. The number of statements grows by a few for each 64 people.
std::map<Id, ExportedFile> load_exported(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                         const std::vector<Id>& people, Date on, bool masked);

}  // namespace tanfang::registry
