#include "app/drafts/publications_store.h"

namespace tanfang::app::drafts::store {

void put_publication(db::Session& session, const Publication& publication) {
  std::string in_force = publication.in_force.iso();
  session.execute(
      "insert into scheme_publications (county, draft, digest, in_force, state, asked_at, asked_by, decided_at, "
      "decided_by, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (county, draft) do update set "
      "digest = excluded.digest, in_force = excluded.in_force, state = excluded.state, asked_at = excluded.asked_at, "
      "asked_by = excluded.asked_by, decided_at = excluded.decided_at, decided_by = excluded.decided_by, "
      "reason = excluded.reason",
      {publication.county, publication.draft, publication.digest, in_force, publication.state, publication.asked_at,
       publication.asked_by, publication.decided_at, publication.decided_by, publication.reason});
}

std::optional<Publication> find_publication(db::Session& session, const std::string& county, Id draft) {
  return session.first(
      "select county, draft, digest, in_force, state, asked_at, asked_by, decided_at, decided_by, reason "
      "from scheme_publications where county = $1 and draft = $2",
      {county, draft}, [](const db::Row& row) {
        Publication publication{row.string(0), row.id(1), row.string(2), row.date(3),  row.string(4), row.instant(5),
                                row.string(6), {},        row.string(8), row.string(9)};
        if (!row.is_null(7)) publication.decided_at = row.instant(7);
        return publication;
      });
}

}  // namespace tanfang::app::drafts::store
