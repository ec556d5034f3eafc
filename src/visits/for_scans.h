// Paper copies of records, as the room `scans` brings them.
#pragma once

#include <string>
#include <string_view>

#include "visits/visits.h"

namespace tanfang::visits {

/// Whether the record may name one more picture.
bool has_room_for_paper(db::Session& session, const std::string& county, Id visit);

/// Puts the picture and lets the record name it, beside the photos it named from the start; what it names already
/// stays. Whose record it is. Throws Problem `visit.unknown`, `attachment.…`. Records `attachment_put` where it is new,
/// and `visit_paper_attached`.
Id attach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                std::string_view picture);

}  // namespace tanfang::visits
