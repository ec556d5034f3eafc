// The given cases of all five schemes: every verdict as section 5 of the rules defines it.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fstream>

#include "platform/json/json.h"
#include "schemes/cases.h"

namespace tanfang::schemes {
namespace {

TEST(Classification, GivenCasesAgree) {
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR);
  for (const SchemeMistake& mistake : set.mistakes()) {
    EXPECT_FALSE(mistake.error) << mistake.file << ":" << mistake.line << " " << mistake.text.zh << " / "
                                << mistake.text.en;
  }
  std::ifstream lines(TANFANG_SOURCE_DIR "/tests/fixtures/cases/classification.jsonl");
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    boost::json::value item = json::parse(line);
    auto on = Date::parse(item.at("on").as_string());
    ASSERT_TRUE(on);
    const Scheme& scheme = set.get(item.at("scheme").as_string(), *on);
    CaseOutcome outcome = try_case(scheme, set.vocabulary(), item.as_object());
    EXPECT_EQ(outcome.difference, "") << item.at("id").as_string();
    ++count;
  }
  EXPECT_EQ(count, 200);
}

}  // namespace
}  // namespace tanfang::schemes
