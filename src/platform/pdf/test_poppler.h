// For tests: what the programs of poppler read from a PDF.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"

namespace tanfang::pdf {

/// What a program of poppler says of the PDF.
inline std::string poppler(const std::string& command, const std::string& pdf) {
  std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("tanfang-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  std::string line =
      command.substr(0, command.find(" @")) + " " + file.string() + command.substr(command.find(" @") + 2);
  std::string said;
  if (FILE* pipe = ::popen(line.c_str(), "r")) {
    std::array<char, 4096> part{};
    for (std::size_t size = 0; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
      said.append(part.data(), size);
    ::pclose(pipe);
  }
  std::filesystem::remove(file);
  return said;
}

inline std::string without_breaks(const std::string& text) { return without_spaces(replaced(text, "\f", "")); }

/// Whether the words stand in this order, each behind the one before.
inline testing::AssertionResult in_order(const std::string& text, const std::vector<std::string>& words) {
  std::size_t at = 0;
  for (const std::string& word : words) {
    std::size_t found = text.find(word, at);
    if (found == std::string::npos) return testing::AssertionFailure() << word << " is not there behind its forerunner";
    at = found + word.size();
  }
  return testing::AssertionSuccess();
}

/// Its elements in the order in which programs for the blind read them.
inline std::string heard_from(const std::string& pdf) {
  std::string heard = without_breaks(poppler("pdfinfo -struct-text @ 2>&1", pdf));
  EXPECT_EQ(heard.find("Syntax"), std::string::npos) << "neither errors nor warnings: " << heard;
  return heard;
}

}  // namespace tanfang::pdf
