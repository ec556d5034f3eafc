// Who is on the register, as lists that leave the house go through it.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "platform/db/database.h"

namespace tanfang::reports {

struct Registered {
  Id person;
  std::string area;  // village
  std::string status;
};
/// A page of the people of the area that `list_people` shows without a filter, in its order: those behind `after`, at
/// most `limit`. `area` is a county or a part of one.
std::vector<Registered> list_registered(db::Session& session, const std::string& area, Date today,
                                        const Registered& after, int limit);

}  // namespace tanfang::reports
