// `tanfang schemes` from the outside.
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "app/test_program.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

namespace fs = std::filesystem;

class SchemesCommandTest : public testing::Test {
 protected:
  Answer schemes(std::vector<std::string> words) {
    words.insert(words.begin(), "schemes");
    return run_program(folder_.file("none"), "2025-06-01T09:00", std::move(words));
  }
  std::string write(const std::string& name, const std::string& text) {
    std::string path = folder_.file(name);
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << text;
    return path;
  }

  db::TestFolder folder_;
};

TEST_F(SchemesCommandTest, LintSpeaksTheLanguageAskedFor) {
  write("own/x/scheme.toml", "id = \"x\"\ntitel = \"甲\"\n");
  std::string own = folder_.file("own");
  Answer both = schemes({"lint", own});
  EXPECT_EQ(both.code, kRefused);
  EXPECT_NE(both.out.find("不认识的键"), std::string::npos);
  EXPECT_NE(both.out.find("unknown key"), std::string::npos);
  Answer chinese = schemes({"lint", own, "--language", "zh"});
  EXPECT_NE(chinese.out.find("不认识的键"), std::string::npos);
  EXPECT_EQ(chinese.out.find("unknown key"), std::string::npos);
  Answer english = schemes({"lint", own, "--language", "en"});
  EXPECT_EQ(english.out.find("不认识的键"), std::string::npos);
  EXPECT_NE(english.out.find("unknown key"), std::string::npos);
  EXPECT_EQ(english.out.find("错误"), std::string::npos);
  Answer json = schemes({"lint", own, "--language", "en", "--json"});
  EXPECT_EQ(boost::json::parse(json.out).at(0).at("message"), boost::json::parse(json.out).at(0).at("message_en"));
}

TEST_F(SchemesCommandTest, LintChecksWhatASchemeWithoutFormsSaysOfIndicators) {
  write("own/x/scheme.toml", "id = \"x\"\nsupplement = [\"health.reactoin\"]\n");
  EXPECT_NE(schemes({"lint", folder_.file("own")}).out.find("scheme.toml:2: error: supplement"), std::string::npos);
}

TEST_F(SchemesCommandTest, ExplainTellsWhichLinesGaveAScoreItsPoints) {
  std::string facts =
      write("facts.json", R"({"birth_date":"1940-01-01","residence_area":"990101100201","hukou_kind":"rural",)"
                          R"("ability":"mild","falls_in_year":3,"helpers":[],"living_with":["spouse"],)"
                          R"("has_spouse":true,"children":[]})");
  auto explain = [&](const std::string& language) {
    return schemes({"explain", "qinghe-2025", "--schemes", TANFANG_SOURCE_DIR "/docs/examples", "--facts", facts,
                    "--language", language});
  };
  Answer chinese = explain("zh");
  EXPECT_EQ(chinese.code, kDone) << chinese.err;
  EXPECT_NE(chinese.out.find("风险评分 75分："), std::string::npos) << chinese.out;
  EXPECT_NE(chinese.out.find("+25 一年内跌倒次数3次 ≥ 2"), std::string::npos) << chinese.out;
  EXPECT_EQ(chinese.out.find("+30 独居"), std::string::npos) << chinese.out;
  EXPECT_NE(explain("en").out.find("risk points 75 points: "), std::string::npos) << explain("en").out;
}

TEST_F(SchemesCommandTest, AFileOfFactsThatIsNotThereIsRefused) {
  Answer answer = schemes({"explain", "luzhou-2023", "--facts", folder_.file("nothing.json")});
  EXPECT_EQ(answer.code, kRefused);
  EXPECT_NE(answer.err.find("nothing.json"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::app
