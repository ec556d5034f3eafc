// Requests to verify somebody's file, made for people chosen one by one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "registry/people.h"

namespace tanfang::registry {

struct VerificationAsked {
  std::int64_t asked = 0;
  std::int64_t repeated = 0;  // of whom it was asked before, and is still open
};
/// Asks that these people's files be verified, for a reason of 4 to 200 characters (`verification.reason`). It is open
/// until something is said of the person, their status changes, or `confirm_person`. Records `verification_asked`.
/// Throws Problem `person.unknown`.
VerificationAsked ask_verification(audit::Work& work, const std::string& county, const std::vector<Id>& people,
                                   const std::string& reason);
/// The file was looked at and is right. Records `person_verified`, or says unchanged where nobody asked.
void confirm_person(audit::Work& work, const PersonKey& key);

struct VerificationRequest {
  Id person;
  std::string area;
  std::string name;  // unmasked: the caller masks it
  Instant asked_at;
  std::string asked_by;
  std::string reason;
};
/// Those that are open in an area (a county, or a town or village of it), by area and person, at most `limit` behind
/// `after_area` and `after`.
std::vector<VerificationRequest> list_verification_requests(db::Session& session, const crypto::KeyRing& keys,
                                                            const std::string& area, const std::string& after_area,
                                                            Id after, int limit);

}  // namespace tanfang::registry
