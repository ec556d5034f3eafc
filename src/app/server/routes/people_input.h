// What requests say of a person, read from their bodies.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/server/input.h"
#include "audit/audit.h"
#include "registry/registry.h"

namespace tanfang::app::server {

/// An object of facts by name; `null` takes a fact back.
registry::FactValues read_facts(Body& body, const std::string& name);
std::vector<registry::Contact> read_contacts(Body& body, const std::string& name);
std::vector<registry::HouseholdMember> read_household(Body& body, const std::string& name);
/// citizen_number, name, area, phone, address, contacts, household, facts.
registry::PersonStatement read_statement(Body& body);
std::optional<Instant> read_instant(Input& input, const std::string& name);

/// `status` (suspended, active, moved_out, deceased, or corrected: a death or moving out taken back), `on`, `last`,
/// `reason`.
struct StatusChange {
  Date affects_from;
  std::function<void(audit::Work&, const registry::PersonKey&)> apply;
};
StatusChange read_status_change(Body& body, Date today);

}  // namespace tanfang::app::server
