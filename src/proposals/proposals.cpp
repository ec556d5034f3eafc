#include "proposals/proposals.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "base/area_code.h"
#include "base/text.h"
#include "platform/json/json.h"
#include "proposals/proposals_problems.h"
#include "proposals/proposals_store.h"

namespace tanfang::proposals {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"open", "accepted", "rejected"};
constexpr std::string_view kContent = "proposals.content";
constexpr std::string_view kReason = "proposals.reason";
constexpr std::size_t kShortestReason = 2;
constexpr std::size_t kShortestLook = 4;
constexpr std::size_t kLongestReason = 500;
/// A list is written as a whole: it is opened for that, and shown to nobody.
constexpr std::string_view kWhyContacts = "采纳上报，写入联系人（未显示）";

using registry::Classifier;
using registry::PersonKey;

std::string quoted(std::string_view text) {
  std::string made;
  json::append_quoted(made, text);
  return made;
}

std::string context(std::string_view column, Id row) { return std::string(column) + ":" + format_id(row); }

std::string subject_of(const Proposal& proposal) { return "proposal:" + format_id(proposal.id); }

std::string details_of(const Proposal& proposal) {
  std::string text = "{\"what\":\"" + std::string(to_text(proposal.what)) + "\"";
  if (proposal.person) text += ",\"person\":\"" + format_id(*proposal.person) + "\"";
  return text + ",\"proposed_by\":" + quoted(proposal.proposed_by) + "}";
}

Proposal opened(const crypto::KeyRing& keys, Proposal row) {
  auto cipher = keys.field_cipher();
  row.content = cipher->decrypt(row.content, context(kContent, row.id));
  if (!row.reason.empty()) row.reason = cipher->decrypt(row.reason, context(kReason, row.id));
  return row;
}

Proposal required(db::Session& session, const std::string& county, Id proposal) {
  auto row = store::find_proposal(session, county, proposal);
  if (!row) throw problems::proposal_unknown();
  return std::move(*row);
}

/// What can be seen to be wrong before anybody decides.
void check(audit::Work& work, const Classifier& classifier, const std::string& county, const ProposalContent& content) {
  if (content.what == Proposed::new_person) {
    return registry::require_area(work.session, content.new_person.village);
  }
  registry::area_of(work.session, {county, content.person});
  auto set = classifier.schemes();
  for (const registry::FactValue& said : content.facts) {
    boost::json::value value = json::parse(said.value);
    auto wrong = schemes::validate_fact(set->vocabulary(), said.fact, value);
    if (!wrong) continue;
    wrong->field = "facts." + wrong->field;
    throw Problem(wrong->code, 422, wrong->text, {*wrong});
  }
}

/// Whether the file is still what the proposer saw; of somebody new: whether nobody has the number yet.
bool base_holds(audit::Work& work, const std::string& county, const ProposalContent& content) {
  if (content.what != Proposed::new_person) {
    return content.base_version == registry::version_of(work.session, {county, content.person});
  }
  const std::string& number = content.new_person.citizen_number;
  return !number.empty() && !registry::find_person(work.session, work.keys, county, number);
}

/// The day from which what is owed may be another; `said_on` where the content names none.
Date change_status(audit::Work& work, const PersonKey& key, const ProposedStatus& said, Date said_on) {
  Date from = said.from.value_or(said_on);
  if (said.status == "hospital") {
    registry::suspend_person(work, key, from, said.to, said.note.empty() ? "住院" : said.note);
  } else if (said.status == "moved") {
    registry::move_out_person(work, key, from, said.note);
  } else if (said.status == "deceased") {
    registry::record_death(work, key, from);
  } else {
    registry::resume_person(work, key, from);
  }
  return from;
}

/// In place of the one of the same kind and name, or behind them all.
void put_contact(audit::Work& work, const PersonKey& key, const registry::Contact& contact) {
  auto contacts = registry::reveal_person(work, key, {"contacts"}, kWhyContacts).contacts;
  auto same = std::find_if(contacts.begin(), contacts.end(), [&](const registry::Contact& each) {
    return each.kind == contact.kind && each.name == contact.name;
  });
  if (same != contacts.end()) {
    *same = contact;
  } else {
    contacts.push_back(contact);
  }
  registry::set_contacts(work, key, contacts);
}

void enrol(audit::Work& work, const Classifier& classifier, const ProposedPerson& said, const registry::Terms& terms,
           Settled& settled) {
  CitizenNumberReading reading = read_citizen_number(said.citizen_number);
  if (!reading.number) throw problems::proposal_citizen_number();
  registry::PersonStatement statement;
  statement.citizen_number = reading.number->text;
  statement.birth_date = reading.number->birth_date;
  statement.sex = reading.number->sex;
  statement.name = said.name;
  statement.area = said.village;
  if (!said.phone.empty()) statement.phone = said.phone;
  if (!said.address.empty()) statement.address = said.address;
  registry::Registration made = registry::register_people(work, classifier, terms, std::span(&statement, 1)).front();
  settled.transfer = made.transfer;
  if (made.outcome != registry::Outcome::elsewhere) settled.person = made.person;
  settled.affects_from = terms.registered_on;
}

/// Who spoke, within the source.
std::string speaker_of(const Proposal& proposal) {
  std::string_view actor = proposal.proposed_by;
  return std::string(actor.substr(actor.find(':') + 1));
}

void change_file(audit::Work& work, const Classifier& classifier, const PersonKey& key, const Proposal& proposal,
                 Date said_on, const ProposalContent& content) {
  const registry::PersonCorrection& own = content.correction;
  if (own.name || own.phone || own.address) registry::correct_person(work, classifier, key, own);
  if (content.facts.empty()) return;
  registry::state_facts(work, classifier, key, proposal.source, speaker_of(proposal), said_on, content.facts);
}

void apply(audit::Work& work, const Classifier& classifier, const Proposal& proposal, const std::string& scope,
           ProposalContent content, std::string_view citizen_number, Settled& settled) {
  const PersonKey key{proposal.county, content.person};
  const Date said_on = content.on.value_or(china_date(proposal.proposed_at));
  settled.affects_from = work.today();
  if (content.what != Proposed::new_person) settled.person = key;
  switch (content.what) {
    case Proposed::facts:
      change_file(work, classifier, key, proposal, said_on, content);
      if (!content.facts.empty()) settled.affects_from = said_on;
      break;
    case Proposed::status:
      settled.affects_from = change_status(work, key, content.status, said_on);
      break;
    case Proposed::contact:
      put_contact(work, key, content.contact);
      break;
    case Proposed::new_person:
      if (content.new_person.citizen_number.empty()) content.new_person.citizen_number = citizen_number;
      enrol(work, classifier, content.new_person,
            {scope, proposal.source, speaker_of(proposal), said_on, work.today(), subject_of(proposal)}, settled);
  }
}

/// `proposal` is opened.
Settled accept(audit::Work& work, const Classifier& classifier, Proposal proposal, const std::string& scope,
               std::string_view citizen_number) {
  Settled settled{proposal.id, false, ProposalState::accepted, true, {}, work.today(), {}};
  apply(work, classifier, proposal, scope, read_proposal(proposal.content), citizen_number, settled);
  if (settled.person) proposal.person = settled.person->id;
  proposal.state = ProposalState::accepted;
  proposal.decided_at = work.now;
  proposal.decided_by = work.actor;
  store::decide_proposal(work.session, proposal);
  work.record({proposal.county, "proposal_accepted", subject_of(proposal), details_of(proposal)});
  return settled;
}

}  // namespace

std::string_view to_text(ProposalState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<ProposalState> parse_proposal_state(std::string_view text) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == text) return static_cast<ProposalState>(i);
  }
  return std::nullopt;
}

Settled propose(audit::Work& work, const Classifier& classifier, const Proposer& proposer, std::string_view text) {
  if (auto sent = store::find_sent(work.session, proposer.county, proposer.actor, proposer.key)) {
    work.unchanged();
    return {sent->id, true, sent->state, false, {}, work.today(), {}};
  }
  ProposalContent content = read_proposal(text);
  check(work, classifier, proposer.county, content);
  Proposal proposal;
  proposal.county = proposer.county;
  proposal.id = work.new_id();
  proposal.area = proposer.area;
  if (content.what != Proposed::new_person) proposal.person = content.person;
  proposal.what = content.what;
  proposal.source = proposer.source;
  proposal.proposed_by = proposer.actor;
  proposal.key = proposer.key;
  proposal.proposed_at = work.now;
  proposal.clock_off_seconds = proposer.clock_off_seconds;
  proposal.base_version = content.base_version;
  proposal.content = work.keys.field_cipher()->encrypt(text, context(kContent, proposal.id));
  store::insert_proposal(work.session, proposal);
  work.record({proposal.county, "proposal_made", subject_of(proposal), details_of(proposal)});
  if (!proposer.may_decide || !base_holds(work, proposer.county, content)) {
    return {proposal.id, false, ProposalState::open, false, {}, work.today(), {}};
  }
  proposal.content = text;
  return accept(work, classifier, std::move(proposal), proposer.scope, "");
}

Settled accept_proposal(audit::Work& work, const Classifier& classifier, const std::string& county, Id id,
                        const std::string& scope, std::string_view citizen_number) {
  Proposal proposal = opened(work.keys, required(work.session, county, id));
  if (proposal.state == ProposalState::rejected) throw problems::proposal_decided();
  if (proposal.state == ProposalState::accepted) {
    work.unchanged();
    return {id, true, ProposalState::accepted, false, {}, work.today(), {}};
  }
  return accept(work, classifier, std::move(proposal), scope, citizen_number);
}

void reject_proposal(audit::Work& work, const std::string& county, Id id, std::string_view reason) {
  std::string text = trimmed(reason);
  if (length_of(text) < kShortestReason || length_of(text) > kLongestReason) throw problems::proposal_reason();
  Proposal proposal = required(work.session, county, id);
  if (proposal.state != ProposalState::open) throw problems::proposal_decided();
  proposal.state = ProposalState::rejected;
  proposal.reason = work.keys.field_cipher()->encrypt(text, context(kReason, id));
  proposal.decided_at = work.now;
  proposal.decided_by = work.actor;
  store::decide_proposal(work.session, proposal);
  work.record({county, "proposal_rejected", subject_of(proposal), details_of(proposal)});
}

Problem unknown_proposal() { return problems::proposal_unknown(); }

Proposal load_proposal(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id proposal) {
  return opened(keys, required(session, county, proposal));
}

std::vector<Proposal> list_proposals(db::Session& session, const crypto::KeyRing& keys, const ProposalFilter& filter) {
  std::vector<Proposal> proposals;
  for (Proposal& row : store::list_proposals(session, county_of(filter.area), filter)) {
    proposals.push_back(opened(keys, std::move(row)));
  }
  return proposals;
}

std::vector<Proposal> list_own_proposals(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                         const std::string& proposed_by, Instant since) {
  std::vector<Proposal> proposals;
  for (Proposal& row : store::list_own(session, county, proposed_by, since)) {
    proposals.push_back(opened(keys, std::move(row)));
  }
  return proposals;
}

std::vector<std::string> changed_since(db::Session& session, const PersonKey& key, std::string_view version) {
  std::string now = registry::version_of(session, key);
  if (version == now) return {};
  // Digest, newest statement, status.
  std::vector<std::string> then = split(version, '.');
  bool known = then.size() == 3;
  Id newest = known ? parse_id(then[1]).value_or(Id{}) : Id{};
  std::set<std::string> names;
  for (const registry::StatementRecord& record : registry::load_history(session, key)) {
    if (record.id > newest) names.insert(record.changed.begin(), record.changed.end());
  }
  names.erase("");
  if (!known || then[2] != split(now, '.').back()) names.insert("status");
  // Every other change leaves a statement or another status.
  if (names.empty()) names.insert("consents");
  return {names.begin(), names.end()};
}

std::int64_t count_open_proposals(db::Session& session, const std::string& area) {
  return store::count_open(session, county_of(area), area);
}

Proposal reveal_proposal(audit::Work& work, const std::string& county, Id id, std::string_view reason) {
  if (length_of(trimmed(reason)) < kShortestLook) throw problems::proposal_look();
  Proposal proposal = load_proposal(work.session, work.keys, county, id);
  work.record({county, "proposal_revealed", subject_of(proposal), "{\"reason\":" + quoted(trimmed(reason)) + "}"});
  return proposal;
}

}  // namespace tanfang::proposals
