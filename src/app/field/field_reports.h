// What comes from the field to be changed or answered, by a route or in a phone's parcel: proposals and emergencies.
#pragma once

#include <string>
#include <string_view>

#include "alarms/alarms.h"
#include "identity/identity.h"
#include "proposals/proposals.h"
#include "visits/visits.h"

namespace tanfang::app::field {

/// An account, itself or by its phone.
struct Sender {
  const identity::Principal& principal;
  std::string key;             // the same again is the same thing
  std::int64_t clock_off = 0;  // milliseconds that its clock was behind
  std::string doubt = {};      // as of `Parcel`
};

/// The permission that decides on such a proposal.
identity::Permission needed_for(proposals::Proposed what);

/// Keeps the proposal, or does it where the sender may and the base still holds; what is owed follows. Throws Problem
/// `person.unknown`, `identity.outside_area`, and as `proposals::propose`.
proposals::Settled take_proposal(audit::Work& work, const visits::Ground& ground, const Sender& sender,
                                 std::string_view text);
/// As `proposals::accept_proposal`; what is owed follows.
proposals::Settled accept_proposal(audit::Work& work, const visits::Ground& ground,
                                   const identity::Principal& principal, const proposals::Proposal& proposal,
                                   std::string_view citizen_number);

/// Keeps the report, for the village of the person, or else for where the sender works. Throws Problem as
/// `alarms::read_report`.
alarms::Reported take_emergency(audit::Work& work, const Sender& sender, std::string_view text);

}  // namespace tanfang::app::field
