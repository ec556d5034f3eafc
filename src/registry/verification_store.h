// Rows of `verification_requests`.
#pragma once

#include <string>
#include <vector>

#include "registry/verification.h"

namespace tanfang::registry {

/// False where one is open.
bool put_verification_request(db::Session& session, const PersonKey& key, Id id, Instant asked_at,
                              const std::string& asked_by, const std::string& sealed_reason);
/// False where there was none.
bool delete_verification_request(db::Session& session, const PersonKey& key);
/// As `list_verification_requests`; the reasons are sealed.
std::vector<VerificationRequest> load_verification_requests(db::Session& session, const std::string& area,
                                                            const std::string& after_area, Id after, int limit);

}  // namespace tanfang::registry
