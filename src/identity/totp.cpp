#include "identity/totp.h"

#include <liboath/oath.h>

#include <cctype>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "base/problem.h"
#include "platform/crypto/crypto.h"

namespace tanfang::identity {
namespace {

constexpr std::int64_t kStep = 30'000;
constexpr unsigned kDigits = 6;

void check(int code) {
  if (code != OATH_OK) throw Failure(std::string("one-time codes: ") + oath_strerror(code));
}

void prepare() {
  static const int ready = oath_init();
  check(ready);
}

std::string percent_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '.' || c == '_') {
      out += static_cast<char>(c);
    } else {
      out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return out;
}

std::string code_of_step(std::string_view secret, std::int64_t step) {
  prepare();
  char code[kDigits + 1];
  check(oath_totp_generate(secret.data(), secret.size(), static_cast<std::time_t>(step * kStep / 1000), kStep / 1000, 0,
                           kDigits, code));
  return code;
}

}  // namespace

std::string fresh_totp_secret() { return crypto::random_bytes(20); }

std::string totp_base32(std::string_view secret) {
  prepare();
  char* text = nullptr;
  std::size_t length = 0;
  check(oath_base32_encode(secret.data(), secret.size(), &text, &length));
  std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
  return std::string(text, length);
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view login) {
  std::string from = percent_encoded(issuer);
  return "otpauth://totp/" + from + ":" + percent_encoded(login) + "?secret=" + totp_base32(secret) +
         "&issuer=" + from + "&algorithm=SHA1&digits=6&period=30";
}

std::string totp_code(std::string_view secret, Instant now) { return code_of_step(secret, now.milliseconds / kStep); }

std::optional<std::int64_t> matching_step(std::string_view secret, Instant now, std::int64_t used,
                                          std::string_view code) {
  std::int64_t current = now.milliseconds / kStep;
  for (std::int64_t step = current - 1; step <= current + 1; ++step) {
    if (step > used && crypto::same_bytes(code_of_step(secret, step), code)) return step;
  }
  return std::nullopt;
}

}  // namespace tanfang::identity
