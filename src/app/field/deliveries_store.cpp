#include "app/field/deliveries_store.h"

namespace tanfang::app::field::store {
namespace {

/// What `read_set_aside` reads, in this order.
const std::string kColumns =
    "select p.id, p.device, p.kind, p.person, p.why, p.received_at, a.id, a.login, a.name, a.role, a.area, p.key,"
    " p.content, p.clock_off, p.accepted from set_aside p join accounts a on a.id = p.account";

SetAsideRow read_set_aside(const db::Row& row) {
  SetAsideRow found;
  found.parcel.id = row.id(0);
  found.parcel.device = row.id(1);
  found.parcel.kind = row.string(2);
  if (!row.is_null(3)) found.parcel.person = row.id(3);
  found.parcel.why = row.string(4);
  found.parcel.received_at = row.instant(5);
  found.parcel.account.id = row.id(6);
  found.parcel.account.login = row.string(7);
  found.parcel.account.name = row.string(8);
  found.parcel.account.role = identity::parse_role(row.text(9)).value();
  found.parcel.account.area = row.string(10);
  found.key = row.string(11);
  found.content = row.bytes(12);
  found.clock_off = row.integer(13);
  if (!row.is_null(14)) found.accepted = row.boolean(14);
  return found;
}

}  // namespace

std::optional<Kept> find_receipt(db::Session& session, Id account, const std::string& key) {
  return session.first("select digest, result, applied from parcels where account = $1 and key = $2", {account, key},
                       [](const db::Row& row) {
                         Kept kept{std::string(row.bytes(0)), {row.id(1)}};
                         if (!row.is_null(2)) kept.verdict.applied = row.boolean(2);
                         return kept;
                       });
}

void insert_receipt(db::Session& session, const Parcel& parcel, const std::string& digest, const Verdict& verdict,
                    Instant now) {
  std::optional<std::int64_t> applied;
  if (verdict.applied) applied = *verdict.applied;
  session.execute(
      "insert into parcels (account, key, kind, digest, result, applied, device, received_at)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8)",
      {parcel.sender.account, parcel.key, parcel.kind, db::Bytes{digest}, verdict.id, applied, parcel.device, now});
}

std::optional<SetAsideRow> find_set_aside(db::Session& session, Id account, const std::string& key) {
  static const std::string kSql = kColumns + " where p.account = $1 and p.key = $2";
  return session.first(kSql, {account, key}, read_set_aside);
}

std::optional<SetAsideRow> find_set_aside(db::Session& session, Id parcel) {
  static const std::string kSql = kColumns + " where p.id = $1";
  return session.first(kSql, {parcel}, read_set_aside);
}

void insert_set_aside(db::Session& session, const SetAsideRow& row) {
  const SetAside& parcel = row.parcel;
  session.execute(
      "insert into set_aside (id, area, account, device, key, kind, content, person, clock_off, why, received_at)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {parcel.id, parcel.account.area, parcel.account.id, parcel.device, row.key, parcel.kind, db::Bytes{row.content},
       parcel.person, row.clock_off, parcel.why, parcel.received_at});
}

std::vector<SetAside> list_set_aside(db::Session& session, std::string_view area, Id after, std::int64_t limit) {
  static const std::string kSql =
      kColumns + " where p.area >= $1 and p.area < $2 and p.id > $3 and p.judged_at is null order by p.id limit $4";
  std::string end = std::string(area) + ":";
  return session.all(kSql, {area, end, after, limit}, [](const db::Row& row) { return read_set_aside(row).parcel; });
}

void judge_set_aside(db::Session& session, Id parcel, bool accepted, Instant now) {
  session.execute("update set_aside set judged_at = $2, accepted = $3, content = $4 where id = $1",
                  {parcel, now, accepted, db::Bytes{""}});
}

std::int64_t erase_set_aside(db::Session& session, const std::string& county, Id person) {
  return session.execute("delete from set_aside where area >= $1 and area < $2 and person = $3",
                         {county, county + ":", person});
}

}  // namespace tanfang::app::field::store
