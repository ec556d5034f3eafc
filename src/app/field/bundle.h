// What a phone keeps of its people: everything once, then what is new, by a cursor that the server does not keep.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/commands/ground.h"
#include "app/field/field_keys.h"
#include "identity/identity.h"

namespace tanfang::app::field {

inline constexpr std::size_t kMostPeople = 500;

struct BundleGround {
  const VisitsGround& rooms;
  const crypto::KeyRing& keys;
};

/// The people assigned to the visitor of the account, or of the clerk's village, with what a visit needs; only what is
/// not as the cursor says, into `body`. How many people it tells of: the look is the caller's to record. A cursor that
/// cannot be read is none.
std::int64_t compose_bundle(db::Session& session, const BundleGround& ground, Instant now,
                            const identity::Account& account, const PublicKey& key, std::string_view cursor,
                            boost::json::object& body);
/// Records `bundle_taken` with how many people were told of, in the chain of the account's county.
void record_bundle(audit::Work& work, const identity::Device& device, std::int64_t people);

}  // namespace tanfang::app::field
