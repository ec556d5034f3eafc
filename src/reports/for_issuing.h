// Counts of the registry that reports upward need beside coverage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "platform/db/database.h"

namespace tanfang::reports {

/// Of the files of one town: who is here on the day, and what became of others in the period.
struct RegistryPart {
  std::string area;
  std::string name;
  std::int64_t here = 0;        // neither moved out nor deceased on the last day
  std::int64_t declined = 0;    // of them
  std::int64_t suspended = 0;   // of them
  std::int64_t moved_out = 0;   // in the period
  std::int64_t deceased = 0;    // in the period
  std::int64_t to_refresh = 0;  // files that nobody confirmed for too long, as they stand now
};
/// By the towns of a county, or the villages of a town. Refuses `area.unknown`.
std::vector<RegistryPart> count_registry(db::Session& session, const std::string& area, Date from, Date to);

}  // namespace tanfang::reports
