#include "alarms/alarms_store.h"

#include "alarms/alarms_entry.h"

namespace tanfang::alarms::store {
namespace {

/// Every code that begins with a prefix lies before the prefix and this (":" follows the digits).
constexpr char kBehindDigits = ':';

constexpr std::string_view kSelect =
    "select county, id, area, person, what, state, happened_at, reported_at, reported_by, report_key,"
    " clock_off_seconds, content, acknowledged_at, acknowledged_by, closed_at, closed_by, outcome,"
    " doubt from emergencies";

What what_of(std::string_view text) {
  int what = 0;
  while (to_text(static_cast<What>(what)) != text) ++what;
  return static_cast<What>(what);
}

std::optional<Instant> optional_instant(const db::Row& row, int column) {
  auto at = row.optional_integer(column);
  return at ? std::optional(Instant{*at}) : std::nullopt;
}

Row read_row(const db::Row& row) {
  Row made;
  Emergency& emergency = made.emergency;
  emergency.county = row.string(0);
  emergency.id = row.id(1);
  emergency.area = row.string(2);
  emergency.person = Id{row.optional_integer(3).value_or(0)};
  emergency.report.person = emergency.person;
  emergency.report.what = what_of(row.text(4));
  emergency.state = parse_state(row.text(5)).value();
  emergency.report.at = row.instant(6);
  emergency.reported_at = row.instant(7);
  emergency.reported_by = row.string(8);
  made.key = row.string(9);
  emergency.clock_off_seconds = row.integer(10);
  if (!row.is_null(11)) made.content = std::string(row.bytes(11));
  emergency.acknowledged_at = optional_instant(row, 12);
  emergency.acknowledged_by = row.optional_string(13).value_or("");
  emergency.closed_at = optional_instant(row, 14);
  emergency.closed_by = row.optional_string(15).value_or("");
  if (!row.is_null(16)) emergency.outcome = std::string(row.bytes(16));
  emergency.doubt = row.string(17);
  return made;
}

std::string select(std::string_view rest) { return std::string(kSelect) + " " + std::string(rest); }

std::optional<std::string_view> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

}  // namespace

void insert(db::Session& session, const Row& row) {
  const Emergency& emergency = row.emergency;
  std::optional<std::int64_t> person;
  if (emergency.person.value != 0) person = emergency.person.value;
  session.execute(
      "insert into emergencies (county, id, area, person, what, state, happened_at, reported_at, reported_by,"
      " report_key, clock_off_seconds, content, change, doubt)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {emergency.county, emergency.id, emergency.area, person, to_text(emergency.report.what), to_text(emergency.state),
       *emergency.report.at, emergency.reported_at, emergency.reported_by, row.key, emergency.clock_off_seconds,
       db::Bytes{row.content}, row.change, emergency.doubt});
}

std::optional<Row> find(db::Session& session, const std::string& county, Id emergency) {
  static const std::string sql = select("where county = $1 and id = $2");
  return session.first(sql, {county, emergency}, read_row);
}

std::optional<Id> find_sent(db::Session& session, const std::string& county, const std::string& reported_by,
                            const std::string& key) {
  return session.first("select id from emergencies where county = $1 and reported_by = $2 and report_key = $3",
                       {county, reported_by, key}, [](const db::Row& row) { return row.id(0); });
}

void update(db::Session& session, const Row& row) {
  const Emergency& emergency = row.emergency;
  std::optional<db::Bytes> outcome;
  if (!emergency.outcome.empty()) outcome = db::Bytes{emergency.outcome};
  session.execute(
      "update emergencies set state = $3, acknowledged_at = $4, acknowledged_by = $5, closed_at = $6, closed_by = $7,"
      " outcome = $8, change = $9 where county = $1 and id = $2",
      {emergency.county, emergency.id, to_text(emergency.state), emergency.acknowledged_at,
       or_null(emergency.acknowledged_by), emergency.closed_at, or_null(emergency.closed_by), outcome, row.change});
}

std::vector<Row> list(db::Session& session, const std::string& county, const Filter& filter) {
  static const std::string sql = select(
      "where county = $1 and area >= $2 and area < $3 and (id < $4 or $4 = 0) and (state = $5 or $5 = '')"
      " order by id desc limit $6");
  return session.all(sql,
                     {county, filter.area, filter.area + kBehindDigits, filter.before,
                      filter.state ? to_text(*filter.state) : std::string_view(), filter.limit},
                     read_row);
}

std::int64_t count(db::Session& session, const std::string& county, const std::string& area, State state) {
  return session
      .first("select count(*) from emergencies where county = $1 and area >= $2 and area < $3 and state = $4",
             {county, area, area + kBehindDigits, to_text(state)}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

std::vector<Change> list_changes(db::Session& session, Id after) {
  return session.all("select change, id, area, state from emergencies where change > $1 order by change limit 1000",
                     {after}, [](const db::Row& row) {
                       return Change{row.id(0), row.id(1), row.string(2), parse_state(row.text(3)).value()};
                     });
}

void put_telling(db::Session& session, const std::string& county, bool told) {
  session.execute(
      "insert into emergency_telling (county, county_told) values ($1, $2)"
      " on conflict (county) do update set county_told = excluded.county_told",
      {county, told});
}

std::int64_t erase(db::Session& session, const std::string& county, Id person) {
  return session.execute(
      "update emergencies set content = null, outcome = null where county = $1 and person = $2"
      " and (content is not null or outcome is not null)",
      {county, person});
}

}  // namespace tanfang::alarms::store

namespace tanfang::alarms {

bool is_county_told(db::Session& session, const std::string& county) {
  return session
      .first("select county_told from emergency_telling where county = $1", {county},
             [](const db::Row& row) { return row.boolean(0); })
      .value_or(true);
}

std::set<std::string> untold_counties(db::Session& session) {
  std::set<std::string> counties;
  session.query("select county from emergency_telling where county_told = 0", {},
                [&](const db::Row& row) { counties.insert(row.string(0)); });
  return counties;
}

}  // namespace tanfang::alarms
