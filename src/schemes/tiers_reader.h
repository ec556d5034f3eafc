// Tiers, what is owed in them, and by which methods.
#pragma once

#include "schemes/table.h"

namespace tanfang::schemes {

/// `methods` of a table; where they are required, absent ones are a mistake.
MethodSet read_methods(Table& table, bool required);
/// The choices of methods under `key` (`method`), in the order in which they are tried.
std::vector<MethodDraft> read_method_choice(Table& parent, std::string_view key);
TierDraft read_tier(Table& table);

}  // namespace tanfang::schemes
