// What a deployment may set. The defaults hold where the settings file says nothing.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "identity/roles.h"

namespace tanfang::identity {

inline constexpr std::int64_t kMinute = 60'000;  // in milliseconds, as every time here
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

struct SessionLimits {
  std::int64_t idle;
  std::int64_t whole;
};

/// Argon2id (RFC 9106): the defaults are the OWASP minimum of 19 MiB, two passes, one lane.
struct HashCost {
  std::uint32_t memory_kib = 19 * 1024;
  std::uint32_t passes = 2;
  std::uint32_t lanes = 1;
};

struct Settings {
  HashCost hash_cost;
  int hashes_at_once = 2;
  int hashes_waiting = 32;

  int office_password_length = 12;  // characters, at least
  int password_length = 8;          // for everybody else

  /// Every office of the table of roles.
  std::set<Role> second_factor_required{Role::town_office,         Role::county_bureau,      Role::city_supervisor,
                                        Role::province_supervisor, Role::department_liaison, Role::auditor,
                                        Role::security_officer,    Role::system_administrator};
  std::string second_factor_issuer = "Tanfang";

  SessionLimits office_session{30 * kMinute, 12 * kHour};
  SessionLimits field_session{12 * kHour, 7 * kDay};  // visitors, clerks and care organisations on the road

  int failures_before_wait = 5;  // for one login
  std::int64_t first_wait = kMinute;
  std::int64_t longest_wait = kHour;
  int failures_of_address = 30;
  std::int64_t address_window = 15 * kMinute;

  std::int64_t invitation_life = 3 * kDay;
  std::int64_t token_life = 366 * kDay;  // the longest a machine's token may be given
  std::int64_t emergency_life = 3 * kHour;
  int emergencies_a_day = 3;
  int reveals_a_day = 50;
};

}  // namespace tanfang::identity
