// The key pair that phones seal parcels for. The private key is kept encrypted under the deployment's key ring.
#pragma once

#include <optional>
#include <string>

#include "platform/crypto/crypto.h"
#include "platform/crypto/envelope.h"
#include "platform/db/database.h"

namespace tanfang::app::field {

struct PublicKey {
  Id id;
  std::string spki;  // base64 of the DER
};
/// The newest; made where there is none yet.
PublicKey public_key(db::Database& database, const crypto::KeyRing& keys, IdSource& ids, Instant now);
/// The private key of that id, in DER; nullopt where there is none.
std::optional<std::string> private_key(db::Session& session, const crypto::KeyRing& keys, Id id);

}  // namespace tanfang::app::field
