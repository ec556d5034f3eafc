// Whole folders: case tables, files that nothing reads, versions, the shipped schemes.
#include <gtest/gtest.h>

#include <algorithm>

#include "schemes/scheme_kit.h"

namespace tanfang::schemes {
namespace {

using testing::Folder;
using testing::kSmallScheme;
using testing::lint_lines;

TEST(Lint, NamesFilesThatNothingReads) {
  Folder folder;
  folder.write("small/scheme.toml", kSmallScheme);
  folder.write("small/cases.jsonl", "");
  folder.write("small/README.md", "remarks");
  folder.write("small/case.jsonl", "");
  folder.write("small/cases-2026.jsonl", "");
  folder.write("small/Scheme-2026.toml", "");
  folder.write("small/form/visit.toml", "");
  folder.write("small/forms/visit.tml", "");
  std::string unread;
  for (const SchemeMistake& mistake : lint(TANFANG_SOURCE_DIR, {folder.path()})) {
    if (mistake.text.en.find("nothing reads this") == std::string::npos) continue;
    EXPECT_FALSE(mistake.error);
    unread += mistake.file.substr(folder.path().size()) + "\n";
  }
  EXPECT_EQ(unread,
            "/small/Scheme-2026.toml\n/small/case.jsonl\n/small/cases-2026.jsonl\n/small/form\n"
            "/small/forms/visit.tml\n");
}

TEST(Lint, TriesTheCaseTable) {
  Folder folder;
  folder.write("small/scheme.toml", kSmallScheme);
  folder.write("small/cases.jsonl",
               "{\"id\":1,\"on\":\"2025-06-01\",\"facts\":{\"birth_date\":\"1940-01-01\",\"has_spouse\":false,"
               "\"children\":[]},\"expect\":{\"eligible\":true,\"tier\":\"key\"}}\n"
               "\n{\"id\":2,\"on\":\"2025-06-01\",\"facts\":{},\"expect\":{\"eligible\":true}}\n"
               "{\"id\":3,\"on\":\"June\",\"facts\":{},\"expect\":{}}\n{\"id\":4,\"on\":\"2025-06-01\",\"facts\":{"
               "\"shoe\":1},\"expect\":{}}\n{\"id\":5\n[]\n"
               "{\"id\":1,\"on\":\"2025-06-01\",\"facts\":{},\"expect\":{\"tier\":null}}\n"
               "{\"id\":8,\"on\":\"2025-06-01\",\"facts\":{},\"expect\":{}}\n");
  std::vector<std::string> lines = lint_lines(folder.path() + "/small");
  auto has = [&](const std::string& what) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(what) != std::string::npos; });
  };
  EXPECT_FALSE(has("1: error"));
  EXPECT_TRUE(has("3: error: the case disagrees: eligible: expected true, found \"unknown\""));
  EXPECT_TRUE(has("4: error: the case disagrees: \"on\" must be a date"));
  EXPECT_TRUE(has("5: error: the case disagrees: shoe"));
  EXPECT_TRUE(has("6: error: not valid JSON"));
  EXPECT_TRUE(has("7: error: each line must be one JSON object"));
  EXPECT_TRUE(has("8: error: case 1 stands twice; see line 1"));
  EXPECT_TRUE(has("9: error: expect is empty: the case tries nothing"));
  EXPECT_TRUE(has("category living_alone is never false in the case table"));
  EXPECT_TRUE(has("category empty_nest is never true in the case table"));
}

TEST(Lint, RefusesAFolderThatIsNone) {
  EXPECT_THROW(lint(TANFANG_SOURCE_DIR, {"/nonexistent"}), Problem);
  Folder folder;
  folder.write("notes/readme.txt", "no scheme");
  std::vector<std::string> lines = lint_lines(folder.path());
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], "1: error: there is no scheme.toml in this folder");
}

TEST(Lint, NamesTheSameVersionTwice) {
  Folder folder;
  folder.write("a/scheme.toml", kSmallScheme);
  folder.write("b/scheme.toml", kSmallScheme);
  std::vector<std::string> lines = lint_lines(folder.path());
  bool found = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("stands twice with the same date in force") != std::string::npos;
  });
  EXPECT_TRUE(found);
}

TEST(Lint, TheWorkedExampleHasNoMistakes) {
  for (const std::string& line : lint_lines(TANFANG_SOURCE_DIR "/docs/examples/qinghe-2025")) {
    EXPECT_NE(line.find("below the national floor"), std::string::npos) << line;
  }
}

TEST(Lint, TheShippedSchemesLieBelowTheFloorOnlyWhereTheirDocumentsDo) {
  int warnings = 0;
  for (const SchemeMistake& mistake : lint(TANFANG_SOURCE_DIR, {})) {
    EXPECT_FALSE(mistake.error) << mistake.file << ":" << mistake.line << " " << mistake.text.en;
    EXPECT_NE(mistake.text.en.find("below the national floor"), std::string::npos)
        << mistake.file << ":" << mistake.line << " " << mistake.text.en;
    ++warnings;
  }
  // Linzi leaves out two kinds, Anshan three and visits quarterly in two tiers, Yicheng leaves out one.
  EXPECT_EQ(warnings, 8);
}

}  // namespace
}  // namespace tanfang::schemes
