// Rows of the table `areas`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/areas.h"

namespace tanfang::registry {

/// Areas in force on `on` that begin with `within`, and those above it, by code.
std::vector<Area> load_areas(db::Session& session, std::string_view within, Date on);
/// Every row that has not ended, by code, with its first day.
void for_each_open_area(
    db::Session& session,
    const std::function<void(std::string_view code, std::string_view name, std::string_view valid_from)>& visit);
bool has_areas(db::Session& session);
/// New rows in force from `valid_from`.
void insert_areas(db::Session& session, const std::vector<const Area*>& areas, Date valid_from);
/// Ends the open rows of these codes: `valid_to` is the first day on which they no longer hold.
void end_areas(db::Session& session, const std::vector<std::string>& codes, Date valid_to);
/// Gives the open rows another name: a list corrected on the day it came into force.
void rename_areas(db::Session& session, const std::vector<const Area*>& areas);
/// Removes the open rows of these codes: they would end on the day they began.
void remove_areas(db::Session& session, const std::vector<std::string>& codes);

}  // namespace tanfang::registry
