// A file as it is printed for those who keep it.
#pragma once

#include "registry/people.h"

namespace tanfang::registry {

/// Unmasked, where the trail is kept by the caller. Throws Problem `person.unknown`.
Person unmask_person(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key);

}  // namespace tanfang::registry
