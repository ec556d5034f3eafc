#include "platform/crypto/field_cipher.h"

#include "base/problem.h"

namespace tanfang::crypto {
namespace {

constexpr char kVersion = 1;  // AES-256-GCM; another cipher takes the next number
constexpr std::size_t kHeaderLength = 5;
constexpr std::size_t kOverhead = kHeaderLength + kNonceLength + kTagLength;

void append_header(std::string& out, std::uint32_t number) {
  out += kVersion;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

class AesCipher : public FieldCipher {
 public:
  explicit AesCipher(const std::map<std::uint32_t, std::string>& keys) {
    for (const auto& [number, bytes] : keys) keys_.emplace(number, GcmKey(bytes));
  }

  std::string encrypt(std::string_view plain, std::string_view context) const override {
    const auto& [number, key] = *keys_.rbegin();
    std::string out;
    out.reserve(plain.size() + kOverhead);
    append_header(out, number);
    append_nonce(out);
    // The header is authenticated with the context; both are read before `out` grows, which it has room for.
    gcm_encrypt(key, std::string_view(out).substr(kHeaderLength), plain, std::string_view(out.data(), kHeaderLength),
                context, out);
    return out;
  }

  std::string decrypt(std::string_view sealed, std::string_view context) const override {
    auto found = keys_.find(key_of(sealed));
    if (found == keys_.end()) {
      throw Failure("the key ring holds no field key " + std::to_string(key_of(sealed)));
    }
    auto plain = gcm_decrypt(found->second, sealed.substr(kHeaderLength, kNonceLength),
                             sealed.substr(kHeaderLength + kNonceLength), sealed.substr(0, kHeaderLength), context);
    if (!plain) throw Failure("an encrypted field does not agree with its key or its place");
    return *std::move(plain);
  }

  std::uint32_t key_of(std::string_view sealed) const override {
    if (sealed.size() < kOverhead || sealed[0] != kVersion) throw Failure("an encrypted field is malformed");
    std::uint32_t number = 0;
    for (std::size_t i = 1; i < kHeaderLength; ++i) number = number << 8 | static_cast<unsigned char>(sealed[i]);
    return number;
  }

  std::uint32_t current_key() const override { return keys_.rbegin()->first; }

 private:
  std::map<std::uint32_t, GcmKey> keys_;
};

}  // namespace

std::shared_ptr<const FieldCipher> make_aes_cipher(const std::map<std::uint32_t, std::string>& keys) {
  return std::make_shared<AesCipher>(keys);
}

}  // namespace tanfang::crypto
