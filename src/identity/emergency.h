// Emergency access outside one's area, told to the supervisor at once, and the daily limit of reveals.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity {

/// Opens people_read and reveal in `area` (6 digits or more) until the instant returned; recorded, and a notice for
/// whoever supervises the area; the last one that the day of China allows is told to the account's own supervisors too.
/// Throws Problem `identity.emergency_reason`, `identity.emergency_area`, `identity.emergency_limit`,
/// `identity.forbidden`.
Instant open_emergency(audit::Work& work, const Settings& settings, const Principal& by, const std::string& area,
                       const std::string& reason);

struct Notice {
  Id id;
  std::string area;
  std::string kind;  // emergency_opened, emergency_limit_reached
  std::string login;
  std::string name;
  std::string reason;
  Instant at;
  Instant ends_at;
};
/// Of the principal's area, the newest first; `before` is the last id of the page before, zero for the first.
std::vector<Notice> list_notices(db::Session& session, const Principal& by, Id before, std::int64_t limit);

/// Counts one reveal of the principal's account on this day of China; call it in the transaction of the reveal. Throws
/// Problem `identity.reveal_limit` beyond `limit`.
void note_reveal(audit::Work& work, const Principal& by, int limit);
std::int64_t count_reveals(db::Session& session, Id account, Date day);

}  // namespace tanfang::identity
