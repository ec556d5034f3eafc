// Counts of files by area. Inside the room only.
#pragma once

#include <vector>

#include "reports/for_issuing.h"

namespace tanfang::reports::store {

/// Without names, by area of `digits` digits.
std::vector<RegistryPart> count_files(db::Session& session, const std::string& area, int digits, Date from, Date to);
std::vector<RegistryPart> count_to_refresh(db::Session& session, const std::string& area, int digits);

}  // namespace tanfang::reports::store
