// What a phone says beside the answers: where it was, who signed, when to come again. Only for the files of this
// folder.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "visits/visits.h"

namespace tanfang::visits {

/// Takes the member where it is one of the evidence; false where it is none. Throws Problem `visit.malformed`. The
/// signature becomes one of the attachments.
bool read_evidence(std::string_view key, const boost::json::value& given, VisitEntry& entry);

}  // namespace tanfang::visits
