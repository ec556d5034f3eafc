// The trail of every change and every look at unmasked data, in a hash chain for each county.
//
// A use case records its event in the same transaction as its change (`Work::record`). Sealing comes after the commit,
// in batches, so that writers never wait for one another: `seal` appends committed events to their county's chain in
// order; `verify` recomputes the chain and names the first entry that was edited or deleted.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
  /// The same for many at once (imports): one statement run many times, in the order given.
  void record_many(std::span<const Event> events);
  /// Says that nothing had to change, so that nothing need be recorded.
  void unchanged() { unchanged_ = true; }
  bool recorded_or_unchanged() const { return recorded_ || unchanged_; }

 private:
  bool recorded_ = false;
  bool unchanged_ = false;
};

/// Binds a new database to its keys; later makes sure that these are the same ones (rotation does not change that).
/// Throws Problem `keys.foreign`.
void bind_keys(db::Database& database, const crypto::KeyRing& keys);
/// Whether `bind_keys` was ever done here.
bool is_bound(db::Database& database);

/// Seals all committed events that are not yet in a chain; returns how many. Several processes may call it: one seals
/// at a time. A chain whose head is not what this ring authenticated is left as it is, for `verify` to name.
std::int64_t seal(db::Database& database, const crypto::KeyRing& keys);

struct Verification {
  std::int64_t entries = 0;
  /// How many of them stand in a chain; the rest is the unsealed tail.
  std::int64_t sealed = 0;
  bool ok = true;
  /// The first entry that does not agree with the chain: county, number in the chain (from 1), and what is wrong:
  /// `edited` (it, or what was hashed before it), `deleted`, `inserted` (behind the head), `head` (the record of the
  /// chain's end is gone or not authentic).
  struct Bad {
    std::string county;
    std::int64_t number = 0;
    std::string what;
  };
  std::optional<Bad> first_bad;
};

/// Recomputes every chain in one snapshot, reading each entry once and keeping none. `progress`, where given, is told
/// now and then how many entries are done.
Verification verify(db::Database& database, const crypto::KeyRing& keys,
                    const std::function<void(std::int64_t)>& progress = {});

/// One line of the trail as `list` shows it. `number` is missing where the event is not yet sealed.
struct Entry {
  std::string county;
  std::optional<std::int64_t> number;
  Id id;
  Instant at;
  std::string actor;
  std::string kind;
  std::string subject;
  std::string details;
};

struct Filter {
  std::optional<std::string> county;
  std::optional<std::string> kind;
  std::optional<std::string> subject;
  std::int64_t limit = 100;
};

/// The unsealed tail first, then the newest entries first: along its chain for one county, by time for all.
std::vector<Entry> list(db::Session& session, const Filter& filter);

}  // namespace tanfang::audit
