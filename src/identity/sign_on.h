// Signing on through an outside platform: attempts that a browser has begun, and one's own link to that platform.
#pragma once

#include <string>
#include <string_view>

#include "identity/accounts.h"

namespace tanfang::identity {

/// `state` travels through the platform, `browser` stays in a cookie; the database keeps hashes of both.
struct SignOnAttempt {
  std::string state;
  std::string browser;
};
/// `account` is who wants to link the platform to their account; zero where somebody signs in. Good for ten minutes.
SignOnAttempt begin_sign_on(db::Session& session, Instant now, Id account);
/// Uses the attempt up and says whose it is. Throws Problem `identity.sign_on_over` where there is none of this state
/// in this browser, or it was used or is over.
Id take_sign_on(db::Session& session, Instant now, std::string_view state, std::string_view browser);

/// Links the principal's own account. Throws Problem `identity.forbidden` (a second factor is still to be enrolled, or
/// a machine), `identity.link_taken`.
void link_own_identity(audit::Work& work, const Principal& by, const std::string& issuer, const std::string& subject);
void unlink_own_identity(audit::Work& work, const Principal& by, const std::string& issuer);

}  // namespace tanfang::identity
