// One file as a ZIP that only its password opens (AES-256, as WinZip, 7-Zip and WPS read it).
#pragma once

#include <string>

namespace tanfang::crypto {

/// Packs the file at `path` under `name` into a new archive at `zip_path`, for its owner only (mode 0600). The name is
/// not encrypted: nothing personal in it. Throws Failure.
void seal_zip(const std::string& zip_path, const std::string& path, const std::string& name,
              const std::string& password);

}  // namespace tanfang::crypto
