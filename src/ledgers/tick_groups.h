// Columns to be ticked: a group asks (婚姻状况), the headings below it are the answers (丧偶 | 有配偶).
#pragma once

#include <string>
#include <vector>

#include "ledgers/heading_block.h"
#include "ledgers/row_facts.h"
#include "ledgers/words.h"

namespace tanfang::ledgers {

/// For each heading the field of its group where the heading is one of the field's values, else `ignore`.
std::vector<Field> find_ticks(const std::vector<Heading>& headings, const Words& words);

/// What a cell of such a column says: √ is the column's value, a number under a place so many children there.
Said read_tick(const Words& words, const Column& column, const std::string& text);

/// Adds what a further column of the same group says. Two answers where one can be is unreadable.
void add_tick(Said& sum, const Said& said, Field field);

}  // namespace tanfang::ledgers
