#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/problem.h"
#include "platform/crypto/crypto.h"

namespace tanfang::crypto {
namespace {

class Sha256 : public Digest {
 public:
  std::string_view name() const override { return "sha256"; }
  std::string of(std::string_view bytes) const override { return sha256(bytes); }
};

const Sha256 kSha256;

}  // namespace

std::string sha256(std::string_view bytes) {
  static const EVP_MD* const function = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string out(32, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr, function,
                 nullptr) != 1) {
    throw Failure("SHA-256 is not available");
  }
  return out;
}

std::string to_hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
    throw Failure("the system gives no random bytes");
  }
  return out;
}

bool same_bytes(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

const Digest& current_digest() { return kSha256; }

const Digest* find_digest(std::string_view name) { return name == kSha256.name() ? &kSha256 : nullptr; }

}  // namespace tanfang::crypto
