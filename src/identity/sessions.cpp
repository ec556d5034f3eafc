#include "identity/sessions.h"

#include <cstdlib>

#include "identity/account_rules.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/sessions_store.h"
#include "identity/tokens_store.h"
#include "identity/waits.h"

namespace tanfang::identity {
namespace {

Account own_account(db::Session& session, const Principal& by) {
  auto found = find_account(session, by.account);
  if (!found) throw problems::account_unknown();
  return *found;
}

}  // namespace

std::optional<Principal> authenticate_session(db::Session& session, Instant now, std::string_view token) {
  return store::find_principal(session, secret_hash(token), now);
}

bool use_is_due(const Principal& principal, Instant now) {
  // A use in the future was noted by a clock that has been set right since.
  return std::abs(now.milliseconds - principal.last_used.milliseconds) >= kMinute;
}

void note_use(db::Session& session, const Principal& principal, Instant now) {
  if (principal.arrival == Principal::Arrival::session) store::set_session_used(session, principal.arrived_with, now);
  if (principal.arrival == Principal::Arrival::token) store::set_token_used(session, principal.arrived_with, now);
}

std::string csrf_of(const crypto::KeyRing& keys, std::string_view session_token) {
  return crypto::to_hex(keys.keyed_hash("csrf", session_token));
}

bool csrf_matches(const crypto::KeyRing& keys, std::string_view session_token, std::string_view given) {
  return crypto::same_bytes(csrf_of(keys, session_token), given);
}

void sign_out(audit::Work& work, const Principal& by) {
  if (!store::remove_session(work.session, by.account, by.arrived_with)) return work.unchanged();
  record(work, own_account(work.session, by), "signed_out");
}

std::vector<SessionEntry> list_sessions(db::Session& session, const Principal& by, Instant now) {
  return store::list_sessions(session, by.account, now);
}

void end_session(audit::Work& work, const Principal& by, Id id) {
  if (!store::remove_session(work.session, by.account, id)) throw problems::session_unknown();
  record(work, own_account(work.session, by), "sessions_ended", "{\"sessions\":1}");
}

std::int64_t end_sessions(audit::Work& work, const Principal& by, Id id) {
  bool own = by.account == id && by.arrival != Principal::Arrival::command;
  Account account = own ? own_account(work.session, by) : secured(work.session, by, id);
  std::int64_t ended = store::remove_sessions(work.session, id);
  record(work, account, "sessions_ended", "{\"sessions\":" + std::to_string(ended) + "}");
  return ended;
}

void lift_wait(audit::Work& work, const Principal& by, Id id) {
  Account account = secured(work.session, by, id);
  forget_failures(work.session, work.keys, account.login);
  record(work, account, "wait_lifted");
}

std::int64_t purge_expired(db::Session& session, Instant now) { return store::remove_expired(session, now); }

}  // namespace tanfang::identity
