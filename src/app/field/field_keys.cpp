#include "app/field/field_keys.h"

#include "app/field/field_keys_store.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::field {
namespace {

std::string context_of(Id id) { return "field_keys.private_key:" + format_id(id); }

}  // namespace

PublicKey public_key(db::Database& database, const crypto::KeyRing& keys, IdSource& ids, Instant now) {
  std::optional<PublicKey> found;
  database.read([&](db::Session& session) { found = store::find_newest_key(session); });
  if (found) return *found;
  // Outside the transaction: it takes long. Of two programs at once each may make one; the newest is used.
  crypto::EnvelopeKeys fresh = crypto::make_envelope_keys();
  PublicKey made{ids.next(now), crypto::to_base64(fresh.public_key)};
  database.write([&](db::Session& session) {
    found = store::find_newest_key(session);
    if (found) return;
    store::insert_key(session, made, keys.field_cipher()->encrypt(fresh.private_key, context_of(made.id)), now);
    found = made;
  });
  return *found;
}

std::optional<std::string> private_key(db::Session& session, const crypto::KeyRing& keys, Id id) {
  std::optional<std::string> sealed = store::find_private_key(session, id);
  if (!sealed) return std::nullopt;
  return keys.field_cipher()->decrypt(*sealed, context_of(id));
}

}  // namespace tanfang::app::field
