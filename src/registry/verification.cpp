#include "registry/verification.h"

#include <fmt/format.h>

#include "base/text.h"
#include "registry/registry_problems.h"
#include "registry/sealed_fields.h"
#include "registry/verification_store.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kShortestReason = 4;
constexpr std::size_t kLongestReason = 200;
constexpr std::string_view kReason = "verification_requests.reason";

}  // namespace

VerificationAsked ask_verification(audit::Work& work, const std::string& county, const std::vector<Id>& people,
                                   const std::string& reason) {
  std::string text = trimmed(reason);
  if (length_of(text) < kShortestReason || length_of(text) > kLongestReason) throw problems::verification_reason();
  SealedFields fields(work.keys);
  VerificationAsked done;
  for (Id person : people) {
    PersonKey key{county, person};
    area_of(work.session, key);
    bool asked = put_verification_request(work.session, key, work.new_id(), work.now, work.actor,
                                          fields.seal(kReason, person, text));
    ++(asked ? done.asked : done.repeated);
    if (asked) work.record({county, "verification_asked", "person:" + format_id(person), "{}"});
  }
  if (done.asked == 0) work.unchanged();
  return done;
}

void confirm_person(audit::Work& work, const PersonKey& key) {
  if (!delete_verification_request(work.session, key)) return work.unchanged();
  work.record({key.county, "person_verified", "person:" + format_id(key.id), "{}"});
}

std::vector<VerificationRequest> list_verification_requests(db::Session& session, const crypto::KeyRing& keys,
                                                            const std::string& area, const std::string& after_area,
                                                            Id after, int limit) {
  SealedFields fields(keys);
  std::vector<VerificationRequest> found = load_verification_requests(session, area, after_area, after, limit);
  for (VerificationRequest& request : found) request.reason = fields.open(kReason, request.person, request.reason);
  return found;
}

}  // namespace tanfang::registry
