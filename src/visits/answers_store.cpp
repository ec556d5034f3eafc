#include "visits/answers_store.h"

#include "platform/db/together.h"

namespace tanfang::visits::store {

std::map<Id, std::string> load_answers(db::Session& session, const std::string& county, const std::vector<Id>& visits) {
  static const std::string sql =
      "select id, answers from visits where county = $1 and id in (" + db::placeholders(2) + ")";
  std::map<Id, std::string> found;
  db::query_together(session, sql, {county}, visits,
                     [&](const db::Row& row) { found.emplace(row.id(0), row.bytes(1)); });
  return found;
}

}  // namespace tanfang::visits::store
