#include "identity/principal.h"

#include <algorithm>

#include "base/area_code.h"
#include "identity/identity_problems.h"

namespace tanfang::identity {

Principal operator_at_command() {
  Principal found;
  found.name = "operator";
  found.permissions.set(static_cast<std::size_t>(Permission::accounts_read));
  found.permissions.set(static_cast<std::size_t>(Permission::accounts_manage));
  found.arrival = Principal::Arrival::command;
  return found;
}

bool may(const Principal& principal, Permission permission) {
  return !principal.must_enrol && principal.permissions[static_cast<std::size_t>(permission)];
}

bool reaches(const Principal& principal, std::string_view area, Permission permission) {
  if (!area.empty() && !is_area_code(area)) return false;
  if (area.starts_with(principal.area)) return true;
  if (permission != Permission::people_read && permission != Permission::reveal) return false;
  return std::any_of(principal.emergencies.begin(), principal.emergencies.end(),
                     [&](const EmergencyGrant& grant) { return area.starts_with(grant.area); });
}

std::string actor_of(const Principal& principal) { return "account:" + principal.login; }

void require(const Principal& principal, Permission permission) {
  if (principal.must_enrol) throw problems::must_enrol();
  if (!may(principal, permission)) throw problems::forbidden();
}

void require(const Principal& principal, Permission permission, std::string_view area) {
  require(principal, permission);
  if (!reaches(principal, area, permission)) throw problems::outside_area();
}

}  // namespace tanfang::identity
