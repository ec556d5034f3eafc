// Whole small files, and where the shipped data lies.
#pragma once

#include <string>
#include <string_view>

namespace tanfang::files {

/// Throws Failure where the file cannot be read or is larger than `limit` bytes.
std::string read_whole(const std::string& path, std::size_t limit = 64u << 20);
/// The first `count` bytes, or fewer where the file is shorter. Throws Failure.
std::string read_head(const std::string& path, std::size_t count);
/// Writes to a new file beside it and renames. `mode` as in chmod. Throws Failure.
void write_whole(const std::string& path, std::string_view bytes, int mode = 0644);
/// The folder that holds `schemes/`, `data/` and `db/`: `$TANFANG_HOME`, or the nearest folder above the program that
/// has them, or the installed `share/tanfang` beside its `bin`. Throws Failure.
std::string shipped_folder();

}  // namespace tanfang::files
