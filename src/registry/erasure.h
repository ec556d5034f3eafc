// Erasure: a person's own fields go for good; what figures are counted from (village, birth date, verdicts, coded
// facts) stays.
#pragma once

#include <vector>

#include "audit/audit.h"
#include "registry/people.h"
#include "registry/status.h"

namespace tanfang::registry {

/// The name that stands in place of an erased one.
inline constexpr std::string_view kErasedName = "已删除";

/// People of the county, behind `after` by id, who are `closed` (deceased or moved_out) since before `before` and not
/// yet erased.
std::vector<Id> list_erasable(db::Session& session, const std::string& county, Status closed, Date before, Id after,
                              std::int64_t limit);
/// Erases name, citizen number, phone, address, contacts, household, notes and reasons, the number's place in searches,
/// and names and addresses in the history. False (and unchanged) where that was done before. Refuses a file that is
/// neither deceased nor moved out on the day (`erasure.still_here`). Records `person_erased`.
bool erase_person(audit::Work& work, const PersonKey& key);

}  // namespace tanfang::registry
