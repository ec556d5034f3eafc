#include "audit/audit.h"

namespace tanfang::audit {
namespace {

Entry read_entry(const db::Row& row) {
  return Entry{row.string(0), row.optional_integer(1), row.id(2),     row.instant(3),
               row.string(4), row.string(5),           row.string(6), row.string(7)};
}

}  // namespace

std::vector<Entry> list(db::Session& session, const Filter& filter) {
  std::vector<Entry> entries = session.all(
      "select county, null, id, at, actor, kind, subject, details from audit_unsealed"
      " where (cast($1 as text) is null or county = $1) and (cast($2 as text) is null or kind = $2)"
      " and (cast($3 as text) is null or subject = $3) order by at desc, id desc limit $4",
      {filter.county, filter.kind, filter.subject, filter.limit}, read_entry);
  std::int64_t left = filter.limit - static_cast<std::int64_t>(entries.size());
  // One county is read backwards along its chain and stops early; all counties are searched through.
  std::vector<Entry> sealed =
      filter.county ? session.all(
                          "select county, number, id, at, actor, kind, subject, details from audit_events"
                          " where county = $1 and (cast($2 as text) is null or kind = $2)"
                          " and (cast($3 as text) is null or subject = $3) order by number desc limit $4",
                          {filter.county, filter.kind, filter.subject, left}, read_entry)
                    : session.all(
                          "select county, number, id, at, actor, kind, subject, details from audit_events"
                          " where (cast($1 as text) is null or kind = $1)"
                          " and (cast($2 as text) is null or subject = $2) order by at desc, id desc limit $3",
                          {filter.kind, filter.subject, left}, read_entry);
  entries.insert(entries.end(), std::make_move_iterator(sealed.begin()), std::make_move_iterator(sealed.end()));
  return entries;
}

}  // namespace tanfang::audit
