// The program itself, as people run it: a process of its own, so that its memory is its own.
#pragma once

#include <string>
#include <vector>

namespace tanfang::bench {

struct ProgramRun {
  double seconds = 0;
  double peak_megabytes = 0;
};

/// `tanfang` with these words, its output nowhere. Throws where it fails.
ProgramRun run_program(const std::vector<std::string>& words);

}  // namespace tanfang::bench
