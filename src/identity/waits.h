// Waiting after failures, by login and by address, for logins that nobody has as well. A try counts as a failure of its
// login before the password is looked at, so that many tries at once are no way round. An address counts what has
// failed: an office behind one address signs in all at once, and only as many tries as wait for their hash can be in
// flight past the limit. Only for the files of this folder.
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
  /// Until when counting it closed the login.
  Instant login_closed_until;
};

/// Counts the try. Throws TooManyTries where the login or the address has to wait.
Try begin_try(const Ground& ground, Instant now, std::string_view login, std::string_view address);
/// It was right: the login's failures are forgotten.
void end_try(db::Session& session, const Try& tried);
/// It was wrong: its address has one failure more.
void fail_try(db::Session& session, const Settings& settings, Instant now, const Try& tried);
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
