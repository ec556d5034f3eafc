#include "audit/audit_store.h"

namespace tanfang::audit::store {
namespace {

constexpr std::string_view kInsertUnsealed =
    "insert into audit_unsealed (county, id, at, actor, kind, subject, details) values ($1, $2, $3, $4, $5, $6, $7)";

Head read_head(const db::Row& row) {
  return Head{row.string(0), row.integer(1), row.string(2), std::string(row.bytes(3)), std::string(row.bytes(4))};
}

std::optional<std::string> read_county(const db::Row& row) { return row.optional_string(0); }

}  // namespace

void insert_unsealed(db::Session& session, Id id, Instant at, std::string_view actor, const Event& event) {
  session.execute(kInsertUnsealed, {event.county, id, at, actor, event.kind, event.subject, event.details});
}

void insert_unsealed(db::Session& session, std::span<const Id> ids, Instant at, std::string_view actor,
                     std::span<const Event> events) {
  session.execute_many(kInsertUnsealed, events.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
    const Event& event = events[i];
    out = {event.county, ids[i], at, actor, event.kind, event.subject, event.details};
  });
}

std::optional<std::string> unsealed_county_after(db::Session& session, const std::optional<std::string>& county) {
  auto found = county
                   ? session.first("select min(county) from audit_unsealed where county > $1", {*county}, read_county)
                   : session.first("select min(county) from audit_unsealed", {}, read_county);
  return found ? *found : std::nullopt;
}

std::vector<Entry> unsealed(db::Session& session, const std::string& county, std::int64_t limit) {
  return session.all(
      "select id, at, actor, kind, subject, details from audit_unsealed where county = $1 order by id limit $2",
      {county, limit}, [&](const db::Row& row) {
        return Entry{county,        std::nullopt,  row.id(0),     row.instant(1),
                     row.string(2), row.string(3), row.string(4), row.string(5)};
      });
}

void append(db::Session& session, std::span<const Entry> entries, std::span<const std::string> hashes) {
  session.execute_many(
      "insert into audit_events (county, number, id, at, actor, kind, subject, details, hash)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      entries.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const Entry& entry = entries[i];
        out = {entry.county,  entry.number,        entry.id, entry.at, entry.actor, entry.kind, entry.subject,
               entry.details, db::Bytes{hashes[i]}};
      });
}

void remove_unsealed(db::Session& session, std::span<const Entry> entries) {
  session.execute_many("delete from audit_unsealed where county = $1 and id = $2", entries.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {entries[i].county, entries[i].id};
                       });
}

bool lock_sealing(db::Session& session) {
  // Writing the row holds it against other sealers, on either engine; `for update` exists on one only.
  return session.execute("update audit_heads set number = number where county = ''") == 1;
}

std::optional<Head> find_head(db::Session& session, const std::string& county) {
  return session.first("select county, number, digest, hash, mac from audit_heads where county = $1", {county},
                       read_head);
}

std::vector<Head> heads(db::Session& session) {
  return session.all("select county, number, digest, hash, mac from audit_heads order by county", {}, read_head);
}

void insert_head(db::Session& session, const Head& head) {
  session.execute(
      "insert into audit_heads (county, number, digest, hash, mac) values ($1, $2, $3, $4, $5)"
      " on conflict (county) do nothing",
      {head.county, head.number, head.digest, db::Bytes{head.hash}, db::Bytes{head.mac}});
}

void update_head(db::Session& session, const Head& head) {
  session.execute("update audit_heads set number = $2, hash = $3, mac = $4 where county = $1",
                  {head.county, head.number, db::Bytes{head.hash}, db::Bytes{head.mac}});
}

std::int64_t last_number(db::Session& session, const std::string& county) {
  auto found = session.first("select max(number) from audit_events where county = $1", {county},
                             [](const db::Row& row) { return row.optional_integer(0).value_or(0); });
  return found.value_or(0);
}

std::optional<std::string> sealed_county_after(db::Session& session, const std::optional<std::string>& county) {
  auto found = county ? session.first("select min(county) from audit_events where county > $1", {*county}, read_county)
                      : session.first("select min(county) from audit_events", {}, read_county);
  return found ? *found : std::nullopt;
}

std::int64_t read_sealed(db::Session& session, const std::string& county, std::int64_t after, std::int64_t limit,
                         const std::function<void(const Link&, std::string_view hash)>& visit) {
  std::int64_t count = 0;
  session.query(
      "select number, id, at, actor, kind, subject, details, hash from audit_events"
      " where county = $1 and number > $2 order by number limit $3",
      {county, after, limit}, [&](const db::Row& row) {
        ++count;
        visit(Link{county, row.integer(0), row.integer(1), row.integer(2), row.text(3), row.text(4), row.text(5),
                   row.text(6)},
              row.bytes(7));
      });
  return count;
}

std::int64_t count_sealed(db::Session& session) {
  auto count = [](const db::Row& row) { return row.integer(0); };
  return session.first("select count(*) from audit_events", {}, count).value_or(0);
}

std::int64_t count_unsealed(db::Session& session) {
  auto count = [](const db::Row& row) { return row.integer(0); };
  return session.first("select count(*) from audit_unsealed", {}, count).value_or(0);
}

std::optional<std::string> find_key_mark(db::Session& session) {
  return session.first("select fingerprint from key_marks where name = 'hash_key'", {},
                       [](const db::Row& row) { return std::string(row.bytes(0)); });
}

void insert_key_mark(db::Session& session, const std::string& fingerprint) {
  session.execute("insert into key_marks (name, fingerprint) values ('hash_key', $1) on conflict (name) do nothing",
                  {db::Bytes{fingerprint}});
}

}  // namespace tanfang::audit::store
