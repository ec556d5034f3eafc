// Envelopes that anybody may seal for this service and only it can open: AES-256-GCM under a fresh key, and that key
// under RSA-OAEP with SHA-256, as browsers have both (Web Cryptography API, RSA-OAEP and AES-GCM).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// Both in DER: PKCS #8 and SubjectPublicKeyInfo.
struct EnvelopeKeys {
  std::string private_key;
  std::string public_key;
};
/// RSA of 3072 bits; takes a good part of a second.
EnvelopeKeys make_envelope_keys();

struct Envelope {
  std::string wrapped_key;  // 384 bytes
  std::string iv;           // 12 bytes
  std::string data;         // ciphertext and tag
};
/// nullopt where it was sealed for another key, under another `context`, or altered.
std::optional<std::string> open_envelope(std::string_view private_key, const Envelope& envelope,
                                         std::string_view context);
/// What the other side does. Throws Failure where `public_key` is none.
Envelope seal_envelope(std::string_view public_key, std::string_view plain, std::string_view context);

}  // namespace tanfang::crypto
