// Checking scheme folders that were sent.
#pragma once

#include <mutex>

namespace tanfang::app::server {

/// Held while a folder is checked: one at a time, because a folder may be made to be slow.
std::mutex& lint_turn();

}  // namespace tanfang::app::server
