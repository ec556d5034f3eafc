#include "app/field/field_keys_store.h"

namespace tanfang::app::field::store {

std::optional<PublicKey> find_newest_key(db::Session& session) {
  return session.first("select id, spki from field_keys order by id desc limit 1", {}, [](const db::Row& row) {
    return PublicKey{row.id(0), row.string(1)};
  });
}

std::optional<std::string> find_private_key(db::Session& session, Id id) {
  return session.first("select private_key from field_keys where id = $1", {id},
                       [](const db::Row& row) { return std::string(row.bytes(0)); });
}

void insert_key(db::Session& session, const PublicKey& key, std::string_view sealed_private_key, Instant made_at) {
  session.execute("insert into field_keys (id, spki, private_key, made_at) values ($1, $2, $3, $4)",
                  {key.id, key.spki, db::Bytes{sealed_private_key}, made_at});
}

}  // namespace tanfang::app::field::store
