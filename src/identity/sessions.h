// Sign-in and what follows from it: sessions, their ends, and waiting after failures.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity {

/// A refusal that tells when to come back.
class TooManyTries : public Problem {
 public:
  TooManyTries(Problem problem, std::int64_t seconds) : Problem(std::move(problem)), retry_after(seconds) {}
  std::int64_t retry_after;  // seconds
};

struct SignIn {
  std::string login;
  std::string password;
  std::string code;     // of the second factor, or a recovery code; "" where not given
  std::string address;  // where the request came from; kept as a keyed hash only
};

/// `token` is told once; `csrf` belongs to it.
struct StartedSession {
  std::string token;
  std::string csrf;
  Instant ends_at;
  Principal principal;
};

/// Takes as long for an unknown login as for a wrong password, and answers alike. Throws Problem
/// `identity.sign_in_refused`, `identity.code_needed` (the password was right), `identity.code_wrong`, `identity.busy`,
/// TooManyTries (`identity.too_many_tries`).
StartedSession sign_in(const Ground& ground, Instant now, const SignIn& request);
/// For one whom a trusted issuer vouches for, who also answers for the second factor. Throws Problem
/// `identity.sign_in_refused` where the subject is linked to no account that is enabled.
StartedSession sign_in_linked(const Ground& ground, Instant now, std::string_view issuer, std::string_view subject);

/// Whose session it is: one indexed read. nullopt where it is unknown, over, idle for too long, or its account is off.
std::optional<Principal> authenticate_session(db::Session& session, Instant now, std::string_view token);
/// Whether the use is to be noted: at most once a minute, so that a click is not a write.
bool use_is_due(const Principal& principal, Instant now);
/// Of the session or token that the principal came with.
void note_use(db::Session& session, const Principal& principal, Instant now);

/// The text that every changing request of this session must carry.
std::string csrf_of(const crypto::KeyRing& keys, std::string_view session_token);
bool csrf_matches(const crypto::KeyRing& keys, std::string_view session_token, std::string_view given);

void sign_out(audit::Work& work, const Principal& by);

struct SessionEntry {
  Id id;
  Instant started_at;
  Instant last_used;
  Instant ends_at;
};
/// The principal's own sessions that are still good, the newest first.
std::vector<SessionEntry> list_sessions(db::Session& session, const Principal& by, Instant now);
/// One of the principal's own. Throws Problem `identity.session_unknown`.
void end_session(audit::Work& work, const Principal& by, Id session);
/// All sessions of an account that the principal manages, or its own; how many ended.
std::int64_t end_sessions(audit::Work& work, const Principal& by, Id account);
/// Lets an account that the principal manages try again at once.
void lift_wait(audit::Work& work, const Principal& by, Id account);

/// Removes what is over: sessions, invitations, waits, emergency grants and counts of past days.
/// How many rows went. Tokens stay, as their trail does.
std::int64_t purge_expired(db::Session& session, Instant now);

}  // namespace tanfang::identity
