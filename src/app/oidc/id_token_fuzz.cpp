// Foreign bytes: a provider's key set and its tokens must be read or refused, also where the claims are rightly signed.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

#include "app/oidc/id_token.h"
#include "platform/crypto/signature.h"

namespace {

using namespace tanfang;
using namespace tanfang::app;

struct Signer {
  std::shared_ptr<EVP_PKEY> secret{EVP_RSA_gen(2048), EVP_PKEY_free};
  oidc::PublicKey key{"ours", "RS256", part(OSSL_PKEY_PARAM_RSA_N), part(OSSL_PKEY_PARAM_RSA_E)};

  std::string part(const char* name) const {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(secret.get(), name, &number) != 1) __builtin_trap();
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(number);
    return bytes;
  }

  std::string token_of(std::string_view claims) const {
    std::string message = crypto::to_base64url(R"({"alg":"RS256","kid":"ours"})") + "." + crypto::to_base64url(claims);
    std::string signature(256, '\0');
    std::size_t size = signature.size();
    std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, secret.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size()) != 1) {
      __builtin_trap();
    }
    return message + "." + crypto::to_base64url(signature);
  }
};

void verify(std::string_view token, const std::vector<oidc::PublicKey>& keys) {
  const oidc::Expected expected{"https://platform.example", "tanfang", "once", Instant{1'700'000'000'000}};
  try {
    std::string subject = oidc::verified_subject(token, keys, expected);
    if (subject.empty() || subject.size() > 255) __builtin_trap();
  } catch (const Problem&) {
  } catch (const oidc::KeyUnknown&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Signer signer;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string_view first = text.substr(0, text.find('\n'));
  std::string_view rest = text.substr(std::min(first.size() + 1, text.size()));
  try {
    verify(rest, oidc::read_keys(first));
  } catch (const Failure&) {  // no key set
  }
  verify(text, {signer.key});
  verify(signer.token_of(text), {signer.key});
  return 0;
}
