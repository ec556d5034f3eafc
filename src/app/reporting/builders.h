// What a report says, taken from the figures as they are now.
#pragma once

#include <string>
#include <vector>

#include "app/reporting/report.h"
#include "planning/planning.h"
#include "platform/db/database.h"

namespace tanfang::app::reporting {

/// monthly, quarterly, half_yearly, glance.
const std::vector<std::string>& kinds();

struct Asked {
  std::string kind;
  std::string area;    // county or town
  std::string period;  // 2026-10, 2026-Q3, 2026-H2
};

/// The first and the last month of the period. Throws Problem `report.period` where kind and period do not fit.
std::pair<planning::Month, planning::Month> months_of(const Asked& asked);

/// Throws Problem `report.period`, `area.unknown`, `coverage.month_not_open`.
Report build(db::Session& session, const planning::Policies& policies, const Asked& asked, Instant now);

}  // namespace tanfang::app::reporting
