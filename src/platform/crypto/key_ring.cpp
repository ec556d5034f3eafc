#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

#include "base/problem.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/field_cipher.h"

namespace tanfang::crypto {
namespace {

/// HMAC-SHA-256, with one context a thread: fetching the function anew costs more than hashing a short text.
class Hmac {
 public:
  Hmac() {
    std::unique_ptr<EVP_MAC, void (*)(EVP_MAC*)> function(EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
    if (function) context_.reset(EVP_MAC_CTX_new(function.get()));
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
    if (!context_ || EVP_MAC_CTX_set_params(context_.get(), parameters) != 1) throw Failure("HMAC is not available");
  }

  std::string of(std::string_view key, std::string_view purpose, std::string_view text) {
    constexpr unsigned char kSeparator = 0;
    std::string out(32, '\0');
    std::size_t length = 0;
    auto* target = reinterpret_cast<unsigned char*>(out.data());
    bool ok = EVP_MAC_init(context_.get(), bytes_of(key), key.size(), nullptr) == 1 &&
              EVP_MAC_update(context_.get(), bytes_of(purpose), purpose.size()) == 1 &&
              EVP_MAC_update(context_.get(), &kSeparator, 1) == 1 &&
              EVP_MAC_update(context_.get(), bytes_of(text), text.size()) == 1 &&
              EVP_MAC_final(context_.get(), target, &length, out.size()) == 1;
    if (!ok || length != out.size()) throw Failure("a keyed hash could not be made");
    return out;
  }

 private:
  static const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  }
  std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)> context_{nullptr, EVP_MAC_CTX_free};
};

}  // namespace

KeyRing KeyRing::fresh() {
  KeyRing ring;
  ring.field_keys_[1] = random_bytes(kKeyLength);
  ring.hash_key_ = random_bytes(kKeyLength);
  return ring;
}

KeyRing KeyRing::for_tests() {
  KeyRing ring;
  ring.field_keys_[1] = sha256("field key for tests");
  ring.hash_key_ = sha256("hash key for tests");
  return ring;
}

std::shared_ptr<const FieldCipher> KeyRing::field_cipher() const { return make_aes_cipher(field_keys_); }

std::string KeyRing::keyed_hash(std::string_view purpose, std::string_view text) const {
  thread_local Hmac hmac;
  return hmac.of(hash_key_, purpose, text);
}

void KeyRing::add_field_key() { field_keys_[current_field_key() + 1] = random_bytes(kKeyLength); }

bool KeyRing::contains(const KeyRing& other) const {
  if (!same_bytes(hash_key_, other.hash_key_)) return false;
  for (const auto& [number, key] : other.field_keys_) {
    auto own = field_keys_.find(number);
    if (own == field_keys_.end() || !same_bytes(own->second, key)) return false;
  }
  return true;
}

}  // namespace tanfang::crypto
