// The whole tree keeps the rules of the house.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "style/checks.h"

namespace tanfang::style {
namespace {

namespace fs = std::filesystem;
const fs::path kRoot = TANFANG_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<File> sources() {
  std::vector<File> files;
  for (const char* folder : {"src", "tests", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      files.push_back({fs::relative(entry.path(), kRoot).string(), read(entry.path())});
    }
  }
  return files;
}

void expect_none(const std::vector<Breach>& breaches) {
  for (const Breach& breach : breaches) ADD_FAILURE() << breach.path << ":" << breach.line << ": " << breach.what;
}

TEST(House, TheBuildLinksWhatTheArchitectureSays) {
  IncludeTable written = read_include_table(read(kRoot / "docs/architecture.md"));
  EXPECT_EQ(written.size(), 12u);
  EXPECT_EQ(written, read_build_table(read(kRoot / "src/CMakeLists.txt")));
}

TEST(House, RoomsIncludeOnlyWhatTheTableAllows) {
  IncludeTable table = read_include_table(read(kRoot / "docs/architecture.md"));
  for (const File& file : sources()) expect_none(check_includes(file, table));
}

TEST(House, FilesAndFunctionsAreShort) {
  for (const File& file : sources()) expect_none(check_lengths(file));
}

TEST(House, NobodyUsesWhatIsBanned) {
  for (const File& file : sources()) {
    if (file.path.starts_with("tests/style/") || file.path.starts_with("bench/")) continue;
    expect_none(check_banned_words(file));
  }
}

TEST(House, SqlStandsOnlyInStores) {
  for (const File& file : sources()) {
    if (file.path.starts_with("tests/") || file.path.starts_with("bench/")) continue;
    expect_none(check_sql_place(file));
  }
}

TEST(House, EveryRefusalHasATest) {
  std::string tests;
  std::vector<File> files = sources();
  for (const File& file : files) {
    if (file.path.ends_with("_test.cpp")) tests += file.text;
  }
  int codes = 0;
  for (const File& file : files) {
    if (!file.path.ends_with("_problems.h")) continue;
    for (const std::string& code : refusal_codes(file)) {
      ++codes;
      EXPECT_NE(tests.find(code), std::string::npos) << file.path << ": no test names the refusal " << code;
    }
  }
  EXPECT_GT(codes, 0);
}

}  // namespace
}  // namespace tanfang::style
