// What an import wrote to whom, kept so that it can be taken back until somebody has built on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "registry/classification.h"
#include "registry/people.h"

namespace tanfang::registry {

/// Somebody whom an import registered or changed.
struct ImportedPerson {
  Id person;
  bool registered = false;  // by the import; else changed
  bool built_on = false;  // something was recorded about them since: facts, a visit, a status, a consent, a transfer …
};

/// Those of the import whom it still has, behind `after` by id.
std::vector<ImportedPerson> load_imported(db::Session& session, const std::string& county, Id import, Id after,
                                          std::int64_t limit);
/// How many of them were built on; stops counting at `most`.
std::int64_t count_built_on(db::Session& session, const std::string& county, Id import, std::int64_t most);

/// Takes registrations back: the files and all that hangs on them within the registry are gone, the trail stays.
/// Records `person_withdrawn` of each.
void withdraw_people(audit::Work& work, const std::string& county, Id import, const std::vector<Id>& people);
/// Gives the files back what they held before the import, which said it on `said_on`; verdicts are worked out anew from
/// that day on. Records `person_restored` of each.
void restore_people(audit::Work& work, const Classifier& classifier, const std::string& county, Id import, Date said_on,
                    const std::vector<Id>& people);
/// Leaves these as they are: the import no longer has them.
void leave_imported(db::Session& session, const std::string& county, Id import, const std::vector<Id>& people);
/// Takes back the open transfers that the import proposed and no other one repeated. Records `transfer_withdrawn` of
/// each where the file is.
void withdraw_transfers(audit::Work& work, const std::string& county, Id import);

}  // namespace tanfang::registry
