// `type; name=value; name="quoted value"`, as in Content-Type and Content-Disposition.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"

namespace tanfang::http {

struct Media {
  /// Lower case.
  std::string type;
  /// Names in lower case.
  std::vector<Field> parameters;
};
/// nullopt where it is malformed, names a parameter twice or has more than 10.
std::optional<Media> parse_media(std::string_view text);

}  // namespace tanfang::http
