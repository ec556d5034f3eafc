// Paper copies of records, as the room `scans` brings them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits {

/// The record that stands where this one did: itself, or the last of those that correct it. Throws Problem
/// `visit.unknown`.
Visit standing_record(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id visit);

/// Whether the record may name the picture: it names it already, or has room for one more.
bool has_room_for_paper(db::Session& session, const std::string& county, Id visit, const std::string& digest);

/// Whether the picture was taken out of the record, and not put back.
bool was_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest);

/// Refuses a correction of the record that names paper which was taken out of it: who makes it has not seen that.
/// Throws Problem `visit.paper_taken_out`.
void require_not_taken_out(db::Session& session, const std::string& county, Id visit,
                           const std::vector<std::string>& attachments);

/// Puts the picture and lets the record name it, beside the photos it named from the start; what it names already
/// stays. Whose record it is. Throws Problem `visit.unknown`, `attachment.…`. Records `attachment_put` where it is new,
/// and `visit_paper_attached` where the record did not name it.
Id attach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                std::string_view picture);

/// Takes a paper copy that stands with the wrong record away again, from that record and from those of the same person
/// that correct it, which took it over; not from one that `is_kept` says has it in its own right, nor from what
/// corrects that. The picture; kept no longer where nothing names it. Throws Problem `visit.unknown`,
/// `attachment.unknown`. Records `visit_paper_detached` for each record it is taken from.
std::string detach_paper(audit::Work& work, const std::string& county, Id visit, const std::string& digest,
                         const std::function<bool(Id visit)>& is_kept);

}  // namespace tanfang::visits
