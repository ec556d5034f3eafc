// Facts that a scheme declares itself: columns that hold them and how a cell is read by the words of the declaration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledgers/row_facts.h"
#include "schemes/schemes.h"

namespace tanfang::ledgers {

/// The declarations that a column may hold beside the fields: all but lists. Where `scheme` is given, facts that only
/// other schemes declared are left out.
std::vector<const schemes::FactDeclaration*> own_facts(const schemes::Vocabulary& vocabulary,
                                                       const schemes::Scheme* scheme);

/// The fact of that name, or nullptr.
const schemes::FactDeclaration* find_own(const std::vector<const schemes::FactDeclaration*>& facts,
                                         std::string_view name);
/// The fact that a heading names by the declaration's Chinese or English words, or nullptr.
const schemes::FactDeclaration* own_fact_of_heading(const std::vector<const schemes::FactDeclaration*>& facts,
                                                    std::string_view heading);

/// Reads a cell's trimmed, not blank text.
Said read_own_cell(const Words& words, const schemes::FactDeclaration& fact, const std::string& text);
/// What a value that a mapping gives stands for: `true`, `3`, `coal`, `stairs,stove`, `2025-01-31`, `unknown`.
Said read_own_value(const schemes::FactDeclaration& fact, const std::string& given);

}  // namespace tanfang::ledgers
