// How much of what is owed the visitors of a county can make; inside the room only.
#pragma once

#include <vector>

#include "planning/assignment.h"

namespace tanfang::planning {

/// With nobody assigned yet, by the proposal of who should visit whom. `capacity` and `visits` count for the same time.
std::int64_t visits_nobody_can_make(std::vector<Visitor> visitors, const std::vector<AreaPoint>& points,
                                    const std::vector<AssignedPerson>& people);

}  // namespace tanfang::planning
