#include "registry/erasure_store.h"

#include "registry/erasure.h"

namespace tanfang::registry {

std::vector<Id> list_erasable(db::Session& session, const std::string& county, Status closed, Date before, Id after,
                              std::int64_t limit) {
  std::string day = before.iso();
  return session.all(
      "select distinct s.person from status_spans s where s.county = $1 and s.status = $2 and s.valid_from < $3"
      " and s.valid_to is null and s.person > $4 and not exists (select 1 from erased_people e"
      "  where e.county = s.county and e.person = s.person) order by s.person limit $5",
      {county, to_text(closed), day, after, limit}, [](const db::Row& row) { return row.id(0); });
}

namespace store {

bool note_erased(db::Session& session, const PersonKey& key, Instant now) {
  return session.execute(
             "insert into erased_people (county, person, erased_at) values ($1, $2, $3)"
             " on conflict (county, person) do nothing",
             {key.county, key.id, now}) == 1;
}

void erase_around(db::Session& session, const PersonKey& key) {
  auto run = [&](std::string_view sql) { session.execute(sql, {key.county, key.id}); };
  run("delete from citizen_numbers where county = $1 and person = $2");
  run("delete from former_files where county = $1 and person = $2");
  run("delete from contacts where county = $1 and person = $2");
  run("delete from household_members where county = $1 and person = $2");
  run("update consents set note = '', sealed_note = null where county = $1 and person = $2");
  run("update status_spans set reason = '', sealed_reason = null where county = $1 and person = $2");
  run("update statements set replaced = null where county = $1 and person = $2");
  run("update transfers set statement = null, reason = '', sealed_reason = null,"
      " status = case when status = 'proposed' then 'rejected' else status end where county = $1 and person = $2");
  session.execute(
      "update imported_people set former = null where county = $1 and person = $2"
      " and import in (select id from ledger_imports where county = $1)",
      {key.county, key.id});
  run("delete from verification_requests where county = $1 and person = $2");
  run("delete from refresh_lists where county = $1 and person = $2");
  run("delete from proposals where county = $1 and person = $2");
}

void rewrite_statement(db::Session& session, const PersonKey& key, Id statement, const std::string& facts) {
  session.execute("update statements set facts = $4 where county = $1 and person = $2 and id = $3",
                  {key.county, key.id, statement, facts});
}

}  // namespace store
}  // namespace tanfang::registry
