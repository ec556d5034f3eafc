// AES-256-GCM on OpenSSL: one call a message. Only for the files of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tanfang::crypto {

inline constexpr std::size_t kKeyLength = 32;
inline constexpr std::size_t kNonceLength = 12;
inline constexpr std::size_t kTagLength = 16;

/// A key of its own number in the process: the number tells a thread whether its context is set up for it.
struct GcmKey {
  explicit GcmKey(std::string bytes);
  std::string bytes;
  std::uint64_t serial;
};

/// A fresh random nonce, drawn from a buffer of the thread.
void append_nonce(std::string& out);
/// Appends ciphertext and tag. `nonce` must never have been used with this key. Throws Failure.
void gcm_encrypt(const GcmKey& key, std::string_view nonce, std::string_view plain, std::string_view header,
                 std::string_view context, std::string& out);
/// nullopt where the tag does not agree. `sealed` is ciphertext and tag.
std::optional<std::string> gcm_decrypt(const GcmKey& key, std::string_view nonce, std::string_view sealed,
                                       std::string_view header, std::string_view context);

}  // namespace tanfang::crypto
