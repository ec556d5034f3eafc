#include "reports/trail_store.h"

#include <limits>

namespace tanfang::reports::store {
namespace {

constexpr Instant kNever{std::numeric_limits<std::int64_t>::max()};
constexpr Id kLast{std::numeric_limits<std::int64_t>::max()};

/// Of the columns number or null, county, id, at, actor, kind, subject, details.
TrailEntry read_entry(const db::Row& row) {
  return {row.string(1), row.optional_integer(0), row.id(2),     row.instant(3),
          row.string(4), row.string(5),           row.string(6), row.string(7)};
}

}  // namespace

std::vector<TrailEntry> load_tail(db::Session& session, const TrailFilter& filter, int limit) {
  return session.all(
      "select cast(null as bigint), county, id, at, actor, kind, subject, details from report_trail_tail"
      " where county = $1 and id < $2 and ($3 = '' or actor = $3) and ($4 = '' or kind = $4)"
      " and ($5 = '' or subject = $5) and at >= $6 and at < $7 order by id desc limit $8",
      {filter.county, filter.before_id.value_or(kLast), filter.actor, filter.kind, filter.subject,
       filter.from.value_or(Instant{}), filter.to.value_or(kNever), limit},
      read_entry);
}

std::vector<TrailEntry> load_chain(db::Session& session, const TrailFilter& filter, std::int64_t from,
                                   std::int64_t below, int limit) {
  return session.all(
      "select number, county, id, at, actor, kind, subject, details from report_trail"
      " where county = $1 and number >= $2 and number < $3 and ($4 = '' or actor = $4) and ($5 = '' or kind = $5)"
      " and ($6 = '' or subject = $6) and at >= $7 and at < $8 and id < $9 order by number desc limit $10",
      {filter.county, from, below, filter.actor, filter.kind, filter.subject, filter.from.value_or(Instant{}),
       filter.to.value_or(kNever), filter.before_id.value_or(kLast), limit},
      read_entry);
}

std::int64_t last_number(db::Session& session, const std::string& county) {
  return session
      .first("select max(number) from report_trail where county = $1", {county},
             [](const db::Row& row) { return row.optional_integer(0).value_or(0); })
      .value_or(0);
}

std::optional<Instant> time_of(db::Session& session, const std::string& county, std::int64_t number) {
  return session.first("select at from report_trail where county = $1 and number = $2", {county, number},
                       [](const db::Row& row) { return row.instant(0); });
}

}  // namespace tanfang::reports::store
