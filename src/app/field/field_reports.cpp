#include "app/field/field_reports.h"

#include "app/field/kinds.h"
#include "base/area_code.h"

namespace tanfang::app::field {
namespace {

using identity::Permission;

std::string scope_of(const identity::Principal& principal, const std::string& county) {
  return principal.area.size() > 6 ? principal.area : county;
}

/// Where the proposal belongs, and the area in which its person is looked for. Whoever is out of reach is answered like
/// nobody.
void place(db::Session& session, const identity::Principal& principal, const proposals::ProposalContent& content,
           proposals::Proposer& proposer) {
  if (content.what == proposals::Proposed::new_person) {
    proposer.area = content.new_person.village;
    identity::require(principal, Permission::visits_record, proposer.area);
  } else {
    std::string reach = reach_of(session, principal, content.person);
    auto key = registry::find_person(session, reach, content.person);
    if (key) proposer.area = registry::area_of(session, *key);
    bool own = reach.size() < principal.area.size() && identity::may(principal, Permission::visits_record);
    if (!key || !(own || identity::reaches(principal, proposer.area, Permission::visits_record))) {
      throw registry::unknown_person();
    }
    if (own) proposer.scope = reach;
  }
  proposer.county = county_of(proposer.area);
  if (proposer.scope.empty()) proposer.scope = scope_of(principal, proposer.county);
}

void follow(audit::Work& work, const visits::Ground& ground, const proposals::Settled& settled) {
  if (!settled.person) return;
  planning::refresh_person(work, ground.policies, settled.person->county, settled.person->id, settled.affects_from);
}

}  // namespace

Permission needed_for(proposals::Proposed what) {
  return what == proposals::Proposed::status ? Permission::status_change : Permission::people_write;
}

proposals::Settled take_proposal(audit::Work& work, const visits::Ground& ground, const Sender& sender,
                                 std::string_view text) {
  const identity::Principal& principal = sender.principal;
  int days = days_off(sender.clock_off);
  std::string said = days == 0 ? std::string(text) : proposals::move_days(text, days);
  proposals::ProposalContent content = proposals::read_proposal(said);
  proposals::Proposer proposer;
  place(work.session, principal, content, proposer);
  proposer.actor = identity::actor_of(principal);
  // Who keeps the file speaks for it; everybody else saw it on a visit.
  bool keeps = identity::may(principal, Permission::people_write);
  proposer.source = keeps ? registry::Source::clerk : registry::Source::visit;
  proposer.key = sender.key;
  proposer.clock_off_seconds = sender.clock_off / 1000;
  Permission needed = needed_for(content.what);
  proposer.may_decide = identity::may(principal, needed) && identity::reaches(principal, proposer.area, needed);
  proposals::Settled settled = proposals::propose(work, ground.classifier, proposer, said);
  follow(work, ground, settled);
  return settled;
}

proposals::Settled accept_proposal(audit::Work& work, const visits::Ground& ground,
                                   const identity::Principal& principal, const proposals::Proposal& proposal,
                                   std::string_view citizen_number) {
  proposals::Settled settled = proposals::accept_proposal(work, ground.classifier, proposal.county, proposal.id,
                                                          scope_of(principal, proposal.county), citizen_number);
  follow(work, ground, settled);
  return settled;
}

alarms::Reported take_emergency(audit::Work& work, const Sender& sender, std::string_view text) {
  const identity::Principal& principal = sender.principal;
  alarms::Report report = alarms::read_report(text);
  alarms::Reporter reporter;
  reporter.county = county_of(principal.area);
  reporter.area = principal.area;
  reporter.actor = identity::actor_of(principal);
  reporter.key = sender.key;
  reporter.clock_off_seconds = sender.clock_off / 1000;
  reporter.doubt = sender.doubt;
  // Whoever moved within the county since is told of where they live now.
  auto key = registry::find_person(work.session, reporter.county, report.person);
  if (key) {
    reporter.person = key->id;
    reporter.area = registry::area_of(work.session, *key);
  }
  return alarms::report_emergency(work, reporter, std::move(report));
}

Verdict receive_proposal(audit::Work& work, const visits::Ground& ground, const Parcel& parcel) {
  auto settled = take_proposal(work, ground, {parcel.sender, parcel.key, parcel.clock_off}, parcel.content);
  return {settled.proposal, settled.repeated, settled.applied};
}

Verdict receive_emergency(audit::Work& work, const visits::Ground&, const Parcel& parcel) {
  auto reported = take_emergency(work, {parcel.sender, parcel.key, parcel.clock_off, parcel.doubt}, parcel.content);
  return {reported.id, reported.repeated};
}

}  // namespace tanfang::app::field
