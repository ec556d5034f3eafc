// What the lists of this room share.
#pragma once

#include <string>

#include "planning/planning.h"
#include "planning/planning_obligations.h"

namespace tanfang::planning {

/// Throws Problem `month.not_open`.
void require_open(db::Session& session, const std::string& county, Month month);
PlannedVisit planned_of(Id person, const std::string& name, const std::string& area, const Obligation& obligation,
                        Month month, Instant now);

}  // namespace tanfang::planning
