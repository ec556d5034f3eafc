// TOML to a layout, every mistake with its line. Inside the room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "paper/paper.h"

namespace tanfang::paper {

/// What could be read of it; mistakes are added to `messages`.
Layout read_layout(std::string_view text, const forms::Form& form, const std::string& file,
                   std::vector<forms::LintMessage>& messages);

}  // namespace tanfang::paper
