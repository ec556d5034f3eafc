// Ledgers that were answered 202, with their files, until they are done: whoever finds one that nobody holds takes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"

namespace tanfang::app::server::store {

struct LedgerOrderRow {
  Id id;
  std::string area;
  std::string kind;
  bool dry_run = false;
  Id account;
  std::string actor;
  std::string content;  // JSON, opened
  std::string state;    // arriving, waiting, running, done, refused, failed
  std::string problem;  // JSON, or ""
  Instant taken_at;
  std::int64_t attempts = 0;
};

/// As arriving: nobody but its maker sees it. `row.content` is sealed here, the pieces of the file likewise.
void insert_order(db::Session& session, const crypto::KeyRing& keys, const LedgerOrderRow& row);
void insert_piece(db::Session& session, const crypto::KeyRing& keys, Id order, std::int64_t piece,
                  std::string_view bytes);
/// One that has not arrived whole, with what there is of its file.
void delete_order(db::Session& session, Id order);
/// It has arrived whole and waits, held by `holder` until then.
void set_waiting(db::Session& session, Id order, const std::string& holder, Instant lease_until);
/// One attempt more.
void set_running(db::Session& session, Id order);
/// How it ended; the file goes.
void end_order(db::Session& session, Id order, std::string_view state, std::string_view problem);

/// The oldest that waits or runs and is held by nobody any more.
std::optional<LedgerOrderRow> find_abandoned(db::Session& session, const crypto::KeyRing& keys, Instant now);
/// False where another was quicker.
bool take_abandoned(db::Session& session, Id order, const std::string& holder, Instant now, Instant lease_until);
/// All that `holder` has.
void hold_orders(db::Session& session, const std::string& holder, Instant lease_until);
/// Gives them to whoever looks first, as if they had not been begun.
void release_orders(db::Session& session, const std::string& holder);
/// One that arrived whole.
std::optional<LedgerOrderRow> find_order(db::Session& session, const crypto::KeyRing& keys, Id order);
/// The piece, opened; nullopt behind the last.
std::optional<std::string> find_piece(db::Session& session, const crypto::KeyRing& keys, Id order, std::int64_t piece);
/// Those older than a day, with their files; how many went.
std::int64_t delete_orders(db::Session& session, Instant now);

}  // namespace tanfang::app::server::store
