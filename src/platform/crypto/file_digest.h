// The digest of a file of any size.
#pragma once

#include <cstdint>
#include <string>

namespace tanfang::crypto {

/// SHA-256 of the first `count` bytes, in lower-case hexadecimal. Throws Failure where the file cannot be read or is
/// shorter.
std::string sha256_of_file(const std::string& path, std::uintmax_t count);

}  // namespace tanfang::crypto
