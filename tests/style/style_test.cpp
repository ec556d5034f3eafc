// The whole tree keeps the rules of the house.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
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

std::vector<File> files_of(std::initializer_list<const char*> folders, const std::set<std::string>& endings) {
  std::vector<File> files;
  for (const char* folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (!endings.contains(entry.path().extension())) continue;
      files.push_back({fs::relative(entry.path(), kRoot).string(), read(entry.path())});
    }
  }
  return files;
}

std::vector<File> sources() { return files_of({"src", "tests", "bench"}, {".cpp", ".h"}); }

/// What runs as a test, in any language.
std::string text_of_tests() {
  std::string text;
  for (const File& file : files_of({"src", "tests"}, {".cpp", ".mjs", ".sh", ".py"})) {
    if (!file.path.ends_with(".cpp") || file.path.ends_with("_test.cpp")) text += file.text;
  }
  return text;
}

void expect_none(const std::vector<Breach>& breaches) {
  for (const Breach& breach : breaches) ADD_FAILURE() << breach.path << ":" << breach.line << ": " << breach.what;
}

TEST(House, TheBuildLinksWhatTheArchitectureSays) {
  IncludeTable written = read_include_table(read(kRoot / "docs/architecture.md"));
  EXPECT_EQ(written.size(), 17u);
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

/// Kinds that are named where they are recorded, and those of the rooms' lists of events.
TEST(House, EveryKindOfTheTrailHasWords) {
  std::set<std::string> kinds;
  auto gather = [&](const std::string& text, const std::regex& call) {
    for (std::sregex_iterator found(text.begin(), text.end(), call), end; found != end; ++found) {
      kinds.insert((*found)[1].str());
    }
  };
  const std::regex recorded(R"re((?:record\(\s*\{[^"{};]{0,200}|settle\([^"{};]{0,200}"", )"([a-z_]+)")re");
  for (const File& file : files_of({"src"}, {".cpp"})) {
    if (!file.path.ends_with("_test.cpp")) gather(file.text, recorded);
  }
  EXPECT_GT(kinds.size(), 60u);
  EXPECT_TRUE(kinds.contains("scan_page_attached"));
  for (const char* language : {"zh", "en"}) {
    std::string words = read(kRoot / "web/desk/src/words" / (std::string(language) + ".json"));
    std::size_t begin = words.find("\"auditKind\": {");
    ASSERT_NE(begin, words.npos);
    words = words.substr(begin, words.find('}', begin) - begin);
    for (const std::string& kind : kinds) {
      EXPECT_NE(words.find('"' + kind + "\": \""), words.npos) << language << ": " << kind;
    }
  }
}

TEST(House, EveryRefusalHasATest) {
  const std::string tests = text_of_tests();
  int codes = 0;
  for (const File& file : sources()) {
    if (!file.path.ends_with("_problems.h")) continue;
    for (const std::string& code : refusal_codes(file)) {
      ++codes;
      EXPECT_NE(tests.find(code), std::string::npos) << file.path << ": no test names the refusal " << code;
    }
  }
  EXPECT_GT(codes, 0);
}

TEST(House, EveryRefusalSaysWhatToDo) {
  for (const File& file : sources()) {
    if (file.path.ends_with("_problems.h")) expect_none(check_mends(file));
  }
}

TEST(House, TheTestsThatTheSecurityDocumentNamesAreThere) {
  const std::string tests = text_of_tests();
  std::set<std::string> names = named_tests(read(kRoot / "docs/security.md"));
  EXPECT_GT(names.size(), 50u);
  for (const std::string& name : names) {
    bool there = name.starts_with("tests/") ? fs::exists(kRoot / name) : has_test(tests, name);
    EXPECT_TRUE(there) << "docs/security.md: there is no test " << name;
  }
}

}  // namespace
}  // namespace tanfang::style
