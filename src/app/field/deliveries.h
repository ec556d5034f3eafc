// Parcels on their way in: opened, done once, or set aside where the phone or its account may send no more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/field/parcels.h"
#include "identity/identity.h"
#include "platform/crypto/envelope.h"

namespace tanfang::app::field {

struct Delivery {
  std::string key;
  std::string kind;
  Id key_id;     // of the server's key it was sealed for
  Id sealed_on;  // the device, where that is another than the one that sends; else 0
  crypto::Envelope sealed;
  Instant sent_at;  // by the phone's clock
};

struct Receipt {
  enum class State { received, repeated, set_aside };
  State state = State::received;
  Verdict verdict;
  std::int64_t clock_off = 0;  // milliseconds; 0 within five minutes
};
std::string_view to_text(Receipt::State state);

/// What receiving works with, shared between threads.
struct Ground {
  db::Database& database;
  const crypto::KeyRing& keys;
  IdSource& ids;
  const visits::Ground& visits;
};

/// In the name of the account of the phone it was sealed on; set aside where that one was revoked, is not known or
/// is another account's than the phone that sends; an emergency is told at once all the same, with that doubt.
/// Idempotent by account and key: a second delivery of the same is answered like the first and changes nothing. Throws
/// Problem `parcel.kind`, `parcel.key`, `parcel.unreadable`, `parcel.key_reused`, `parcel.rejected`, or what the kind
/// refuses.
Receipt receive_parcel(const Ground& ground, Instant now, const identity::Device& device, const Delivery& delivery);

/// A parcel that an office is to judge.
struct SetAside {
  Id id;
  identity::Account account;
  Id device;
  std::string kind;
  std::optional<Id> person;
  std::string why;  // device_revoked, device_unknown, account_disabled, other_account
  Instant received_at;
};
/// Of accounts in the area, not judged, in order of id behind `after`.
std::vector<SetAside> list_set_aside(db::Session& session, std::string_view area, Id after, std::int64_t limit);
/// Done in the name of its account, marked with who accepted it; photos that it names are accepted with it. Throws
/// Problem `parcel.unknown`, `parcel.judged`, `parcel.own`, or what the kind refuses.
Verdict accept_set_aside(audit::Work& work, const visits::Ground& ground, const identity::Principal& by, Id parcel);
/// Nothing is done; the phone is told. Records `parcel_rejected`. Throws Problem `parcel.unknown`, `parcel.judged`,
/// `parcel.own`.
void reject_set_aside(audit::Work& work, const identity::Principal& by, Id parcel, std::string_view reason);
/// What was set aside about a person whose data end; how much.
std::int64_t erase_set_aside(audit::Work& work, const std::string& county, Id person);

}  // namespace tanfang::app::field
