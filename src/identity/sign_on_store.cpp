#include "identity/sign_on_store.h"

namespace tanfang::identity::store {

void insert_sign_on(db::Session& session, std::string_view state_hash, std::string_view browser_hash, Id account,
                    Instant ends_at) {
  session.execute("insert into sign_on_attempts (state_hash, browser_hash, account, ends_at) values ($1, $2, $3, $4)",
                  {db::Bytes{state_hash}, db::Bytes{browser_hash}, account, ends_at});
}

std::optional<Id> remove_sign_on(db::Session& session, std::string_view state_hash, std::string_view browser_hash,
                                 Instant now) {
  return session.first(
      "delete from sign_on_attempts where state_hash = $1 and browser_hash = $2 and ends_at > $3 returning account",
      {db::Bytes{state_hash}, db::Bytes{browser_hash}, now}, [](const db::Row& row) { return row.id(0); });
}

}  // namespace tanfang::identity::store
