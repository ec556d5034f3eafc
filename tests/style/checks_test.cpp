// Each check finds the breach it is there for.
#include "style/checks.h"

#include <gtest/gtest.h>

namespace tanfang::style {
namespace {

const IncludeTable kTable{{"base", {}}, {"forms", {"base", "schemes"}}};

TEST(Checks, ReadBothTables) {
  IncludeTable written = read_include_table(
      "# Include table\n\n| room | includes |\n|---|---|\n| forms | base, schemes |\n| base | |\n# Next\n| x | y |\n");
  IncludeTable built =
      read_build_table("room(base LIBRARIES fmt::fmt)\nroom(forms INCLUDES base schemes LIBRARIES x)\n");
  EXPECT_EQ(written, kTable);
  EXPECT_EQ(built, kTable);
}

TEST(Checks, FindForbiddenIncludes) {
  EXPECT_EQ(check_includes({"src/forms/a.cpp", "#include \"registry/registry.h\"\n"}, kTable).size(), 1u);
  EXPECT_EQ(check_includes({"src/forms/a.cpp", "#include \"schemes/parser.h\"\n"}, kTable).size(), 1u);
  EXPECT_EQ(check_includes({"src/forms/a.cpp", "#include \"schemes/for_phones.h\"\n"}, kTable).size(), 0u);
  EXPECT_EQ(
      check_includes({"src/forms/a.cpp", "#include \"schemes/schemes.h\"\n#include \"base/date.h\"\n"}, kTable).size(),
      0u);
  EXPECT_EQ(check_includes({"src/base/a.h", "#include \"forms/forms.h\"\n"}, kTable).size(), 1u);
}

TEST(Checks, FindLongFilesAndFunctions) {
  std::string filler;
  for (int i = 0; i < 80; ++i) filler += "  ++count;\n";
  EXPECT_EQ(check_lengths({"src/base/a.cpp", "int f(int a) {\n" + filler + "}\n"}).size(), 1u);
  EXPECT_EQ(check_lengths({"src/base/a.cpp", "int f(int a) {\n  ++a;\n}\n" + filler}).size(), 0u);
  EXPECT_EQ(check_lengths({"src/base/a.cpp", std::string(401, '\n')}).size(), 1u);
}

TEST(Checks, FindBannedWords) {
  const std::string await = std::string("co_") + "await f();\n";
  EXPECT_EQ(check_banned_words({"src/platform/a.cpp", await}).size(), 1u);
  EXPECT_EQ(check_banned_words({"src/base/a.cpp",
                                "auto t = std::chrono::system_clock"
                                "::now();\n"})
                .size(),
            1u);
  EXPECT_EQ(check_banned_words({"src/platform/a.cpp",
                                "auto t = std::chrono::system_clock"
                                "::now();\n"})
                .size(),
            0u);
}

TEST(Checks, FindSqlOutsideItsPlace) {
  const std::string sql = "session.execute(\"select a from b\");\n";
  EXPECT_EQ(check_sql_place({"src/visits/visits.cpp", sql}).size(), 1u);
  EXPECT_EQ(check_sql_place({"src/visits/visits.cpp",
                             "f(R\"(\n"
                             "x(\"insert into a values\")"})
                .size(),
            1u);
  EXPECT_EQ(check_sql_place({"src/visits/visits_store.cpp", sql}).size(), 0u);
  EXPECT_EQ(check_sql_place({"src/visits/visits.cpp", "say(\"selected\");\n"}).size(), 0u);
}

TEST(Checks, ReadTheCodesOfRefusals) {
  EXPECT_EQ(
      refusal_codes({"src/a/a_problems.h", "Problem(\"visit.key_reused\", 409, {\"zh.\", \"It was used. Send\"})"}),
      std::set<std::string>{"visit.key_reused"});
}

TEST(Checks, FindsARefusalThatDoesNotSayWhatToDo) {
  const std::string bare = "\ninline Problem a() {\n  return Problem(\"a.b\", 404, {\"没有这条\", \"no such\"});\n}\n";
  const std::string told =
      "\ninline Problem c() {\n  return Problem(\"c.d\", 404, {\"没有这条；请刷新\", \"…\"});\n}\n";
  auto found = check_mends({"src/a/a_problems.h", "#pragma once\n" + told + bare});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].line, 7);
}

TEST(Checks, FindTheTestsThatADocumentNames) {
  EXPECT_EQ(named_tests("shown by `ApiTest.Asks\u2026`, `OpenApiTest`, `tests/oidc`; `HttpOnly`, `a.b`, `Secure`"),
            (std::set<std::string>{"ApiTest.Asks\u2026", "OpenApiTest", "tests/oidc"}));
  std::string tests = "TEST_P(ApiTest, AsksForASession) {";
  for (const char* name : {"ApiTest.AsksForASession", "ApiTest.Asks\u2026", "ApiTest"})
    EXPECT_TRUE(has_test(tests, name));
  for (const char* name : {"ApiTest.Asks", "ApiTest.Forgets\u2026", "Api"}) EXPECT_FALSE(has_test(tests, name));
}

}  // namespace
}  // namespace tanfang::style
