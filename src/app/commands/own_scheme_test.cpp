// A county whose scheme lies in the data folder, from its ledger to its coverage.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "app/test_program.h"
#include "base/citizen_number.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

class OwnSchemeTest : public testing::Test {
 protected:
  OwnSchemeTest() {
    std::filesystem::create_directories(folder_.file("data"));
    std::filesystem::copy(TANFANG_SOURCE_DIR "/docs/examples", folder_.file("data/schemes"),
                          std::filesystem::copy_options::recursive);
    number_ += citizen_number_check(number_);
    files::write_whole(folder_.file("ledger.csv"), "姓名,身份证号码,村,取暖方式,摔过几回,出院日期\n张小丽," + number_ +
                                                       ",东山村,烧煤,2次,2025.5.20\n");
    files::write_whole(folder_.file("mapping.toml"),
                       "[columns]\n\"摔过几回\" = \"falls_in_year\"\n[values.\"取暖方式\"]\n\"烧煤\" = \"coal\"\n");
    files::write_whole(folder_.file("areas.csv"),
                       "code,name\n99,青海岸省\n9901,青禾市\n990101,青禾县\n990101100,东山镇\n990101100201,东山村\n");
  }
  Answer tanfang(std::vector<std::string> words) {
    return run_program(folder_.file("data"), "2025-06-02T09:30", std::move(words));
  }

  db::TestFolder folder_;
  std::string number_ = "99010119480203002";
};

TEST_F(OwnSchemeTest, IsClassifiedPlannedAndCountedUnderItsOwnScheme) {
  ASSERT_EQ(tanfang({"areas", "import", folder_.file("areas.csv")}).code, kDone);
  Answer imported = tanfang({"ledger", "import", folder_.file("ledger.csv"), "--area", "990101", "--mapping",
                             folder_.file("mapping.toml"), "--registered-from", "2025-01-01", "--json"});
  ASSERT_EQ(imported.code, kDone) << imported.err;
  js::value result = js::parse(imported.out);
  EXPECT_EQ(result.at("accepted").as_int64(), 1) << imported.out;
  EXPECT_EQ(result.at("mapping").at("取暖方式"), "heating");
  EXPECT_EQ(result.at("mapping").at("摔过几回"), "falls_in_year");
  std::string person = tanfang({"people", "show", number_, "--json"}).out;
  for (const char* fact : {R"("heating":{"value":"coal")", R"("falls_in_year":{"value":2)",
                           R"("left_hospital_on":{"value":"2025-05-20")"}) {
    EXPECT_NE(person.find(fact), std::string::npos) << fact << person;
  }
  Answer opened = tanfang({"plan", "open", "--county", "990101", "--month", "2025-06"});
  ASSERT_EQ(opened.code, kDone) << opened.err;
  Answer coverage = tanfang({"report", "coverage", "--area", "990101", "--month", "2025-06", "--people"});
  ASSERT_EQ(coverage.code, kDone) << coverage.err;
  EXPECT_NE(coverage.out.find("燃煤取暖"), std::string::npos) << coverage.out;
}

TEST_F(OwnSchemeTest, StandsInTheListBesideTheShippedOnes) {
  Answer listed = tanfang({"schemes", "list"});
  EXPECT_NE(listed.out.find("qinghe-2025"), std::string::npos);
  EXPECT_NE(listed.out.find("luzhou-2023"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::app
