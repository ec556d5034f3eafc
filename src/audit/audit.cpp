#include "audit/audit.h"

#include "audit/audit_problems.h"
#include "audit/audit_store.h"

namespace tanfang::audit {

Work::Work(db::Session& session, Instant now, IdSource& ids, std::string actor, const crypto::KeyRing& keys)
    : session(session), now(now), ids(ids), actor(std::move(actor)), keys(keys) {}

Id Work::record(const Event& event) {
  Id id = new_id();
  store::insert_unsealed(session, id, now, actor, event);
  recorded_ = true;
  return id;
}

void Work::record_many(std::span<const Event> events) {
  if (events.empty()) return;
  std::vector<Id> fresh;
  fresh.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) fresh.push_back(new_id());
  store::insert_unsealed(session, fresh, now, actor, events);
  recorded_ = true;
}

void bind_keys(db::Database& database, const crypto::KeyRing& keys) {
  std::string fingerprint = keys.fingerprint();
  std::optional<std::string> mark;
  database.read([&](db::Session& session) { mark = store::find_key_mark(session); });
  if (!mark) {
    database.write([&](db::Session& session) {
      store::insert_key_mark(session, fingerprint);
      Head head{"", 0, std::string(crypto::current_digest().name()), "", ""};
      head.mac = mac_of(head, keys);
      store::insert_head(session, head);
    });
    // Another program may have been first, with other keys.
    database.read([&](db::Session& session) { mark = store::find_key_mark(session); });
  }
  if (mark != fingerprint) throw keys_foreign();
}

bool is_bound(db::Database& database) {
  bool bound = false;
  database.read([&](db::Session& session) { bound = store::find_key_mark(session).has_value(); });
  return bound;
}

}  // namespace tanfang::audit
