// People whom somebody chose one by one, as requests name them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/input.h"
#include "registry/registry.h"

namespace tanfang::app::server {

inline constexpr std::size_t kMostChosen = 2000;

/// The ids of `people`, 1 to `kMostChosen`; nullopt where it is not given.
std::optional<std::vector<Id>> read_chosen(Body& body);
/// The file of the id in the county, where the principal reaches it for `permission`. Throws Problem `person.unknown`.
registry::PersonKey person_reached(const Call& call, db::Session& session, const std::string& county, Id person,
                                   identity::Permission permission);

}  // namespace tanfang::app::server
