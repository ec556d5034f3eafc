// How deep a document goes, before toml++ follows it with its own stack.
#pragma once

#include <string_view>

namespace tanfang::toml {

/// The first line on which a key has more parts, or brackets stand deeper in each other, than anybody needs; 0 for
/// none. Of a document that is no TOML it says this for what stands before the fault.
int line_of_excess(std::string_view text);

}  // namespace tanfang::toml
