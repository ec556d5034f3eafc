// gzip for answers.
#pragma once

#include <string>
#include <string_view>

namespace tanfang::http {

/// Whether an Accept-Encoding header takes gzip (by name or `*`, with a weight above 0).
bool accepts_gzip(std::string_view accept_encoding);
/// Whether bytes of this content type are worth compressing.
bool is_compressible(std::string_view content_type);
std::string gzipped(std::string_view bytes);

}  // namespace tanfang::http
