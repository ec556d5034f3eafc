#include "platform/crypto/file_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "base/problem.h"
#include "platform/crypto/crypto.h"

namespace tanfang::crypto {

std::string sha256_of_file(const std::string& path, std::uintmax_t count) {
  std::ifstream in(path, std::ios::binary);
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  std::vector<char> piece(1u << 20);
  while (ok && count > 0) {
    auto want = static_cast<std::size_t>(std::min<std::uintmax_t>(count, piece.size()));
    ok = static_cast<bool>(in.read(piece.data(), static_cast<std::streamsize>(want))) &&
         EVP_DigestUpdate(context.get(), piece.data(), want) == 1;
    count -= want;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  ok = ok && EVP_DigestFinal_ex(context.get(), digest.data(), &length) == 1;
  if (!ok) throw Failure("cannot read " + path);
  return to_hex(std::string(digest.begin(), digest.begin() + length));
}

}  // namespace tanfang::crypto
