// Percent encoding (RFC 3986) and the parameters that are written with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"

namespace tanfang::http {

/// nullopt where an escape is not two hexadecimal digits. `plus_is_space` as in forms.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
/// Everything but unreserved characters escaped.
std::string percent_encoded(std::string_view text);

/// Valid UTF-8 without control characters (U+0000 to U+001F, U+007F).
bool is_plain_text(std::string_view text);

struct Target {
  std::vector<std::string> path;
  std::string query;
};
/// Reads a request target in origin or absolute form. Throws Problem `http.target` on a bad escape, an empty segment (a
/// single one at the end is kept as ""), `.`, `..`, a slash or backslash inside a segment, control characters, invalid
/// UTF-8 and fragments.
Target parse_target(std::string_view target);

struct ParameterLimits {
  std::size_t count = 100;
  std::size_t name_bytes = 100;
  std::size_t value_bytes = 8192;
};
/// `a=1&b=%E5%BC%A0`, in the order sent. Throws Problem `http.parameters` on bad escapes, invalid UTF-8, NUL, or past
/// the limits.
std::vector<Field> parse_query(std::string_view query, const ParameterLimits& limits = {});
/// The body of `application/x-www-form-urlencoded`. Throws the same.
std::vector<Field> parse_form(std::string_view body, const ParameterLimits& limits = {});

}  // namespace tanfang::http
