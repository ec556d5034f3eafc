// Base64 as most of the world writes it (RFC 4648, section 4), with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// nullopt where it is none, or not in its one shortest form.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

}  // namespace tanfang::crypto
