#include "registry/verification_store.h"

#include "base/area_code.h"

namespace tanfang::registry {

bool put_verification_request(db::Session& session, const PersonKey& key, Id id, Instant asked_at,
                              const std::string& asked_by, const std::string& sealed_reason) {
  bool open = session
                  .first("select 1 from report_verification where county = $1 and person = $2", {key.county, key.id},
                         [](const db::Row&) { return true; })
                  .value_or(false);
  if (open) return false;
  session.execute(
      "insert into verification_requests (county, person, id, asked_at, asked_by, reason)"
      " values ($1, $2, $3, $4, $5, $6) on conflict (county, person) do update set id = excluded.id,"
      " asked_at = excluded.asked_at, asked_by = excluded.asked_by, reason = excluded.reason",
      {key.county, key.id, id, asked_at, asked_by, db::Bytes{sealed_reason}});
  return true;
}

bool delete_verification_request(db::Session& session, const PersonKey& key) {
  return session.execute("delete from verification_requests where county = $1 and person = $2", {key.county, key.id}) >
         0;
}

std::vector<VerificationRequest> load_verification_requests(db::Session& session, const std::string& area,
                                                            const std::string& after_area, Id after, int limit) {
  std::string county = county_of(area);
  std::string end = area + ":";
  return session.all(
      "select v.person, v.area, p.name, r.asked_at, r.asked_by, r.reason from report_verification v"
      " join verification_requests r on r.county = v.county and r.person = v.person"
      " join people p on p.county = v.county and p.id = v.person"
      " where v.county = $1 and v.area >= $2 and v.area < $3 and (v.area, v.person) > ($4, $5)"
      " order by v.area, v.person limit $6",
      {county, area, end, after_area, after, limit}, [](const db::Row& row) {
        return VerificationRequest{row.id(0),      row.string(1), row.string(2),
                                   row.instant(3), row.string(4), std::string(row.bytes(5))};
      });
}

}  // namespace tanfang::registry
