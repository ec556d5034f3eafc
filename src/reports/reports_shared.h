// What the parts of this room share. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "platform/db/database.h"

namespace tanfang::reports {

/// Its name. Throws Problem `area.unknown`.
std::string require_area(db::Session& session, const std::string& area);
/// The counties of the area where the month is open; `closed` gets the others. Throws Problem
/// `coverage.month_not_open` where it is open in none.
std::vector<std::string> open_counties(db::Session& session, const std::string& area, const std::string& month,
                                       std::vector<std::string>& closed);
/// Words between single spaces.
std::vector<std::string> words_of(const std::string& joined);

}  // namespace tanfang::reports
