// The second factor: one-time codes by time (RFC 6238) and recovery codes, each good once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity {

/// Told once, for the owner's authenticator.
struct Enrolment {
  std::string secret;  // base 32
  std::string uri;     // otpauth://totp/…
};

/// Gives the principal a new secret that holds once it is confirmed. Throws Problem `identity.factor_present`.
Enrolment begin_second_factor(audit::Work& work, const Settings& settings, const Principal& by);
/// Proves that the authenticator works; returns ten recovery codes and opens the session that had to enrol. Throws
/// Problem `identity.factor_not_begun` or `identity.code_wrong`.
std::vector<std::string> confirm_second_factor(audit::Work& work, const Principal& by, std::string_view code);
/// For an account that the principal manages, whose authenticator was lost; ends its sessions.
void remove_second_factor(audit::Work& work, const Principal& by, Id account);

}  // namespace tanfang::identity
