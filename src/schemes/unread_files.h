// Files in a scheme folder that nothing reads: a slip in a name goes unnoticed otherwise.
#pragma once

#include <string>

#include "schemes/mistakes.h"

namespace tanfang::schemes {

/// Warns of everything in the scheme folder that is neither a scheme, a case table of one, a form nor indicators.
/// Remarks (`*.md`) and hidden files are passed over.
void check_unread_files(const std::string& folder, Mistakes& mistakes);

}  // namespace tanfang::schemes
