// The kinds of parcels, one function each; `parcels.h` says what they get and give.
#pragma once

#include "app/field/parcels.h"

namespace tanfang::app::field {

/// Where the sender may speak of the person: the account's area; for its own people the whole county, wherever they
/// have moved in it.
std::string reach_of(db::Session& session, const identity::Principal& sender, Id person);

/// Bytes of a photo; the key is their digest.
Verdict receive_attachment(audit::Work& work, const visits::Ground& ground, const Parcel& parcel);
/// A record or an attempt with its evidence.
Verdict receive_visit(audit::Work& work, const visits::Ground& ground, const Parcel& parcel);
/// What was found at a household of the canvass.
Verdict receive_household_result(audit::Work& work, const visits::Ground& ground, const Parcel& parcel);
/// What should be changed of a file, or somebody new.
Verdict receive_proposal(audit::Work& work, const visits::Ground& ground, const Parcel& parcel);
/// An emergency, with who was called.
Verdict receive_emergency(audit::Work& work, const visits::Ground& ground, const Parcel& parcel);

}  // namespace tanfang::app::field
