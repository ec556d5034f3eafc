// Roles, permissions, and the two tables: which role may do what, and which role appoints which. Denied unless granted.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/problem.h"

namespace tanfang::identity {

enum class Role : std::uint8_t {
  visitor,
  village_clerk,
  town_office,
  county_bureau,
  city_supervisor,
  province_supervisor,
  department_liaison,
  care_organisation,  // a care organisation or helping unit
  auditor,
  security_officer,
  system_administrator,
  machine,
};

enum class Permission : std::uint8_t {
  areas_read,
  areas_write,
  people_read,
  people_write,
  status_change,
  transfers,
  reveal,
  search,
  ledger_import,
  department_list_import,
  differences_decide,
  schemes_read,
  schemes_manage,
  plan_read,
  plan_open,
  rounds_manage,
  assignments_manage,
  visits_read,
  visits_record,
  visits_correct,
  visits_strike,
  attachments,
  coverage_read,
  work_lists_read,
  accounts_read,
  accounts_manage,
  security_manage,  // lockouts, ending sessions, revoking tokens, removing a lost second factor
  tokens_manage,
  notices_read,
  audit_read,
  jobs_read,
  jobs_manage,
  backups_manage,
  metrics_read,
  emergency_access,
};

inline constexpr std::size_t kRoles = 12;
inline constexpr std::size_t kPermissions = 35;
using Permissions = std::bitset<kPermissions>;

/// snake_case, as in SQL, JSON and settings.
std::string_view to_text(Role role);
std::string_view to_text(Permission permission);
std::optional<Role> parse_role(std::string_view text);
std::optional<Permission> parse_permission(std::string_view text);
/// The role's name for people.
const Words& name_of(Role role);

/// The row of the table.
const Permissions& permissions_of(Role role);
/// Those that show or change what is known of people; none of auditor, security officer, system administrator has one.
const Permissions& permissions_over_people();
/// Whether an account of role `by` may make and manage accounts of `role` (within its own area).
bool may_appoint(Role by, Role role);
/// Whether `area` (code, or "" for the nation) is of a level that the role works at.
bool area_fits(Role role, std::string_view area);
/// Of the three duties that are kept apart: auditor, security officer, system administrator.
bool is_duty(Role role);
/// Whether the role works at a desk for an authority: longer passwords, shorter sessions.
bool is_office(Role role);

}  // namespace tanfang::identity
