#include <gtest/gtest.h>
#include <unistd.h>

#include "base/problem.h"
#include "platform/files/files.h"
#include "registry/area_file.h"
#include "registry/area_names.h"

namespace tanfang::registry {
namespace {

TEST(AreaNames, PlainFormDropsWhatClerksWriteDifferently) {
  struct Case {
    const char* written;
    const char* plain;
  };
  const Case cases[] = {
      {"大寨村民委员会", "大寨村"}, {"大寨村村民委员会", "大寨村"},
      {"大寨村委会", "大寨村"},     {"大寨村村委会", "大寨村"},
      {"大寨村村", "大寨村"},       {"西苑社区居民委员会", "西苑社区"},
      {"哈达居委会", "哈达"},       {"西关村", "西关村"},
      {"西关社区", "西关社区"},     {" 大寨　村 ", "大寨村"},
      {"１号村", "1号村"},          {"", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(plain_area_name(c.written), c.plain) << c.written;
}

TEST(AreaNames, TownsWithAndWithoutTheirOffice) {
  EXPECT_EQ(plain_town_name("闻韶街道办事处"), "闻韶街道");
  EXPECT_EQ(plain_town_name("兆雅镇人民政府"), "兆雅镇");
  EXPECT_EQ(short_town_name("兆雅镇"), "兆雅");
  EXPECT_EQ(short_town_name("闻韶街道"), "闻韶");
  EXPECT_EQ(short_town_name("东镇"), "东镇");
}

AreaIndex index() {
  return AreaIndex::from_areas({{"51", "四川省"},
                                {"5105", "泸州市"},
                                {"510521", "泸县"},
                                {"510521100", "福集镇"},
                                {"510521101", "嘉明镇"},
                                {"510521102", "玉蟾街道办事处"},
                                {"510521100201", "大寨村民委员会"},
                                {"510521100202", "西关村民委员会"},
                                {"510521100203", "西关社区居民委员会"},
                                {"510521101201", "大寨村村民委员会"},
                                {"510521101202", "龙桥村委会"},
                                {"510521102001", "龙桥社区居民委员会"}});
}

TEST(AreaIndex, FindsVillagesInsideAnArea) {
  struct Case {
    const char* area;
    const char* town;
    const char* written;
    AreaMatch::Kind kind;
    const char* code;
  };
  constexpr auto kFound = AreaMatch::Kind::found;
  const Case cases[] = {
      {"510521", "", "西关村", kFound, "510521100202"},
      {"510521", "", "西关社区", kFound, "510521100203"},
      {"510521", "", "大寨村", AreaMatch::Kind::ambiguous, ""},
      {"510521100", "", "大寨村委会", kFound, "510521100201"},
      {"510521", "嘉明镇", "大寨村", kFound, "510521101201"},
      {"510521", "嘉明", "大寨村", kFound, "510521101201"},
      {"510521", "玉蟾街道", "龙桥社区", kFound, "510521102001"},
      {"510521", "没有镇", "西关村", AreaMatch::Kind::unknown, ""},
      {"510521", "", "泸县嘉明镇大寨村", kFound, "510521101201"},
      {"510521", "", "510521100202", kFound, "510521100202"},
      {"510521101", "", "510521100202", AreaMatch::Kind::unknown, ""},
      {"510521", "", "不存在村", AreaMatch::Kind::unknown, ""},
      {"510521", "", "", AreaMatch::Kind::unknown, ""},
      {"510521100201", "", "大寨村", kFound, "510521100201"},
      {"510521100201", "", "福集镇大寨村", kFound, "510521100201"},
      {"510521100201", "", "西关村", AreaMatch::Kind::unknown, ""},
  };
  AreaIndex areas = index();
  for (const Case& c : cases) {
    AreaMatch match = areas.find_village(c.area, c.written, c.town);
    EXPECT_EQ(match.kind, c.kind) << c.area << " " << c.town << " " << c.written;
    EXPECT_EQ(match.code, c.code) << c.area << " " << c.town << " " << c.written;
  }
}

TEST(AreaIndex, KnowsTownsNamesAndWhatLiesBelow) {
  AreaIndex areas = index();
  EXPECT_EQ(areas.find_town("510521", "玉蟾街道").code, "510521102");
  EXPECT_EQ(areas.find_town("510521", "玉蟾街道办事处").code, "510521102");
  EXPECT_EQ(areas.find_town("510521", "玉").kind, AreaMatch::Kind::unknown);
  EXPECT_EQ(areas.below("510521", 9).size(), 3u);
  EXPECT_EQ(areas.below("510521100").size(), 3u);
  EXPECT_EQ(areas.full_name("510521100201", 9), "福集镇大寨村民委员会");
  EXPECT_EQ(areas.find("5106"), nullptr);
}

TEST(AreaIndex, ReadsTheShippedList) {
  AreaIndex areas = AreaIndex::from_csv(TANFANG_SOURCE_DIR "/data/areas.csv", "510521");
  EXPECT_EQ(areas.find("37"), nullptr);
  ASSERT_NE(areas.find("51"), nullptr);
  EXPECT_GT(areas.below("510521", 12).size(), 100u);
}

class AreaFile : public ::testing::Test {
 protected:
  std::vector<Area> read(const std::string& text) {
    path_ = ::testing::TempDir() + "areas_test-" + std::to_string(::getpid()) + ".csv";
    files::write_whole(path_, text);
    return read_area_file(path_, [](std::string_view) { return true; });
  }
  std::string path_;
};

TEST_F(AreaFile, TakesHeadersQuotesAndOtherColumns) {
  EXPECT_EQ(read("code,name\n11,北京市\n").size(), 1u);
  EXPECT_EQ(read("11,北京市\r\n12,天津市").size(), 2u);
  EXPECT_EQ(read("\xEF\xBB\xBF\"code\",\"name\",\"street\"\n\"110101001001\",\"多福巷\",\"110101001\"\n").size(), 1u);
  std::vector<Area> turned = read("name,code\n北京市,11\n");
  ASSERT_EQ(turned.size(), 1u);
  EXPECT_EQ(turned[0].code, "11");
}

TEST_F(AreaFile, RefusesAMalformedLineByItsNumber) {
  for (const char* line : {"113,北京市", "11", "11,", "xx,北京市", "11,\"北京", "11,\xFF\xFE", "１１,北京市"}) {
    try {
      read(std::string("code,name\n12,天津市\n") + line + "\n");
      ADD_FAILURE() << "taken: " << line;
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "areas.malformed");
      EXPECT_EQ(problem.fields.at(0).field, "line 3");
    }
  }
}

}  // namespace
}  // namespace tanfang::registry
