// What an attachment may be, told from its first bytes. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace tanfang::visits {

/// `image/jpeg` or `image/png`; nullopt for anything else, whatever its sender calls it.
std::optional<std::string_view> media_type_of(std::string_view content);

}  // namespace tanfang::visits
