#include "proposals/proposals_store.h"

namespace tanfang::proposals::store {
namespace {

/// Every code that begins with a prefix lies before the prefix and this (":" follows the digits).
constexpr char kBehindDigits = ':';

// The area is where the person lives now.
constexpr std::string_view kSelect =
    "select p.county, p.id, coalesce(f.area, p.area), p.person, p.what, p.state, p.source, p.proposed_by,"
    " p.proposal_key, p.proposed_at, p.clock_off_seconds, p.base_version, p.content, p.reason, p.decided_at,"
    " p.decided_by from proposals p left join people f on f.county = p.county and f.id = p.person";

Proposed what_of(std::string_view text) {
  for (Proposed what : {Proposed::facts, Proposed::status, Proposed::new_person}) {
    if (to_text(what) == text) return what;
  }
  return Proposed::contact;
}

Proposal read_row(const db::Row& row) {
  Proposal made;
  made.county = row.string(0);
  made.id = row.id(1);
  made.area = row.string(2);
  if (auto person = row.optional_integer(3)) made.person = Id{*person};
  made.what = what_of(row.text(4));
  made.state = parse_proposal_state(row.text(5)).value();
  made.source = registry::parse_source(row.text(6)).value();
  made.proposed_by = row.string(7);
  made.key = row.string(8);
  made.proposed_at = row.instant(9);
  made.clock_off_seconds = row.integer(10);
  made.base_version = row.string(11);
  made.content = std::string(row.bytes(12));
  if (!row.is_null(13)) made.reason = std::string(row.bytes(13));
  if (auto decided = row.optional_integer(14)) made.decided_at = Instant{*decided};
  made.decided_by = row.optional_string(15).value_or("");
  return made;
}

std::string select(std::string_view where) { return std::string(kSelect) + " where " + std::string(where); }

}  // namespace

void insert_proposal(db::Session& session, const Proposal& row) {
  session.execute(
      "insert into proposals (county, id, area, person, what, state, source, proposed_by, proposal_key, proposed_at,"
      " clock_off_seconds, base_version, content) values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12)",
      {row.county, row.id, row.area, row.person, to_text(row.what), to_text(row.source), row.proposed_by, row.key,
       row.proposed_at, row.clock_off_seconds, row.base_version, db::Bytes{row.content}});
}

std::optional<Proposal> find_proposal(db::Session& session, const std::string& county, Id proposal) {
  static const std::string sql = select("p.county = $1 and p.id = $2");
  return session.first(sql, {county, proposal}, read_row);
}

std::optional<Proposal> find_sent(db::Session& session, const std::string& county, const std::string& proposed_by,
                                  const std::string& key) {
  static const std::string sql = select("p.county = $1 and p.proposed_by = $2 and p.proposal_key = $3");
  return session.first(sql, {county, proposed_by, key}, read_row);
}

void decide_proposal(db::Session& session, const Proposal& row) {
  std::optional<db::Bytes> reason;
  if (!row.reason.empty()) reason = db::Bytes{row.reason};
  session.execute(
      "update proposals set person = $3, state = $4, reason = $5, decided_at = $6, decided_by = $7"
      " where county = $1 and id = $2",
      {row.county, row.id, row.person, to_text(row.state), reason, row.decided_at, row.decided_by});
}

std::vector<Proposal> list_proposals(db::Session& session, const std::string& county, const ProposalFilter& filter) {
  static const std::string sql = select(
      "p.county = $1 and p.state = $2 and p.id > $3 and coalesce(f.area, p.area) >= $4"
      " and coalesce(f.area, p.area) < $5 order by p.id limit $6");
  return session.all(
      sql, {county, to_text(filter.state), filter.after, filter.area, filter.area + kBehindDigits, filter.limit},
      read_row);
}

std::vector<Proposal> list_own(db::Session& session, const std::string& county, const std::string& proposed_by,
                               Instant since) {
  static const std::string sql = select(
      "p.county = $1 and p.proposed_by = $2 and (p.proposed_at >= $3 or p.decided_at >= $3) order by p.id limit 500");
  return session.all(sql, {county, proposed_by, since}, read_row);
}

std::int64_t count_open(db::Session& session, const std::string& county, const std::string& area) {
  return session
      .first(
          "select count(*) from proposals p left join people f on f.county = p.county and f.id = p.person"
          " where p.county = $1 and p.state = 'open' and coalesce(f.area, p.area) >= $2"
          " and coalesce(f.area, p.area) < $3",
          {county, area, area + kBehindDigits}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

}  // namespace tanfang::proposals::store
