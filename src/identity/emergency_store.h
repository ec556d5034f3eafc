// Rows of emergency grants, notices and counts of reveals. Only for the files of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/emergency.h"

namespace tanfang::identity::store {

void insert_grant(db::Session& session, Id id, Id account, std::string_view area, Instant ends_at);
/// Counts one more grant of the account on the day: how many it has now; nullopt where it has `limit` already.
std::optional<std::int64_t> add_grant_of_day(db::Session& session, Id account, Date day, int limit);
void insert_notice(db::Session& session, const Notice& notice, Id account);
std::vector<Notice> list_notices(db::Session& session, std::string_view area, Id before, std::int64_t limit);
/// False where the day has `limit` already.
bool add_reveal(db::Session& session, Id account, Date day, int limit);
std::int64_t load_reveals(db::Session& session, Id account, Date day);

}  // namespace tanfang::identity::store
