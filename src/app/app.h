// The commands, and the only place that sees every room.
#pragma once

namespace tanfang::app {

/// Exit codes of every command.
enum Exit : int { kDone = 0, kRefused = 1, kUsage = 2, kFailed = 3 };

int run(int count, char** words);

}  // namespace tanfang::app
