// Reads schemes/common and one scheme's file into drafts.
#pragma once

#include "schemes/draft.h"

namespace tanfang::schemes {

Common read_common(const std::string& folder, Mistakes& mistakes);

/// nullopt only where the file is no TOML. A draft with fatal mistakes must not be compiled.
std::optional<Draft> read_scheme(const std::string& path, const Common& common, Mistakes& mistakes);

}  // namespace tanfang::schemes
