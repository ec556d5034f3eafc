// Rows of the trail. Inside the room only.
#pragma once

#include <vector>

#include "reports/reports.h"

namespace tanfang::reports::store {

/// Of what waits to be sealed; the newest first.
std::vector<TrailEntry> load_tail(db::Session& session, const TrailFilter& filter, int limit);
/// Of the chain, with numbers from `from` and below `below`; the newest first.
std::vector<TrailEntry> load_chain(db::Session& session, const TrailFilter& filter, std::int64_t from,
                                   std::int64_t below, int limit);
/// The last number of the chain; 0 where it is empty.
std::int64_t last_number(db::Session& session, const std::string& county);
/// When the entry of that number was; nullopt where there is none.
std::optional<Instant> time_of(db::Session& session, const std::string& county, std::int64_t number);

}  // namespace tanfang::reports::store
