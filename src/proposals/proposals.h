// Proposals: what somebody in the field says should be changed of the registry. Done at once where they have the right
// and the file is still what they saw; otherwise it waits until somebody who may decide has looked. The later word
// never wins by being later.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "registry/registry.h"

namespace tanfang::proposals {

enum class Proposed { facts, status, new_person, contact };
std::string_view to_text(Proposed what);

/// In the field's plain words: `moved`, `deceased`, `hospital`, `back`.
struct ProposedStatus {
  std::string status;
  std::optional<Date> from;
  std::optional<Date> to;  // of `hospital`: the last day
  std::string note;
};
struct ProposedPerson {
  std::string name;
  std::string citizen_number;  // or empty: who accepts must know it
  std::string birth_date;      // as said, for who decides
  std::string sex;
  std::string village;
  std::string address;
  std::string phone;
  std::string note;
};
struct ProposalContent {
  Proposed what = Proposed::facts;
  Id person;  // zero for somebody new
  std::string base_version;
  std::optional<Date> on;
  registry::FactValues facts;
  registry::PersonCorrection correction;  // of `facts`: name, phone and address, which are the file's own
  ProposedStatus status;
  ProposedPerson new_person;
  registry::Contact contact;
  std::string note;
};

/// Foreign bytes: one JSON object, as phones send it. Throws Problem `proposal.malformed` with the field, `json.…`.
ProposalContent read_proposal(std::string_view text);
/// The same text with its days moved: the clock of who wrote it was wrong by so many.
std::string move_days(std::string_view text, std::int64_t days);

enum class ProposalState { open, accepted, rejected };
std::string_view to_text(ProposalState state);
std::optional<ProposalState> parse_proposal_state(std::string_view text);

struct Proposal {
  std::string county;
  Id id;
  std::string area;          // where the person lives now; for somebody new the village that was said
  std::optional<Id> person;  // of somebody new: once registered
  Proposed what = Proposed::facts;
  ProposalState state = ProposalState::open;
  registry::Source source = registry::Source::visit;
  std::string proposed_by;  // actor
  std::string key;
  Instant proposed_at;
  std::int64_t clock_off_seconds = 0;
  std::string base_version;
  std::string content;  // JSON as said
  std::string reason;   // of a rejection
  std::optional<Instant> decided_at;
  std::string decided_by;
};

/// Who proposes, and whether they could decide it themselves.
struct Proposer {
  std::string county;
  std::string area;   // where the proposal belongs: the file's, or the village of somebody new
  std::string scope;  // the area that the proposer answers for, as `registry::Terms::scope`
  std::string actor;  // its name behind the colon is who spoke, within the source
  registry::Source source = registry::Source::visit;
  std::string key;
  std::int64_t clock_off_seconds = 0;
  bool may_decide = false;
};

/// What came of it.
struct Settled {
  Id proposal;
  bool repeated = false;  // it was there already
  ProposalState state = ProposalState::open;
  bool applied = false;                       // now
  std::optional<registry::PersonKey> person;  // whose file changed now
  Date affects_from;                          // with `person`: what is owed follows from this day on
  Id transfer;                                // somebody new whose file another county holds: it was asked for
};

/// Keeps it, and does it where the proposer may and the base still holds. Refuses `proposal.malformed` (also for what
/// the content does not need a file to be seen wrong), `fact.…`, `area.unknown`, `person.unknown`,
/// and, doing it, whatever the use case refuses. Records `proposal_made`; with doing it also what `accept_proposal`
/// records.
Settled propose(audit::Work& work, const registry::Classifier& classifier, const Proposer& proposer,
                std::string_view text);

/// Does it in the name of who accepts: facts with their source, speaker and day. `citizen_number`: of somebody new
/// whose number was not said. Again: unchanged. Refuses `proposal.unknown`, `proposal.decided`,
/// `proposal.citizen_number`, and whatever the use case refuses. Records `proposal_accepted` with the proposer.
Settled accept_proposal(audit::Work& work, const registry::Classifier& classifier, const std::string& county,
                        Id proposal, const std::string& scope, std::string_view citizen_number);
/// Refuses `proposal.unknown`, `proposal.decided`, `proposal.reason`. Records `proposal_rejected`.
void reject_proposal(audit::Work& work, const std::string& county, Id proposal, std::string_view reason);

/// Throws Problem `proposal.unknown`.
Proposal load_proposal(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id proposal);
Problem unknown_proposal();

struct ProposalFilter {
  std::string area;
  ProposalState state = ProposalState::open;
  Id after = {};
  int limit = 50;
};
/// By id, the oldest first.
std::vector<Proposal> list_proposals(db::Session& session, const crypto::KeyRing& keys, const ProposalFilter& filter);
/// Of one proposer (an actor), made or decided since.
std::vector<Proposal> list_own_proposals(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                         const std::string& proposed_by, Instant since);
/// What of the file is not as it was in that version: names of facts, `name`, `residence_area`, `phone`, `address`,
/// `contacts`, `household`, `status`, `consents`, each once; all that was ever said where the version is none.
std::vector<std::string> changed_since(db::Session& session, const registry::PersonKey& key, std::string_view version);
std::int64_t count_open_proposals(db::Session& session, const std::string& area);
/// In clear, for a reason of at least 4 characters which the trail keeps. Records `proposal_revealed`.
Proposal reveal_proposal(audit::Work& work, const std::string& county, Id proposal, std::string_view reason);

}  // namespace tanfang::proposals
