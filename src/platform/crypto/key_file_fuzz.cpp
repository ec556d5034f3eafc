// Foreign bytes: a key file, in clear or under a passphrase, must be read or refused.
#include <cstdint>

#include "base/problem.h"
#include "platform/crypto/crypto.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    tanfang::crypto::KeyRing ring = tanfang::crypto::KeyRing::parse(text);
    // What was read is written and read back the same.
    if (tanfang::crypto::KeyRing::parse(ring.text()).text() != ring.text()) __builtin_trap();
  } catch (const tanfang::Problem&) {
  }
  // The key derivation of a sealed file is slow on purpose; only telling the two kinds apart is tried here.
  tanfang::crypto::is_sealed_with_passphrase(text);
  return 0;
}
