#include "identity/sessions_store.h"

namespace tanfang::identity::store {
namespace {

Principal read_principal(const db::Row& row) {
  Principal found;
  found.arrived_with = row.id(0);
  found.account = row.id(1);
  found.last_used = row.instant(2);
  found.must_enrol = row.boolean(3);
  found.login = row.string(4);
  found.name = row.string(5);
  found.role = parse_role(row.text(6)).value();
  found.area = row.string(7);
  if (!found.must_enrol) found.permissions = permissions_of(found.role);
  return found;
}

}  // namespace

void insert_session(db::Session& session, const SessionRow& row) {
  session.execute(
      "insert into account_sessions (token_hash, id, account, started_at, last_used, idle, ends_at, must_enrol)"
      " values ($1, $2, $3, $4, $4, $5, $6, $7)",
      {db::Bytes{row.token_hash}, row.id, row.account, row.started_at, row.idle, row.ends_at, row.must_enrol});
}

std::optional<Principal> find_principal(db::Session& session, std::string_view token_hash, Instant now) {
  // What a clock began that was far ahead would not end for as long.
  Instant tomorrow{now.milliseconds + kDay};
  std::optional<Principal> found;
  session.query(
      "select s.id, s.account, s.last_used, s.must_enrol, a.login, a.name, a.role, a.area, g.area, g.ends_at"
      " from account_sessions s join accounts a on a.id = s.account"
      " left join emergency_grants g on g.account = s.account and g.ends_at > $2"
      " where s.token_hash = $1 and s.ends_at > $2 and s.last_used + s.idle > $2 and s.started_at < $3 and a.enabled = "
      "1",
      {db::Bytes{token_hash}, now, tomorrow}, [&](const db::Row& row) {
        if (!found) found = read_principal(row);
        if (!row.is_null(8)) found->emergencies.push_back({row.string(8), row.instant(9)});
      });
  return found;
}

void set_session_used(db::Session& session, Id id, Instant at) {
  session.execute("update account_sessions set last_used = $2 where id = $1 and (last_used < $2 or last_used > $3)",
                  {id, at, Instant{at.milliseconds + kMinute}});
}

void set_session_enrolled(db::Session& session, Id id) {
  session.execute("update account_sessions set must_enrol = 0 where id = $1", {id});
}

std::vector<SessionEntry> list_sessions(db::Session& session, Id account, Instant now) {
  return session.all(
      "select id, started_at, last_used, ends_at from account_sessions"
      " where account = $1 and ends_at > $2 and last_used + idle > $2 order by id desc",
      {account, now}, [](const db::Row& row) {
        return SessionEntry{row.id(0), row.instant(1), row.instant(2), row.instant(3)};
      });
}

bool remove_session(db::Session& session, Id account, Id id) {
  return session.execute("delete from account_sessions where account = $1 and id = $2", {account, id}) == 1;
}

std::int64_t remove_sessions(db::Session& session, Id account, Id kept) {
  return session.execute("delete from account_sessions where account = $1 and id <> $2", {account, kept});
}

std::int64_t remove_arrivals(db::Session& session, Id account, Instant now) {
  session.execute("delete from emergency_grants where account = $1", {account});
  session.execute("update machine_tokens set revoked_at = $2 where account = $1 and revoked_at is null",
                  {account, now});
  return remove_sessions(session, account);
}

Wait load_wait(db::Session& session, std::string_view scope, std::string_view key_hash) {
  auto found =
      session.first("select failures, since, closed_until from sign_in_waits where scope = $1 and key_hash = $2",
                    {scope, db::Bytes{key_hash}}, [](const db::Row& row) {
                      return Wait{row.integer(0), row.instant(1), row.instant(2)};
                    });
  return found.value_or(Wait{});
}

void put_wait(db::Session& session, std::string_view scope, std::string_view key_hash, const Wait& wait) {
  session.execute(
      "insert into sign_in_waits (scope, key_hash, failures, since, closed_until) values ($1, $2, $3, $4, $5)"
      " on conflict (scope, key_hash) do update set failures = excluded.failures, since = excluded.since,"
      " closed_until = excluded.closed_until",
      {scope, db::Bytes{key_hash}, wait.failures, wait.since, wait.closed_until});
}

void remove_wait(db::Session& session, std::string_view scope, std::string_view key_hash) {
  session.execute("delete from sign_in_waits where scope = $1 and key_hash = $2", {scope, db::Bytes{key_hash}});
}

std::int64_t remove_expired(db::Session& session, Instant now) {
  Instant yesterday{now.milliseconds - kDay};
  Instant last_year{now.milliseconds - 366 * kDay};
  std::string last_month = (china_date(now) - 31).iso();
  std::int64_t gone = 0;
  gone += session.execute("delete from account_sessions where ends_at <= $1 or last_used + idle <= $1", {now});
  gone += session.execute("delete from invitations where ends_at <= $1", {now});
  gone += session.execute("delete from device_invitations where ends_at <= $1", {now});
  gone += session.execute("delete from emergency_grants where ends_at <= $1", {now});
  gone += session.execute("delete from sign_in_waits where since <= $1 and closed_until <= $2", {yesterday, now});
  gone += session.execute("delete from reveal_counts where day < $1", {last_month});
  gone += session.execute("delete from emergency_counts where day < $1", {last_month});
  gone += session.execute("delete from sign_on_attempts where ends_at <= $1", {now});
  gone += session.execute("delete from notices where at <= $1", {last_year});
  return gone;
}

}  // namespace tanfang::identity::store
