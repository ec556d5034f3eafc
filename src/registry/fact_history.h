// Within the room: what a file held on a day, worked out from everything that was said.
#pragma once

#include <span>
#include <vector>

#include "registry/known_facts.h"
#include "registry/people.h"

namespace tanfang::registry {

/// What was said until the end of `on`, each fact by its newest statement then. `records` in the order of recording;
/// the first made the file and counts from the beginning.
KnownFacts facts_known_on(std::span<const StatementRecord> records, Date on);
/// `from` and the days in from..until (that day excluded) on which something was said.
std::vector<Date> days_said(std::span<const StatementRecord> records, Date from, Date until);

}  // namespace tanfang::registry
