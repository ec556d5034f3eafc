// Rows of `proposals`. Inside the room only; `content` and `reason` are encrypted here.
#pragma once

#include "proposals/proposals.h"

namespace tanfang::proposals::store {

void insert_proposal(db::Session& session, const Proposal& row);
std::optional<Proposal> find_proposal(db::Session& session, const std::string& county, Id proposal);
/// What the proposer sent under that key.
std::optional<Proposal> find_sent(db::Session& session, const std::string& county, const std::string& proposed_by,
                                  const std::string& key);
/// `row.person`, `state`, `reason`, `decided_at` and `decided_by`.
void decide_proposal(db::Session& session, const Proposal& row);
std::vector<Proposal> list_proposals(db::Session& session, const std::string& county, const ProposalFilter& filter);
std::vector<Proposal> list_own(db::Session& session, const std::string& county, const std::string& proposed_by,
                               Instant since);
std::int64_t count_open(db::Session& session, const std::string& county, const std::string& area);

}  // namespace tanfang::proposals::store
