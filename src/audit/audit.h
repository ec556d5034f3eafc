// The trail of every change and every look at unmasked data, in a hash chain for each county.
//
// A use case records its event in the same transaction as its change (`Work::record`). Sealing comes after the commit,
// in batches, so that writers never wait for one another: `seal` appends committed events to their county's chain in
// order; `verify` recomputes the chain and names the first entry that was edited or deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"

namespace tanfang::audit {

struct Event {
  std::string county;   // 6 digits; "" for what belongs to no county (schemes, areas, keys)
  std::string kind;     // past tense: person_registered, visit_recorded, field_revealed …
  std::string subject;  // `person:<id>`, `visit:<id>`, `ledger:<id>` …
  std::string details;  // a JSON object without personal data in clear
};

/// What a use case works with: one open transaction, who acts, when, and where new ids come from.
class Work {
 public:
  Work(db::Session& session, Instant now, IdSource& ids, std::string actor, const crypto::KeyRing& keys);

  db::Session& session;
  const Instant now;
  IdSource& ids;
  const std::string actor;  // account or `command:<user>`
  const crypto::KeyRing& keys;

  Date today() const { return china_date(now); }
  Id new_id() { return ids.next(now); }

  /// Appends the event to the trail; returns its id.
  Id record(const Event& event);
  /// Says that nothing had to change, so that nothing need be recorded.
  void unchanged() { unchanged_ = true; }
  bool recorded_or_unchanged() const { return recorded_ || unchanged_; }

 private:
  bool recorded_ = false;
  bool unchanged_ = false;
};

/// Seals all committed events that are not yet in a chain; returns how many.
std::int64_t seal(db::Database& database, const crypto::KeyRing& keys);

struct Verification {
  std::int64_t entries = 0;
  std::int64_t sealed = 0;
  bool ok = true;
  /// The first entry that does not agree with the chain: county, number in the chain, what is wrong (`edited`,
  /// `deleted`, `head`).
  struct Bad {
    std::string county;
    std::int64_t number;
    std::string what;
  };
  std::optional<Bad> first_bad;
};

Verification verify(db::Database& database, const crypto::KeyRing& keys);

}  // namespace tanfang::audit
