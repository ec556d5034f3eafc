// A table on the terminal: columns lined up although Chinese characters are two cells wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tanfang::app {

/// Cells on a terminal: two for a Chinese character or full-width form, one for the rest.
std::size_t width_of(std::string_view text);

/// The first column flush left, the others flush right, two spaces between; a line for each row.
std::string table_text(const std::vector<std::vector<std::string>>& rows);

}  // namespace tanfang::app
