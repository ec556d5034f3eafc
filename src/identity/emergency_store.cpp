#include "identity/emergency_store.h"

#include <limits>

namespace tanfang::identity::store {

void insert_grant(db::Session& session, Id id, Id account, std::string_view area, Instant ends_at) {
  session.execute("insert into emergency_grants (id, account, area, ends_at) values ($1, $2, $3, $4)",
                  {id, account, area, ends_at});
}

std::optional<std::int64_t> add_grant_of_day(db::Session& session, Id account, Date day, int limit) {
  std::string iso = day.iso();
  return session.first(
      "insert into emergency_counts (account, day, grants) values ($1, $2, 1)"
      " on conflict (account, day) do update set grants = emergency_counts.grants + 1"
      " where emergency_counts.grants < $3 returning grants",
      {account, iso, limit}, [](const db::Row& row) { return row.integer(0); });
}

void insert_notice(db::Session& session, const Notice& notice, Id account) {
  session.execute(
      "insert into notices (id, area, kind, account, reason, at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)",
      {notice.id, notice.area, notice.kind, account, notice.reason, notice.at, notice.ends_at});
}

std::vector<Notice> list_notices(db::Session& session, std::string_view area, Id before, std::int64_t limit) {
  std::string beyond = std::string(area) + ":";  // the character after 9
  Id below{before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value};
  return session.all(
      "select n.id, n.area, n.kind, a.login, a.name, n.reason, n.at, n.ends_at from notices n"
      " join accounts a on a.id = n.account where ((n.area >= $1 and n.area < $2) or (a.area >= $1 and a.area < $2))"
      " and n.id < $3"
      " order by n.id desc limit $4",
      {area, beyond, below, limit}, [](const db::Row& row) {
        return Notice{row.id(0),     row.string(1), row.string(2),  row.string(3),
                      row.string(4), row.string(5), row.instant(6), row.instant(7)};
      });
}

bool add_reveal(db::Session& session, Id account, Date day, int limit) {
  std::string iso = day.iso();
  return limit > 0 && session.execute(
                          "insert into reveal_counts (account, day, reveals) values ($1, $2, 1)"
                          " on conflict (account, day) do update set reveals = reveal_counts.reveals + 1"
                          " where reveal_counts.reveals < $3",
                          {account, iso, limit}) == 1;
}

std::int64_t load_reveals(db::Session& session, Id account, Date day) {
  std::string iso = day.iso();
  return session
      .first("select reveals from reveal_counts where account = $1 and day = $2", {account, iso},
             [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

}  // namespace tanfang::identity::store
