// For file systems that make no files without a name.
#pragma once

#include <string>

namespace tanfang::http {

/// A new file in `folder` that lost its name at once, open for reading and writing; -1 with errno where it fails.
int open_unlinked(const std::string& folder);

}  // namespace tanfang::http
