// Areas as commands see them: the shipped ones lie beneath every list that is imported.
#include <gtest/gtest.h>

#include "app/test_program.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

class AreasCommandTest : public testing::Test {
 protected:
  Answer tanfang(std::vector<std::string> words) {
    return run_program(folder_.file("data"), "2024-03-01T09:30", std::move(words));
  }
  Answer take(const std::string& list) {
    files::write_whole(folder_.file("areas.csv"), list);
    return tanfang({"areas", "import", folder_.file("areas.csv")});
  }
  std::string coverage_of(const std::string& area) {
    Answer answer = tanfang({"report", "coverage", "--area", area, "--month", "2024-03", "--json"});
    return answer.code == kDone ? answer.out : answer.err;
  }

  db::TestFolder folder_;
};

TEST_F(AreasCommandTest, AListOfOnePlaceHidesNoOther) {
  ASSERT_EQ(take("11,北京市\n1101,市辖区\n110101,东城区\n110101001,东华门街道\n110101001001,多福巷社区\n").code, kDone);
  ASSERT_EQ(tanfang({"plan", "open", "--county", "510521", "--month", "2024-03"}).code, kDone);
  ASSERT_EQ(tanfang({"plan", "open", "--county", "110101", "--month", "2024-03"}).code, kDone);
  EXPECT_NE(coverage_of("510521").find("\"owed\":0"), std::string::npos) << coverage_of("510521");
  EXPECT_NE(coverage_of("110101").find("\"owed\":0"), std::string::npos) << coverage_of("110101");
}

TEST_F(AreasCommandTest, VillagesAloneAreTakenBelowWhatIsKnown) {
  EXPECT_EQ(take("510521100999,新增村\n").code, kDone);
  EXPECT_EQ(take("110101001001,多福巷社区\n").code, kRefused);
}

TEST_F(AreasCommandTest, ACityWithoutCountiesIsItsOwnCounty) {
  ASSERT_EQ(take("44,广东省\n4419,东莞市\n441900003,东城街道\n441900003001,岗贝社区\n").code, kDone);
  EXPECT_EQ(tanfang({"plan", "open", "--county", "441900", "--month", "2024-03"}).code, kDone);
  EXPECT_NE(tanfang({"areas", "list", "--area", "4419", "--level", "6"}).out.find("441900 东莞市"), std::string::npos);
}

TEST_F(AreasCommandTest, ACountyThatNobodyKnowsIsRefused) {
  for (std::vector<std::string> words : {std::vector<std::string>{"plan", "open", "--month", "2024-03"},
                                         {"people", "schemes"},
                                         {"report", "recount", "--month", "2024-03"},
                                         {"visits", "recount"}}) {
    words.insert(words.end(), {"--county", "999999"});
    Answer answer = tanfang(words);
    EXPECT_EQ(answer.code, kRefused) << words[1];
    EXPECT_NE(answer.err.find("area.unknown"), std::string::npos) << answer.err;
  }
  EXPECT_EQ(tanfang({"plan", "open", "--county", "51", "--month", "2024-03"}).code, kUsage);
}

}  // namespace
}  // namespace tanfang::app
