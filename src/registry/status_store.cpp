#include "registry/status_store.h"

#include "platform/db/together.h"
#include "registry/together_store.h"

namespace tanfang::registry {
namespace {

StatusSpan read_span(const db::Row& row, int column) {
  StatusSpan span;
  span.status = parse_status(row.text(column)).value();
  span.valid_from = row.date(column + 1);
  span.valid_to = row.optional_date(column + 2);
  span.recorded_at = row.instant(column + 3);
  return span;
}

}  // namespace

void insert_spans(db::Session& session, std::span<const SpanRow> rows) {
  std::string valid_from;
  std::optional<std::string> valid_to;
  session.execute_many(
      "insert into status_spans (county, person, id, status, rank, valid_from, valid_to, reason, recorded_at,"
      " sealed_reason) values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9)",
      rows.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const auto& [person, id, span, sealed] = rows[i];
        valid_from = span.valid_from.iso();
        valid_to.reset();
        if (span.valid_to) valid_to = span.valid_to->iso();
        out.insert(out.end(),
                   {person.county, person.id, id, to_text(span.status), static_cast<int>(span.status), valid_from,
                    valid_to, span.recorded_at, sealed.empty() ? std::optional<db::Bytes>() : db::Bytes{sealed}});
      });
}

void end_span(db::Session& session, const PersonKey& key, Id id, Date valid_to) {
  std::string day = valid_to.iso();
  session.execute("update status_spans set valid_to = $4 where county = $1 and person = $2 and id = $3",
                  {key.county, key.id, id, day});
}

void remove_span(db::Session& session, const PersonKey& key, Id id) {
  session.execute("delete from status_spans where county = $1 and person = $2 and id = $3", {key.county, key.id, id});
}

std::vector<SpanRow> load_spans(db::Session& session, const PersonKey& key) {
  return session.all(
      "select id, status, valid_from, valid_to, recorded_at, reason, sealed_reason from status_spans"
      " where county = $1 and person = $2 order by valid_from, id",
      {key.county, key.id}, [&](const db::Row& row) {
        SpanRow read{key, row.id(0), read_span(row, 1), {}};
        read.span.reason = row.string(5);
        if (!row.is_null(6)) read.sealed_reason = std::string(row.bytes(6));
        return read;
      });
}

std::map<Id, std::vector<StatusSpan>> load_spans(db::Session& session, std::string_view county,
                                                 const std::vector<Id>& people) {
  static const std::string sql =
      "select person, status, valid_from, valid_to, recorded_at from status_spans where county = $1 and person in (" +
      db::placeholders(2) + ") order by person, valid_from, id";
  std::map<Id, std::vector<StatusSpan>> spans;
  db::query_together(session, sql, {county}, people,
                     [&](const db::Row& row) { spans[row.id(0)].push_back(read_span(row, 1)); });
  return spans;
}

void for_each_span(db::Session& session, std::string_view county, Id first, Id last, Date from, Date to,
                   const std::function<void(Id person, StatusSpan&&)>& visit) {
  std::string first_day = from.iso();
  std::string last_day = to.iso();
  session.query(
      "select person, status, valid_from, valid_to, recorded_at from status_spans where county = $1"
      " and person >= $2 and person <= $3 and valid_from <= $5 and (valid_to is null or valid_to > $4)"
      " order by person, valid_from, id",
      {county, first, last, first_day, last_day}, [&](const db::Row& row) { visit(row.id(0), read_span(row, 1)); });
}

std::vector<Standing> load_standing_page(db::Session& session, std::string_view county, std::string_view area, Date to,
                                         Id after, std::int64_t limit) {
  std::string day = to.iso();
  std::string end = std::string(area) + ':';  // behind every code that begins with `area`
  auto read = [](const db::Row& row) {
    Standing standing;
    standing.person = row.id(0);
    standing.area = row.string(1);
    standing.name = row.string(2);
    standing.registered_on = row.date(3);
    return standing;
  };
  // A condition on the area would lead the whole county through the index by area, sorted anew for every page.
  if (area.size() <= county.size()) {
    return session.all(
        "select id, area, name, registered_on from people where county = $1 and id > $2 and registered_on <= $3"
        " order by id limit $4",
        {county, after, day, limit}, read);
  }
  return session.all(
      "select id, area, name, registered_on from people where county = $1 and id > $2 and area >= $3 and area < $4"
      " and registered_on <= $5 order by id limit $6",
      {county, after, area, end, day, limit}, read);
}

}  // namespace tanfang::registry
