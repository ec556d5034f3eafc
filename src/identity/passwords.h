// Passwords: which are taken, and how they are kept (Argon2id, as PHC strings). Only so many are hashed at once.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "identity/settings.h"

namespace tanfang::identity {

/// Hashes and compares; safe to use from many threads. Each call takes the whole memory of the cost, so that only
/// `at_once` run together and `waiting` more wait; further ones are refused as Problem `identity.busy`.
class PasswordHasher {
 public:
  explicit PasswordHasher(const Settings& settings);

  /// A PHC string with a fresh salt. `password` is taken in its NFKC form.
  std::string hash(std::string_view password);
  /// Whether `password` is the one that was hashed. An empty `phc` costs the same and is never right.
  bool matches(std::string_view phc, std::string_view password);
  /// Whether `phc` was made with another cost than today's.
  bool is_outdated(std::string_view phc) const;

 private:
  class Turn;

  const HashCost cost_;
  const int at_once_;
  const int most_waiting_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
  std::string dummy_;
};

/// Passwords that everybody guesses, folded (NFKC and case).
class CommonPasswords {
 public:
  /// One a line; lines that begin with `#` are comments. Throws Failure where the file cannot be read.
  explicit CommonPasswords(const std::string& path);
  bool contains(std::string_view password) const;

 private:
  std::unordered_set<std::string> folded_;
};

/// Throws Problem `identity.password_short`, `identity.password_long`, `identity.password_name`,
/// `identity.password_common` or `identity.password_text`; the text never repeats the password.
void check_password(const Settings& settings, const CommonPasswords& common, Role role, std::string_view login,
                    std::string_view name, std::string_view password);

}  // namespace tanfang::identity
