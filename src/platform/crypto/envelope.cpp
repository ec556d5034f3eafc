#include "platform/crypto/envelope.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>

#include "base/problem.h"
#include "platform/crypto/aes_gcm.h"
#include "platform/crypto/crypto.h"

namespace tanfang::crypto {
namespace {

constexpr unsigned kModulusBits = 3072;

struct Freeing {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freeing>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freeing>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// What `write` (one of OpenSSL's i2d functions) makes of it.
template <typename Write>
std::string der_of(Write write) {
  int size = write(nullptr);
  std::string der(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  unsigned char* end = bytes_of(der);
  if (size <= 0 || write(&end) != size) throw Failure("a key could not be written");
  return der;
}

bool use_oaep(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1;
}

Key private_key_of(std::string_view der) {
  const unsigned char* at = bytes_of(der);
  return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
}

}  // namespace

EnvelopeKeys make_envelope_keys() {
  Key key(EVP_RSA_gen(kModulusBits));
  KeyInfo info(key ? EVP_PKEY2PKCS8(key.get()) : nullptr);
  if (!info) throw Failure("no key pair could be made");
  return {der_of([&](unsigned char** out) { return i2d_PKCS8_PRIV_KEY_INFO(info.get(), out); }),
          der_of([&](unsigned char** out) { return i2d_PUBKEY(key.get(), out); })};
}

std::optional<std::string> open_envelope(std::string_view private_key, const Envelope& envelope,
                                         std::string_view context) {
  Key key = private_key_of(private_key);
  Context opening(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
  if (!opening || EVP_PKEY_decrypt_init(opening.get()) != 1 || !use_oaep(opening.get())) {
    throw Failure("the key that opens envelopes cannot be used");
  }
  // Never longer than the modulus.
  std::string unwrapped(kModulusBits / 8, '\0');
  std::size_t size = unwrapped.size();
  bool whole = envelope.wrapped_key.size() == kModulusBits / 8 && envelope.iv.size() == kNonceLength;
  if (!whole || EVP_PKEY_decrypt(opening.get(), bytes_of(unwrapped), &size, bytes_of(envelope.wrapped_key),
                                 envelope.wrapped_key.size()) != 1) {
    return std::nullopt;
  }
  if (size != kKeyLength) return std::nullopt;
  return gcm_decrypt(GcmKey(unwrapped.substr(0, size)), envelope.iv, envelope.data, "", context);
}

Envelope seal_envelope(std::string_view public_key, std::string_view plain, std::string_view context) {
  const unsigned char* at = bytes_of(public_key);
  Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
  Context sealing(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
  Envelope envelope;
  envelope.wrapped_key.resize(kModulusBits / 8);
  std::size_t size = envelope.wrapped_key.size();
  std::string fresh = random_bytes(kKeyLength);
  if (!sealing || EVP_PKEY_encrypt_init(sealing.get()) != 1 || !use_oaep(sealing.get()) ||
      EVP_PKEY_encrypt(sealing.get(), bytes_of(envelope.wrapped_key), &size, bytes_of(fresh), fresh.size()) != 1) {
    throw Failure("nothing can be sealed for this key");
  }
  envelope.iv = random_bytes(kNonceLength);
  gcm_encrypt(GcmKey(fresh), envelope.iv, plain, "", context, envelope.data);
  return envelope;
}

}  // namespace tanfang::crypto
