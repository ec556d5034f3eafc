#include "app/server/ledger_orders.h"

#include <boost/json.hpp>

#include "app/server/ledger_orders_store.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

constexpr std::size_t kPiece = 1u << 20;
constexpr std::int64_t kMostAttempts = 3;

std::string content_of(const LedgerOrder& order) {
  js::object content{{"file_name", order.file_name}, {"scheme", order.scheme}, {"mapping", order.mapping_text}};
  content["registered_from"] = order.registered_from ? order.registered_from->iso() : "";
  return js::serialize(content);
}

LedgerOrder order_of(const store::LedgerOrderRow& row) {
  js::object content = js::parse(row.content).as_object();
  auto text = [&](const char* name) { return std::string(content.at(name).as_string()); };
  LedgerOrder order;
  order.account = row.account;
  order.actor = row.actor;
  order.file_name = text("file_name");
  order.kind = ledgers::parse_ledger_kind(row.kind).value_or(ledgers::LedgerKind::ledger);
  order.area = row.area;
  order.scheme = text("scheme");
  order.mapping_text = text("mapping");
  order.registered_from = Date::parse(text("registered_from"));
  order.dry_run = row.dry_run;
  return order;
}

}  // namespace

/// Not the number of the process: in a container it is the same after each restart.
LedgerOrders::LedgerOrders(Service& service) : service_(service), holder_(crypto::to_hex(crypto::random_bytes(8))) {}

Instant LedgerOrders::lease_from(Instant now) const {
  return {now.milliseconds + service_.settings().jobs.lease.count()};
}

/// Piece by piece, so that others write in between.
bool LedgerOrders::keep(Id id, const LedgerOrder& order, const std::function<bool(db::Session&, Id)>& arriving) {
  const crypto::KeyRing& keys = service_.keys();
  Instant now = service_.now();
  store::LedgerOrderRow row{id,
                            order.area,
                            std::string(to_text(order.kind)),
                            order.dry_run,
                            order.account,
                            order.actor,
                            content_of(order),
                            "",
                            "",
                            now,
                            0};
  service_.database().write([&](db::Session& session) { store::insert_order(session, keys, row); });
  std::string bytes(kPiece, '\0');
  for (std::uint64_t at = 0, piece = 0; at < order.file->size(); at += kPiece, ++piece) {
    std::string_view taken(bytes.data(), order.file->read(at, bytes.data(), kPiece));
    service_.database().write(
        [&](db::Session& session) { store::insert_piece(session, keys, id, static_cast<std::int64_t>(piece), taken); });
  }
  bool kept = false;
  try {
    service_.database().write([&](db::Session& session) {
      kept = arriving(session, id);
      kept ? store::set_waiting(session, id, holder_, lease_from(service_.now())) : store::delete_order(session, id);
    });
  } catch (const Problem&) {
    service_.database().write([&](db::Session& session) { store::delete_order(session, id); });
    throw;
  }
  return kept;
}

std::optional<LedgerOrders::Kept> LedgerOrders::find(Id id) const {
  std::optional<store::LedgerOrderRow> row;
  service_.database().read([&](db::Session& session) { row = store::find_order(session, service_.keys(), id); });
  if (!row) return std::nullopt;
  return Kept{row->id, order_of(*row), row->state, row->problem, row->taken_at};
}

std::optional<LedgerOrders::Kept> LedgerOrders::adopt() {
  Instant now = service_.now();
  std::optional<store::LedgerOrderRow> row;
  service_.database().read([&](db::Session& session) { row = store::find_abandoned(session, service_.keys(), now); });
  if (!row) return std::nullopt;
  bool mine = false;
  service_.database().write([&](db::Session& session) {
    mine = store::take_abandoned(session, row->id, holder_, now, lease_from(now));
    if (mine && row->attempts >= kMostAttempts) {
      store::end_order(session, row->id, "failed", "");
      mine = false;
    }
  });
  if (!mine) return std::nullopt;
  Kept kept{row->id, order_of(*row), row->state, row->problem, row->taken_at};
  kept.order.file = file_of(row->id);
  return kept;
}

std::shared_ptr<http::File> LedgerOrders::file_of(Id id) const {
  auto file = http::File::temporary(service_.upload_folder());
  std::optional<std::string> bytes;
  for (std::int64_t piece = 0;; ++piece) {
    service_.database().read(
        [&](db::Session& session) { bytes = store::find_piece(session, service_.keys(), id, piece); });
    if (!bytes) return file;
    file->write(*bytes);
  }
}

void LedgerOrders::begin(Id id) {
  service_.database().write([&](db::Session& session) { store::set_running(session, id); });
}

void LedgerOrders::end(Id id, std::string_view state, std::string_view problem) {
  service_.database().write([&](db::Session& session) { store::end_order(session, id, state, problem); });
}

void LedgerOrders::renew() {
  Instant now = service_.now();
  if (now.milliseconds - renewed_at_ < service_.settings().jobs.lease.count() / 4) return;
  renewed_at_ = now.milliseconds;
  service_.database().write([&](db::Session& session) { store::hold_orders(session, holder_, lease_from(now)); });
}

void LedgerOrders::release() noexcept {
  try {
    service_.database().write([&](db::Session& session) { store::release_orders(session, holder_); });
  } catch (const std::exception&) {
    return;  // the lease runs out
  }
}

}  // namespace tanfang::app::server
