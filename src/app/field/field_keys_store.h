// Rows of the key pairs that phones seal parcels for. Only for the files of this folder.
#pragma once

#include <optional>
#include <string>

#include "app/field/field_keys.h"

namespace tanfang::app::field::store {

std::optional<PublicKey> find_newest_key(db::Session& session);
std::optional<std::string> find_private_key(db::Session& session, Id id);
void insert_key(db::Session& session, const PublicKey& key, std::string_view sealed_private_key, Instant made_at);

}  // namespace tanfang::app::field::store
