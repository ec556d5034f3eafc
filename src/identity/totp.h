// One-time codes by time: RFC 6238 with SHA-1, 30 seconds and six digits, which every authenticator knows. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tanfang::identity {

/// 20 random bytes.
std::string fresh_totp_secret();
std::string totp_base32(std::string_view secret);
/// otpauth://totp/ISSUER:LOGIN?…, for a QR code.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view login);
/// The code of the step that `now` lies in.
std::string totp_code(std::string_view secret, Instant now);
/// The step whose code this is: that of `now`, the one before or the one after, but later than `used`.
std::optional<std::int64_t> matching_step(std::string_view secret, Instant now, std::int64_t used,
                                          std::string_view code);

}  // namespace tanfang::identity
