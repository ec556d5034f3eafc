#include "registry/version_store.h"

namespace tanfang::registry {

Id newest_statement(db::Session& session, const PersonKey& key) {
  return session
      .first("select id from statements where county = $1 and person = $2 order by id desc limit 1",
             {key.county, key.id}, [](const db::Row& row) { return row.id(0); })
      .value_or(Id{});
}

}  // namespace tanfang::registry
