// Who acts: what a session or token says, and the two questions every route asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "identity/roles.h"

namespace tanfang::identity {

/// Access outside one's area, for people_read and reveal only.
struct EmergencyGrant {
  std::string area;
  Instant ends_at;
};

struct Principal {
  enum class Arrival { session, token, command, device };

  Id account;
  std::string login;
  std::string name;
  Role role = Role::visitor;
  std::string area;  // "" for the nation
  /// What it may do now: the role's row; for a token what it was scoped to; nothing while `must_enrol`.
  Permissions permissions;
  Arrival arrival = Arrival::session;
  /// The session, token or device; zero for a command.
  Id arrived_with;
  /// The role needs a second factor and has none: only enrolling is open.
  bool must_enrol = false;
  /// Of the session or token; `use_is_due` compares it.
  Instant last_used;
  std::vector<EmergencyGrant> emergencies;
};

/// An operator on the machine itself: appoints every role everywhere, and may nothing else.
Principal operator_at_command();

bool may(const Principal& principal, Permission permission);
/// Whether `area` lies in the principal's area, or for people_read and reveal in one it has emergency access to.
/// True for nothing but area codes.
bool reaches(const Principal& principal, std::string_view area, Permission permission);
/// `account:<login>`, for `audit::Work`.
std::string actor_of(const Principal& principal);

/// Both questions at once. Throws Problem `identity.forbidden` or `identity.outside_area`.
void require(const Principal& principal, Permission permission);
void require(const Principal& principal, Permission permission, std::string_view area);

}  // namespace tanfang::identity
