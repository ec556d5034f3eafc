// Signatures by others' public keys, as JSON Web Keys and JSON Web Signatures have them (RFC 7515, 7518).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// nullopt where it is not base64url without padding.
std::optional<std::string> from_base64url(std::string_view text);
std::string to_base64url(std::string_view bytes);

/// RSASSA-PKCS1-v1_5 with SHA-256. `modulus` and `exponent` are big-endian; a modulus of fewer than 2048 or more than
/// 8192 bits verifies nothing.
bool verify_rs256(std::string_view modulus, std::string_view exponent, std::string_view message,
                  std::string_view signature);
/// ECDSA on P-256 with SHA-256: `x`, `y` of 32 bytes each, the signature r and s behind one another.
bool verify_es256(std::string_view x, std::string_view y, std::string_view message, std::string_view signature);

}  // namespace tanfang::crypto
