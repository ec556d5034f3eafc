// A visitor of an invented county, with people of their own to go to.
#pragma once

#include <string>

#include "audit/audit.h"
#include "base/date.h"

namespace tanfang::app {

/// Who is made a visitor, where: `area` is a county, town or village.
struct Appointed {
  std::string login;
  std::string name;
  std::string area;
};

/// Makes the visitor and gives them up to 20 people of the area who are owed something in the month, village by
/// village; how many. 0 where the area has nobody: then no visitor is made.
int appoint_visitor(audit::Work& work, const Appointed& appointed, Date today);

}  // namespace tanfang::app
