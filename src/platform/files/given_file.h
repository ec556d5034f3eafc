// Files that somebody named on the command line.
#pragma once

#include <string>

namespace tanfang::files {

/// As `read_whole`, but what stands against it is a slip of who named the file: Problem `file.unreadable`.
std::string read_given(const std::string& path, std::size_t limit = 64u << 20);

}  // namespace tanfang::files
