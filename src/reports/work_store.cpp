// What waits for people to do, counted by index.
#include "reports/reports.h"

namespace tanfang::reports {
namespace {

std::int64_t count_of(db::Session& session, std::string_view sql, db::Parameters parameters) {
  return session.first(sql, parameters, [](const db::Row& row) { return row.integer(0); }).value_or(0);
}

}  // namespace

WorkCounts count_work(db::Session& session, const std::string& area, const std::string& month,
                      Instant corrected_since) {
  std::string county = area.substr(0, 6);
  std::string end = area + ":";
  WorkCounts counts;
  counts.verification = count_of(session,
                                 "select count(*) from report_months where county = $1 and month = $2"
                                 " and village >= $3 and village < $4 and unsettled = 1",
                                 {county, month, area, end});
  counts.verification += count_of(session,
                                  "select count(*) from report_verification r"
                                  " where r.county = $1 and r.area >= $3 and r.area < $4 and not exists"
                                  " (select 1 from report_months m where m.county = r.county and m.month = $2"
                                  " and m.person = r.person and m.unsettled = 1)",
                                  {county, month, area, end});
  counts.refresh =
      count_of(session, "select count(*) from report_refresh where county = $1 and area >= $2 and area < $3",
               {county, area, end});
  counts.differences =
      count_of(session, "select count(*) from report_differences where county = $1 and area >= $2 and area < $3",
               {county, area, end});
  counts.transfers =
      count_of(session, "select count(*) from report_transfers where area >= $1 and area < $2", {area, end});
  counts.corrections = count_of(session,
                                "select count(*) from report_corrections"
                                " where county = $1 and recorded_at >= $2 and area >= $3 and area < $4",
                                {county, corrected_since, area, end});
  return counts;
}

}  // namespace tanfang::reports
