// Waiting after failures, by login and by address, for logins that nobody has as well. A try is counted as a failure
// before the password is looked at, so that many tries at once are no way round. Only for the files of this folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "identity/sessions_store.h"

namespace tanfang::identity {

/// One try at a password, by whoever it is.
struct Try {
  std::string login_hash;
  std::string address_hash;  // "" where the address does not matter
  /// Until when counting it closed the login and the address.
  Instant login_closed_until;
  Instant address_closed_until;
};

/// Counts the try. Throws TooManyTries where the login or the address has to wait.
Try begin_try(const Ground& ground, Instant now, std::string_view login, std::string_view address);
/// It was right: the login's failures are forgotten, and this one of the address.
void end_try(db::Session& session, const Try& tried);
/// It was no failure, but no success either (busy, the code still missing): as if it had not been made.
void undo_try(db::Session& session, const Try& tried);
/// Runs `work`; where that throws, the try is undone.
void undoing(const Ground& ground, const Try& tried, const std::function<void()>& work);
void forget_failures(db::Session& session, const crypto::KeyRing& keys, std::string_view login);

/// Whether the device gave wrong reading secrets of late. Throws TooManyTries where it has to wait.
bool refuse_waiting_device(db::Session& session, const crypto::KeyRing& keys, Instant now, Id device);
/// One more; from some on it has to wait, twice as long each time.
void count_wrong_secret(db::Session& session, const Ground& ground, Instant now, Id device);
void forget_failures_of_device(db::Session& session, const crypto::KeyRing& keys, Id device);

}  // namespace tanfang::identity
