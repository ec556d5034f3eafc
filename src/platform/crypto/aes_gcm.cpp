#include "platform/crypto/aes_gcm.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <memory>

#include "base/problem.h"

namespace tanfang::crypto {
namespace {

std::atomic<std::uint64_t> next_serial{1};

/// Setting up a context with a key costs more than a short field: each thread keeps the last one for each direction.
struct Context {
  std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> handle{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
  std::uint64_t serial = 0;
};

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

EVP_CIPHER_CTX* prepared(Context& context, const GcmKey& key, std::string_view nonce, int encrypting) {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  bool known = context.serial == key.serial;
  context.serial = 0;
  if (EVP_CipherInit_ex(context.handle.get(), known ? nullptr : cipher, nullptr, known ? nullptr : bytes_of(key.bytes),
                        bytes_of(nonce), encrypting) != 1) {
    throw Failure("AES-256-GCM is not available");
  }
  context.serial = key.serial;
  return context.handle.get();
}

bool authenticate(EVP_CIPHER_CTX* handle, std::string_view header, std::string_view context) {
  int length = 0;
  for (std::string_view part : {header, context}) {
    if (!part.empty() &&
        EVP_CipherUpdate(handle, nullptr, &length, bytes_of(part), static_cast<int>(part.size())) != 1) {
      return false;
    }
  }
  return true;
}

}  // namespace

GcmKey::GcmKey(std::string key_bytes) : bytes(std::move(key_bytes)), serial(next_serial++) {}

void append_nonce(std::string& out) {
  struct Buffer {
    std::array<unsigned char, kNonceLength * 256> bytes;
    std::size_t used = sizeof bytes;
    pid_t process = 0;
  };
  thread_local Buffer buffer;
  // A forked child must not hand out its parent's nonces again.
  if (buffer.used == buffer.bytes.size() || buffer.process != ::getpid()) {
    if (RAND_bytes(buffer.bytes.data(), static_cast<int>(buffer.bytes.size())) != 1) {
      throw Failure("the system gives no random bytes");
    }
    buffer.used = 0;
    buffer.process = ::getpid();
  }
  out.append(reinterpret_cast<const char*>(buffer.bytes.data()) + buffer.used, kNonceLength);
  buffer.used += kNonceLength;
}

void gcm_encrypt(const GcmKey& key, std::string_view nonce, std::string_view plain, std::string_view header,
                 std::string_view context, std::string& out) {
  thread_local Context encrypting;
  EVP_CIPHER_CTX* handle = prepared(encrypting, key, nonce, 1);
  std::size_t start = out.size();
  out.resize(start + plain.size() + kTagLength);
  auto* target = reinterpret_cast<unsigned char*>(out.data()) + start;
  int length = 0;
  bool ok = authenticate(handle, header, context);
  // Without data the update must not run at all: OpenSSL takes an empty one for the end of a message.
  if (!plain.empty()) {
    ok = ok && EVP_CipherUpdate(handle, target, &length, bytes_of(plain), static_cast<int>(plain.size())) == 1;
  }
  ok = ok && EVP_CipherFinal_ex(handle, target + plain.size(), &length) == 1;
  ok =
      ok && EVP_CIPHER_CTX_ctrl(handle, EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagLength), target + plain.size()) == 1;
  if (!ok) throw Failure("a field could not be encrypted");
}

std::optional<std::string> gcm_decrypt(const GcmKey& key, std::string_view nonce, std::string_view sealed,
                                       std::string_view header, std::string_view context) {
  thread_local Context decrypting;
  if (sealed.size() < kTagLength) return std::nullopt;
  EVP_CIPHER_CTX* handle = prepared(decrypting, key, nonce, 0);
  std::string_view body = sealed.substr(0, sealed.size() - kTagLength);
  std::string tag(sealed.substr(body.size()));
  std::string plain(body.size(), '\0');
  auto* target = reinterpret_cast<unsigned char*>(plain.data());
  int length = 0;
  bool ok = authenticate(handle, header, context);
  if (!body.empty()) {
    ok = ok && EVP_CipherUpdate(handle, target, &length, bytes_of(body), static_cast<int>(body.size())) == 1;
  }
  ok = ok && EVP_CIPHER_CTX_ctrl(handle, EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagLength), tag.data()) == 1;
  ok = ok && EVP_CipherFinal_ex(handle, target + body.size(), &length) == 1;
  if (!ok) return std::nullopt;
  return plain;
}

}  // namespace tanfang::crypto
