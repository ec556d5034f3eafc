#include "identity/roles.h"

#include <algorithm>
#include <array>
#include <string>

namespace tanfang::identity {
namespace {

struct RoleRow {
  std::string_view text;
  Words name;
  /// Digits of the areas it may have, 0 for the nation.
  std::string_view levels;
  bool office;
  /// What it appoints, in words of `text`.
  std::string_view appoints;
};

// Who appoints whom follows the line of supervision. The duties of system administrator, security officer and auditor
// are kept apart: nobody appoints one of their own kind, the administrator appoints no one who sees people's data, and
// the auditor, who watches both, appoints nobody. The first accounts of a deployment are made at the command line.
const std::array<RoleRow, kRoles> kRoleRows{{
    {"visitor", {"探访员", "visitor"}, "6 9 12", false, ""},
    {"village_clerk", {"村（社区）经办人", "village clerk"}, "12", false, ""},
    {"town_office", {"乡镇（街道）经办人", "town office"}, "9", true, "visitor village_clerk care_organisation"},
    {"county_bureau",
     {"县级民政部门", "county bureau"},
     "6",
     true,
     "visitor village_clerk town_office department_liaison care_organisation machine"},
    {"city_supervisor", {"市级监管人员", "city supervisor"}, "4", true, "county_bureau"},
    {"province_supervisor", {"省级以上监管人员", "province supervisor"}, "0 2", true, "city_supervisor county_bureau"},
    {"department_liaison", {"部门联络员", "department liaison"}, "2 4 6", true, ""},
    {"care_organisation", {"养老服务机构或帮扶单位", "care organisation"}, "6 9 12", false, ""},
    {"auditor", {"审计员", "auditor"}, "0 2 4 6", true, ""},
    {"security_officer",
     {"安全管理员", "security officer"},
     "0 2 4 6",
     true,
     "county_bureau city_supervisor province_supervisor auditor system_administrator"},
    {"system_administrator", {"系统管理员", "system administrator"}, "0 2 4 6", true, "security_officer machine"},
    {"machine", {"外部系统", "machine"}, "0 2 4 6 9 12", false, ""},
}};

struct PermissionRow {
  std::string_view text;
  /// A mark for each role in the order of `Role`; a point is a denial.
  std::string_view roles;
  bool over_people;
};

constexpr std::array<PermissionRow, kPermissions> kPermissionRows{{
    // visitor, village clerk, town office | county, city, province | liaison, organisation |
    // auditor, security officer, system administrator | machine
    {"areas_read", "xxx xxx xx xxx x", false},
    {"areas_write", "... x.. .. ..x .", false},
    {"people_read", "xxx xx. .x ... x", true},
    {"people_write", ".xx x.. .. ... x", true},
    {"status_change", ".xx x.. .. ... x", true},
    {"transfers", "..x x.. .. ... .", true},
    {"reveal", "xxx x.. .x ... .", true},
    {"search", "xxx xx. .x ... x", true},
    {"ledger_import", "..x x.. .. ... x", true},
    {"department_list_import", "... x.. x. ... x", true},
    {"differences_decide", "..x x.. .. ... .", true},
    {"schemes_read", "xxx xxx xx x.x x", false},
    {"schemes_manage", "... x.. .. ... .", false},
    {"plan_read", "xxx xx. .x ... x", true},
    {"plan_open", "... x.. .. ... .", true},
    {"rounds_manage", "..x x.. .. ... .", true},
    {"assignments_manage", "..x x.. .. ... .", true},
    {"visits_read", "xxx xx. .x ... x", true},
    {"visits_record", "xxx x.. .x ... x", true},
    {"visits_correct", ".xx x.. .. ... .", true},
    {"visits_strike", "... xx. .. ... .", true},
    {"attachments", "xxx xx. .x ... x", true},
    {"coverage_read", ".xx xxx .. ... x", true},
    {"work_lists_read", "xxx xx. .x ... x", true},
    {"accounts_read", "..x xxx .. xxx .", false},
    {"accounts_manage", "..x xxx .. .xx .", false},
    {"security_manage", "... ... .. .x. .", false},
    {"tokens_manage", "... x.. .. ..x .", false},
    {"notices_read", "... xxx .. ... .", false},
    {"audit_read", "... ... .. x.. .", false},
    {"jobs_read", "... x.. .. ..x x", false},
    {"jobs_manage", "... ... .. ..x .", false},
    {"backups_manage", "... ... .. ..x .", false},
    {"metrics_read", "... ... .. ..x x", false},
    {"emergency_access", ".xx x.. .. ... .", true},
}};

constexpr std::size_t column_of(std::size_t role) {
  constexpr std::array<std::size_t, kRoles> kColumns{0, 1, 2, 4, 5, 6, 8, 9, 11, 12, 13, 15};
  return kColumns[role];
}

std::array<Permissions, kRoles> make_grants() {
  std::array<Permissions, kRoles> grants;
  for (std::size_t role = 0; role < kRoles; ++role) {
    for (std::size_t i = 0; i < kPermissions; ++i) grants[role][i] = kPermissionRows[i].roles[column_of(role)] == 'x';
  }
  return grants;
}

Permissions make_over_people() {
  Permissions found;
  for (std::size_t i = 0; i < kPermissions; ++i) found[i] = kPermissionRows[i].over_people;
  return found;
}

const RoleRow& row_of(Role role) { return kRoleRows[static_cast<std::size_t>(role)]; }

/// Whether `word` is one of the words of `list`.
bool is_word_of(std::string_view list, std::string_view word) {
  return (" " + std::string(list) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

std::string_view to_text(Role role) { return row_of(role).text; }

std::string_view to_text(Permission permission) { return kPermissionRows[static_cast<std::size_t>(permission)].text; }

std::optional<Role> parse_role(std::string_view text) {
  auto row = std::find_if(kRoleRows.begin(), kRoleRows.end(), [&](const RoleRow& each) { return each.text == text; });
  if (row == kRoleRows.end()) return std::nullopt;
  return static_cast<Role>(row - kRoleRows.begin());
}

std::optional<Permission> parse_permission(std::string_view text) {
  auto row = std::find_if(kPermissionRows.begin(), kPermissionRows.end(),
                          [&](const PermissionRow& each) { return each.text == text; });
  if (row == kPermissionRows.end()) return std::nullopt;
  return static_cast<Permission>(row - kPermissionRows.begin());
}

const Words& name_of(Role role) { return row_of(role).name; }

const Permissions& permissions_of(Role role) {
  static const std::array<Permissions, kRoles> grants = make_grants();
  return grants[static_cast<std::size_t>(role)];
}

const Permissions& permissions_over_people() {
  static const Permissions found = make_over_people();
  return found;
}

bool may_appoint(Role by, Role role) { return is_word_of(row_of(by).appoints, to_text(role)); }

bool area_fits(Role role, std::string_view area) {
  return is_word_of(row_of(role).levels, std::to_string(area.size()));
}

bool is_duty(Role role) {
  return role == Role::auditor || role == Role::security_officer || role == Role::system_administrator;
}

bool is_office(Role role) { return row_of(role).office; }

}  // namespace tanfang::identity
