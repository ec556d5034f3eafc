// Attachments within the room: with the day's limit of whoever sends pictures, or without, as for paper that was
// scanned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "audit/audit.h"

namespace tanfang::visits {

/// `put_attachment` with `most_a_day` bytes of one actor, or without a limit.
bool keep_attachment(audit::Work& work, const std::string& county, const std::string& digest, std::string_view content,
                     std::optional<std::int64_t> most_a_day);

}  // namespace tanfang::visits
