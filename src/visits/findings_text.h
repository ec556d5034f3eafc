// Findings as they are kept in a row. Inside the room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"

namespace tanfang::visits {

/// `{"health.mood":{"given":"worse","effect":"down"}}`, numbers under `number`.
std::string write_findings(const std::vector<forms::Finding>& findings);
/// Reads what `write_findings` wrote; throws Failure for anything else.
std::vector<forms::Finding> read_findings(std::string_view text);

}  // namespace tanfang::visits
