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

/// The smallest grade 1 to 4 written anywhere in a plain text (`残疾三级`, `肢体2级`, `4`), 0 for none.
int disability_grade_in(const std::string& plain);

/// A whole number of people in Chinese or Arabic words (`2个`, `一子二女`, `三`), or -1.
int count_in(const std::string& plain);

}  // namespace tanfang::ledgers
