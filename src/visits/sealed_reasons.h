// Why a record was corrected or struck out: free text about a person, encrypted. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits {

inline constexpr std::string_view kReason = "visits.reason";
inline constexpr std::string_view kStruckReason = "visits.struck_reason";

/// Nothing where there is no reason.
std::string sealed_reason(const crypto::KeyRing& keys, std::string_view column, Id visit, const std::string& reason);
/// The same records with their reasons readable.
std::vector<Visit> with_open_reasons(const crypto::KeyRing& keys, std::vector<Visit> visits);
void open_reasons(const crypto::KeyRing& keys, Visit& visit);

}  // namespace tanfang::visits
