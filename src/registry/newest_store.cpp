#include "platform/db/together.h"
#include "registry/together_store.h"

namespace tanfang::registry {

std::map<Id, Id> newest_statements(db::Session& session, std::string_view county, const std::vector<Id>& people) {
  static const std::string sql = "select person, max(id) from statements where county = $1 and person in (" +
                                 db::placeholders(2) + ") group by person";
  std::map<Id, Id> newest;
  db::query_together(session, sql, {county}, people,
                     [&](const db::Row& row) { newest.emplace(row.id(0), row.id(1)); });
  return newest;
}

}  // namespace tanfang::registry
