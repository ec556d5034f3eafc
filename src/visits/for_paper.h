// Records and their pictures as paper bears them, where the trail is kept by the caller.
#pragma once

#include <string>

#include "visits/visits.h"

namespace tanfang::visits {

/// With its answers, evidence and the digests of its attachments. Throws Problem `visit.unknown`.
Visit unseal_visit(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id visit);
/// Throws Problem `attachment.unknown`, Failure where it is not what its digest says.
Attachment unseal_attachment(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                             const std::string& digest);

}  // namespace tanfang::visits
