// For tests only: accounts of Luxian (510521) on each engine, with passwords that cost nothing.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "identity/identity.h"
#include "platform/db/test_database.h"

namespace tanfang::identity {

inline const char* const kPassword = "泸县 春分 three cranes";

/// The code of the Problem that `work` throws, or "".
inline std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "";
}

inline Settings cheap_settings() {
  Settings settings;
  settings.hash_cost = {8, 1, 1};
  return settings;
}

class IdentityTest : public db::EachEngine {
 protected:
  Ground ground() { return {database(), keys_, ids_, settings_, hasher_, common_}; }
  void wait(std::int64_t milliseconds) { now_.milliseconds += milliseconds; }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "account:test", keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }
  template <typename Result>
  Result read(const std::function<Result(db::Session&)>& work) {
    Result result;
    database().read([&](db::Session& session) { result = work(session); });
    return result;
  }
  std::string refused(const std::function<void(audit::Work&)>& use_case) {
    return refusal_of([&] { write(use_case); });
  }

  Account account(const std::string& login, Role role, const std::string& area) {
    return create_account(ground(), now_, "command:0", operator_at_command(), {login, "某某", role, area}, kPassword);
  }
  /// Its principal without the trouble of signing in.
  Principal principal(const std::string& login, Role role, const std::string& area) {
    Principal made;
    made.account = account(login, role, area).id;
    made.login = login;
    made.role = role;
    made.area = area;
    made.permissions = permissions_of(role);
    return made;
  }
  StartedSession enter(const std::string& login, const std::string& code = "",
                       const std::string& password = kPassword) {
    return sign_in(ground(), now_, {login, password, code, "203.0.113.7"});
  }
  std::string refused_entry(const std::string& login, const std::string& password, const std::string& code = "",
                            const std::string& address = "203.0.113.7") {
    return refusal_of([&] { sign_in(ground(), now_, {login, password, code, address}); });
  }
  std::optional<Principal> whose(const std::string& token) {
    return read<std::optional<Principal>>(
        [&](db::Session& session) { return authenticate_session(session, now_, token); });
  }
  /// Kinds of the trail about `login`, the oldest first.
  std::vector<std::string> events_of(const std::string& login) {
    std::vector<std::string> kinds;
    for (const audit::Entry& entry : entries_of(login)) kinds.insert(kinds.begin(), entry.kind);
    return kinds;
  }
  std::vector<audit::Entry> entries_of(const std::string& login) {
    audit::seal(database(), keys_);
    return read<std::vector<audit::Entry>>([&](db::Session& session) {
      return audit::list(session, {.county = {}, .kind = {}, .subject = "account:" + login});
    });
  }

  Instant now_ = china_instant(*Date::parse("2024-03-01"), 570);
  IdSource ids_{7};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  Settings settings_ = cheap_settings();
  PasswordHasher hasher_{settings_};
  CommonPasswords common_{std::string(TANFANG_SOURCE_DIR) + "/data/common_passwords.txt"};
};

}  // namespace tanfang::identity
