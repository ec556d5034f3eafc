#include "app/server/ledger_orders_store.h"

namespace tanfang::app::server::store {
namespace {

constexpr std::string_view kColumns =
    "select id, area, kind, dry_run, account, actor, content, state, problem, taken_at, attempts from ledger_orders ";

std::string context_of(Id order) { return "ledger_orders.content:" + format_id(order); }
std::string context_of(Id order, std::int64_t piece) {
  return "ledger_order_pieces.content:" + format_id(order) + ":" + std::to_string(piece);
}

LedgerOrderRow read_order(const db::Row& row, const crypto::KeyRing& keys) {
  LedgerOrderRow one;
  one.id = row.id(0);
  one.area = row.string(1);
  one.kind = row.string(2);
  one.dry_run = row.boolean(3);
  one.account = row.id(4);
  one.actor = row.string(5);
  one.content = keys.field_cipher()->decrypt(row.bytes(6), context_of(one.id));
  one.state = row.string(7);
  one.problem = row.string(8);
  one.taken_at = row.instant(9);
  one.attempts = row.integer(10);
  return one;
}

}  // namespace

void insert_order(db::Session& session, const crypto::KeyRing& keys, const LedgerOrderRow& row) {
  std::string sealed = keys.field_cipher()->encrypt(row.content, context_of(row.id));
  session.execute(
      "insert into ledger_orders (id, area, kind, dry_run, account, actor, content, state, problem, taken_at, holder,"
      " lease_until, attempts) values ($1, $2, $3, $4, $5, $6, $7, 'arriving', '', $8, '', 0, 0)",
      {row.id, row.area, row.kind, row.dry_run, row.account, row.actor, db::Bytes{sealed}, row.taken_at});
}

void insert_piece(db::Session& session, const crypto::KeyRing& keys, Id order, std::int64_t piece,
                  std::string_view bytes) {
  std::string sealed = keys.field_cipher()->encrypt(bytes, context_of(order, piece));
  session.execute("insert into ledger_order_pieces (ledger_order, piece, content) values ($1, $2, $3)",
                  {order, piece, db::Bytes{sealed}});
}

void delete_order(db::Session& session, Id order) {
  session.execute("delete from ledger_order_pieces where ledger_order = $1", {order});
  session.execute("delete from ledger_orders where id = $1", {order});
}

void set_waiting(db::Session& session, Id order, const std::string& holder, Instant lease_until) {
  session.execute("update ledger_orders set state = 'waiting', holder = $2, lease_until = $3 where id = $1",
                  {order, holder, lease_until});
}

void set_running(db::Session& session, Id order) {
  session.execute("update ledger_orders set state = 'running', attempts = attempts + 1 where id = $1", {order});
}

void end_order(db::Session& session, Id order, std::string_view state, std::string_view problem) {
  session.execute("update ledger_orders set state = $2, problem = $3 where id = $1", {order, state, problem});
  session.execute("delete from ledger_order_pieces where ledger_order = $1", {order});
}

std::optional<LedgerOrderRow> find_abandoned(db::Session& session, const crypto::KeyRing& keys, Instant now) {
  return session.first(
      std::string(kColumns) + "where state in ('waiting', 'running') and lease_until <= $1 order by id limit 1", {now},
      [&](const db::Row& row) { return read_order(row, keys); });
}

bool take_abandoned(db::Session& session, Id order, const std::string& holder, Instant now, Instant lease_until) {
  return session.execute(
             "update ledger_orders set holder = $2, lease_until = $3 where id = $1 and lease_until <= $4"
             " and state in ('waiting', 'running')",
             {order, holder, lease_until, now}) > 0;
}

void hold_orders(db::Session& session, const std::string& holder, Instant lease_until) {
  session.execute("update ledger_orders set lease_until = $2 where holder = $1 and state in ('waiting', 'running')",
                  {holder, lease_until});
}

void release_orders(db::Session& session, const std::string& holder) {
  session.execute(
      "update ledger_orders set state = 'waiting', lease_until = 0, attempts = 0 where holder = $1"
      " and state in ('waiting', 'running')",
      {holder});
}

std::optional<LedgerOrderRow> find_order(db::Session& session, const crypto::KeyRing& keys, Id order) {
  return session.first(std::string(kColumns) + "where id = $1 and state <> 'arriving'", {order},
                       [&](const db::Row& row) { return read_order(row, keys); });
}

std::optional<std::string> find_piece(db::Session& session, const crypto::KeyRing& keys, Id order, std::int64_t piece) {
  return session.first(
      "select content from ledger_order_pieces where ledger_order = $1 and piece = $2", {order, piece},
      [&](const db::Row& row) { return keys.field_cipher()->decrypt(row.bytes(0), context_of(order, piece)); });
}

std::int64_t delete_orders(db::Session& session, Instant now) {
  Instant day_before{now.milliseconds - 86'400'000};
  session.execute(
      "delete from ledger_order_pieces where ledger_order in (select id from ledger_orders where taken_at <= $1)",
      {day_before});
  return session.execute("delete from ledger_orders where taken_at <= $1", {day_before});
}

}  // namespace tanfang::app::server::store
