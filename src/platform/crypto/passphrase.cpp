#include <openssl/evp.h>

#include <boost/json.hpp>

#include "base/problem.h"
#include "platform/crypto/aes_gcm.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_problems.h"
#include "platform/crypto/key_json.h"

namespace tanfang::crypto {
namespace {

constexpr std::string_view kFormat = "tanfang-sealed-keys-1";
constexpr std::size_t kSaltLength = 16;
// scrypt with 64 MiB: a tenth of a second for who knows the passphrase, dear for who guesses.
constexpr std::uint64_t kCost = 1 << 16;
constexpr std::uint64_t kBlock = 8;
constexpr std::uint64_t kParallel = 1;
constexpr std::uint64_t kMemoryLimit = 128u << 20;

GcmKey key_from(std::string_view passphrase, std::string_view salt) {
  std::string key(kKeyLength, '\0');
  if (EVP_PBE_scrypt(passphrase.data(), passphrase.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                     salt.size(), kCost, kBlock, kParallel, kMemoryLimit, reinterpret_cast<unsigned char*>(key.data()),
                     key.size()) != 1) {
    throw Failure("scrypt is not available");
  }
  return GcmKey(std::move(key));
}

}  // namespace

std::string seal_with_passphrase(std::string_view plain, std::string_view passphrase) {
  std::string salt = random_bytes(kSaltLength);
  std::string nonce = random_bytes(kNonceLength);
  std::string sealed;
  gcm_encrypt(key_from(passphrase, salt), nonce, plain, kFormat, "", sealed);
  boost::json::object document{
      {"format", kFormat}, {"salt", to_hex(salt)}, {"nonce", to_hex(nonce)}, {"sealed", to_hex(sealed)}};
  return boost::json::serialize(document) + "\n";
}

std::string open_with_passphrase(std::string_view sealed, std::string_view passphrase) {
  boost::json::object document = key_document(sealed, kFormat);
  std::string salt = key_bytes(document, "salt", kSaltLength);
  std::string nonce = key_bytes(document, "nonce", kNonceLength);
  auto plain = gcm_decrypt(key_from(passphrase, salt), nonce, key_bytes(document, "sealed", 0), kFormat, "");
  if (!plain) throw keys_wrong_passphrase();
  return *std::move(plain);
}

bool is_sealed_with_passphrase(std::string_view text) {
  boost::json::error_code error;
  boost::json::value document = boost::json::parse(text, error);
  if (error || !document.is_object()) return false;
  const boost::json::value* format = document.get_object().if_contains("format");
  return format && format->is_string() && std::string_view(format->get_string()) == kFormat;
}

}  // namespace tanfang::crypto
