// The house that imports of ledgers, and their undoing, work in: what follows for planning in the same transactions.
#pragma once

#include <functional>
#include <string>

#include "ledgers/ledgers.h"
#include "planning/planning.h"

namespace tanfang::app {

/// All that is referred to must outlive the house.
ledgers::House ledger_house(db::Database& database, const crypto::KeyRing& keys, IdSource& ids,
                            const planning::Policies& policies, std::string actor, std::function<Instant()> now);

}  // namespace tanfang::app
