// For tests: the program as from a shell, within this process.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/app.h"

namespace tanfang::app {

struct Answer {
  int code;
  std::string out;
  std::string err;
};

/// Runs `tanfang --data FOLDER --now NOW WORDS…` with the areas and schemes of the source tree.
inline Answer run_program(const std::string& data_folder, const std::string& now, std::vector<std::string> words) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  words.insert(words.begin(), {"tanfang", "--data", data_folder, "--now", now});
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  int code = run(static_cast<int>(pointers.size()), pointers.data());
  std::string out = testing::internal::GetCapturedStdout();
  return {code, out, testing::internal::GetCapturedStderr()};
}

}  // namespace tanfang::app
