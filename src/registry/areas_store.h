// Rows of the table `areas`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/areas.h"

namespace tanfang::registry {

/// Areas in force on `on` that begin with `within`, and those above it, by code.
/// Those of which `parent` is next above, by code; the provinces for "".
std::vector<Area> load_areas_below(db::Session& session, const std::string& parent, Date on);
std::optional<Area> find_area(db::Session& session, std::string_view code, Date on);
std::vector<Area> load_areas(db::Session& session, std::string_view within, Date on);
/// Every row that has not ended, by code, with its first day.
void for_each_open_area(
    db::Session& session,
    const std::function<void(std::string_view code, std::string_view name, std::string_view valid_from)>& visit);
/// The last row of every code that has ended rows, by code.
struct EndedArea {
  std::string code;
  std::string name;
  std::string valid_from;
  std::string valid_to;
};
std::vector<EndedArea> load_ended_areas(db::Session& session);
/// The ended row holds on without an end, under this name.
void reopen_areas(db::Session& session, const std::vector<std::pair<EndedArea, const Area*>>& areas);
/// The digits of the area above, or 0 for a province.
std::size_t parent_length(std::size_t length);
bool knows_area(db::Session& session, std::string_view code);
bool is_open_area(db::Session& session, std::string_view code);
bool has_areas(db::Session& session);
/// New rows in force from `valid_from`; such as are there already stay.
void insert_areas(db::Session& session, const std::vector<const Area*>& areas, Date valid_from);
/// Ends the open rows of these codes: `valid_to` is the first day on which they no longer hold.
void end_areas(db::Session& session, const std::vector<std::string>& codes, Date valid_to);
/// Gives the open rows another name: a list corrected on the day it came into force.
void rename_areas(db::Session& session, const std::vector<const Area*>& areas);
/// Removes the open rows of these codes: they would end on the day they began.
void remove_areas(db::Session& session, const std::vector<std::string>& codes);

}  // namespace tanfang::registry
