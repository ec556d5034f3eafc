// What a single cell of a field says. Part of reading a row's facts.
#pragma once

#include <string>

#include "ledgers/row_facts.h"

namespace tanfang::ledgers {

/// Whether the field is read from words here (names, numbers, dates and contacts are not).
bool is_read_from_words(Field field);

/// Reads a cell's trimmed, not blank text.
Said read_cell(const Words& words, Field field, const std::string& text);

/// What a value that a mapping gives stands for: the fact's own words (`moderate`, `true`, `2`, `spouse,child`).
Said read_corrected(const Words& words, Field field, const std::string& value);

}  // namespace tanfang::ledgers
