#include "platform/crypto/file_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include "base/problem.h"
#include "platform/crypto/crypto.h"

namespace tanfang::crypto {

struct RunningSha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};

  static void check(bool done) {
    if (!done) throw Failure("crypto: SHA-256 failed");
  }
};

RunningSha256::RunningSha256() : state_(std::make_unique<State>()) {
  State::check(state_->context && EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1);
}
RunningSha256::~RunningSha256() = default;

void RunningSha256::add(std::string_view bytes) {
  State::check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
}

std::string RunningSha256::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  State::check(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length) == 1);
  return std::string(digest.begin(), digest.begin() + length);
}

std::string sha256_of_file(const std::string& path, std::uintmax_t count) {
  std::ifstream in(path, std::ios::binary);
  RunningSha256 digest;
  std::vector<char> piece(1u << 20);
  while (count > 0) {
    auto want = static_cast<std::size_t>(std::min<std::uintmax_t>(count, piece.size()));
    if (!in.read(piece.data(), static_cast<std::streamsize>(want))) throw Failure("cannot read " + path);
    digest.add({piece.data(), want});
    count -= want;
  }
  return to_hex(digest.finish());
}

}  // namespace tanfang::crypto
