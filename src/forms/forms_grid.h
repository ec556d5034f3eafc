// The print grid of a section: every row must be filled exactly. Inside the room only.
#pragma once

#include "forms/forms_reader.h"

namespace tanfang::forms {

/// Columns that a title left of its rows takes, and a block's side cell.
inline constexpr int kSideColumns = 2;

void check_grid(const Form& form, const Section& section, Mistakes& mistakes);

}  // namespace tanfang::forms
