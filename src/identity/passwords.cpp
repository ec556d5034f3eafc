#include "identity/passwords.h"

#include <argon2.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "identity/identity_problems.h"
#include "platform/crypto/crypto.h"
#include "platform/files/files.h"

namespace tanfang::identity {
namespace {

constexpr std::size_t kLongest = 128;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
// No password that was ever taken is longer, also not in its NFKC form.
constexpr std::size_t kMostBytes = 4096;

icu::UnicodeString nfkc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) throw Failure(std::string("ICU has no NFKC: ") + u_errorName(error));
  icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  icu::UnicodeString normal = form->normalize(icu::UnicodeString::fromUTF8(piece), error);
  if (U_FAILURE(error)) throw Failure(std::string("ICU cannot normalise: ") + u_errorName(error));
  return normal;
}

std::string normal_form(std::string_view password) {
  std::string normal;
  return nfkc(password.substr(0, kMostBytes)).toUTF8String(normal);
}

/// As passwords are compared with names and with the list: NFKC, without case.
std::string folded(std::string_view text) {
  std::string plain;
  return nfkc(text).foldCase().toUTF8String(plain);
}

std::string cost_text(const HashCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) +
         ",p=" + std::to_string(cost.lanes) + "$";
}

[[noreturn]] void fail(int code) { throw Failure(std::string("Argon2: ") + argon2_error_message(code)); }

bool is_in(const std::string& folded_password, std::string_view name) {
  std::string part = folded(without_spaces(name));
  return length_of(part) >= 2 && folded_password.find(part) != std::string::npos;
}

}  // namespace

/// One of the places at the hasher, given back at its end.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.running_ >= hasher.at_once_) {
      if (hasher.waiting_ >= hasher.most_waiting_) throw problems::busy();
      ++hasher.waiting_;
      hasher.freed_.wait(lock, [&] { return hasher.running_ < hasher.at_once_; });
      --hasher.waiting_;
    }
    ++hasher.running_;
  }
  ~Turn() {
    {
      std::lock_guard lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  PasswordHasher& hasher_;
};

// The dummy has the shape of a hash of zeros, which no password is known to have.
PasswordHasher::PasswordHasher(const Settings& settings)
    : cost_(settings.hash_cost),
      at_once_(settings.hashes_at_once),
      most_waiting_(settings.hashes_waiting),
      dummy_(cost_text(cost_) + std::string(22, 'A') + "$" + std::string(43, 'A')) {}

std::string PasswordHasher::hash(std::string_view password) {
  Turn turn(*this);
  std::string normal = normal_form(password);
  std::string salt = crypto::random_bytes(kSaltBytes);
  std::string encoded(argon2_encodedlen(cost_.passes, cost_.memory_kib, cost_.lanes, kSaltBytes, kHashBytes, Argon2_id),
                      '\0');
  int code = argon2id_hash_encoded(cost_.passes, cost_.memory_kib, cost_.lanes, normal.data(), normal.size(),
                                   salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (code != ARGON2_OK) fail(code);
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool PasswordHasher::matches(std::string_view phc, std::string_view password) {
  Turn turn(*this);
  bool possible = !phc.empty() && password.size() <= kMostBytes && is_valid_utf8(password);
  std::string encoded(possible ? phc : std::string_view(dummy_));
  std::string normal = normal_form(password);
  int code = argon2id_verify(encoded.c_str(), normal.data(), normal.size());
  if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) fail(code);
  return possible && code == ARGON2_OK;
}

bool PasswordHasher::is_outdated(std::string_view phc) const { return !phc.starts_with(cost_text(cost_)); }

CommonPasswords::CommonPasswords(const std::string& path) {
  for (const std::string& line : split(files::read_whole(path), '\n')) {
    std::string word = trimmed(line);
    if (!word.empty() && !word.starts_with('#')) folded_.insert(folded(word));
  }
}

bool CommonPasswords::contains(std::string_view password) const {
  std::string plain = folded(password);
  std::vector<char32_t> points = code_points(plain);
  // A few characters over and over are as common as any word of the list.
  return folded_.contains(plain) || std::set(points.begin(), points.end()).size() < 4;
}

void check_password(const Settings& settings, const CommonPasswords& common, Role role, std::string_view login,
                    std::string_view name, std::string_view password) {
  if (password.size() > kMostBytes) throw problems::password_long();
  if (!is_valid_utf8(password)) throw problems::password_text();
  std::string normal = normal_form(password);
  std::vector<char32_t> points = code_points(normal);
  if (std::any_of(points.begin(), points.end(), [](char32_t c) { return u_iscntrl(static_cast<UChar32>(c)); })) {
    throw problems::password_text();
  }
  int least = is_office(role) ? settings.office_password_length : settings.password_length;
  if (points.size() < static_cast<std::size_t>(least)) throw problems::password_short(least);
  if (points.size() > kLongest || normal.size() > kMostBytes) throw problems::password_long();
  std::string plain = folded(normal);
  if (is_in(plain, login) || is_in(plain, name)) throw problems::password_name();
  if (common.contains(plain)) throw problems::password_common();
}

}  // namespace tanfang::identity
