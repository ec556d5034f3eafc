// The digest of what is too large to be held at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// SHA-256 of bytes that come piece by piece.
class RunningSha256 {
 public:
  RunningSha256();
  ~RunningSha256();
  RunningSha256(const RunningSha256&) = delete;
  RunningSha256& operator=(const RunningSha256&) = delete;

  void add(std::string_view bytes);
  /// 32 bytes; once.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of the first `count` bytes, in lower-case hexadecimal. Throws Failure where the file cannot be read or is
/// shorter.
std::string sha256_of_file(const std::string& path, std::uintmax_t count);

}  // namespace tanfang::crypto
