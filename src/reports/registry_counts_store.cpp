#include "reports/registry_counts_store.h"

#include "base/area_code.h"

namespace tanfang::reports::store {
namespace {

/// The status that holds on the last day, and whether a moving out or a death began in the period.
const std::string kFiles =
    "select area, cast(sum(case when status not in ('moved_out', 'deceased') then 1 else 0 end) as bigint), "
    "cast(sum(case when status = 'declined' then 1 else 0 end) as bigint), "
    "cast(sum(case when status = 'suspended' then 1 else 0 end) as bigint), "
    "cast(sum(case when gone = 'moved_out' then 1 else 0 end) as bigint), "
    "cast(sum(case when gone = 'deceased' then 1 else 0 end) as bigint) "
    "from (select substr(p.village, 1, cast($6 as integer)) as area, "
    "coalesce((select s.status from report_status s where s.county = p.county and s.person = p.person and "
    "s.valid_from <= $5 and (s.valid_to is null or s.valid_to > $5) order by s.rank desc limit 1), 'active') as "
    "status, "
    "coalesce((select s.status from report_status s where s.county = p.county and s.person = p.person and "
    "s.valid_from >= $4 and s.valid_from <= $5 and s.status in ('moved_out', 'deceased') "
    "order by s.rank desc limit 1), '') as gone "
    "from report_registry p where p.county = $1 and p.village >= $2 and p.village < $3) files "
    "group by area order by area";

const std::string kRefresh =
    "select substr(area, 1, cast($4 as integer)) as part, count(1) from report_refresh where county = $1 and area >= "
    "$2 "
    "and area < $3 group by part order by part";

}  // namespace

std::vector<RegistryPart> count_files(db::Session& session, const std::string& area, int digits, Date from, Date to) {
  std::string county = county_of(area);
  std::string end = area + ":";
  std::string first = from.iso();
  std::string last = to.iso();
  return session.all(kFiles, {county, area, end, first, last, digits}, [](const db::Row& row) {
    RegistryPart part;
    part.area = row.string(0);
    part.here = row.integer(1);
    part.declined = row.integer(2);
    part.suspended = row.integer(3);
    part.moved_out = row.integer(4);
    part.deceased = row.integer(5);
    return part;
  });
}

std::vector<RegistryPart> count_to_refresh(db::Session& session, const std::string& area, int digits) {
  std::string county = county_of(area);
  std::string end = area + ":";
  return session.all(kRefresh, {county, area, end, digits}, [](const db::Row& row) {
    RegistryPart part;
    part.area = row.string(0);
    part.to_refresh = row.integer(1);
    return part;
  });
}

}  // namespace tanfang::reports::store
