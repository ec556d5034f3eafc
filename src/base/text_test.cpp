#include "base/text.h"

#include <gtest/gtest.h>

#include "base/mask.h"

namespace tanfang {
namespace {

TEST(Text, KnowsValidUtf8) {
  EXPECT_TRUE(is_valid_utf8("探访 abc"));
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_FALSE(is_valid_utf8("\xE6\x8E"));
  EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
}

TEST(Text, TakesOffWhiteSpaceAtBothEnds) {
  EXPECT_EQ(trimmed("\xEF\xBB\xBF\xE3\x80\x80 王 大\xC2\xA0\n"), "王 大");
  EXPECT_EQ(trimmed(" \t"), "");
}

TEST(Text, BringsToHalfWidth) {
  EXPECT_EQ(half_width("１２Ａ（甲）"), "12A(甲)");
  EXPECT_EQ(half_width("王\xE3\x80\x80五"), "王 五");
}

TEST(Text, TakesOutAllSpaces) { EXPECT_EQ(without_spaces("王\xE3\x80\x80 五\xE2\x80\x8B"), "王五"); }

TEST(Text, SplitsKeepingEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
}

TEST(Text, ReplacesWithoutMeetingItsOwnReplacement) {
  EXPECT_EQ(replaced("村村村", "村", "村村"), "村村村村村村");
  EXPECT_EQ(replaced("西苑社区居民委员会", "居民委员会", ""), "西苑社区");
}

TEST(Text, CountsAndRebuildsCodePoints) {
  std::string text = "a探\xF0\xA0\x80\x80";
  EXPECT_EQ(length_of(text), 3u);
  std::string rebuilt;
  for (char32_t c : code_points(text)) append_utf8(rebuilt, c);
  EXPECT_EQ(rebuilt, text);
  EXPECT_EQ(lower_ascii("aBZ探"), "abz探");
}

TEST(Mask, HidesWhatIdentifies) {
  EXPECT_EQ(mask_citizen_number("510521194203151234"), "510521************");
  EXPECT_EQ(mask_citizen_number("5105"), "****");
  EXPECT_EQ(mask_phone("13896557875"), "138****7875");
  EXPECT_EQ(mask_phone("12345"), "***45");
  EXPECT_EQ(mask_phone("1"), "*");
  EXPECT_EQ(mask_phone("13812345678儿子小明"), "138****5678****");
  EXPECT_EQ(mask_phone("0830-8199999 本人"), "083*****9999***");
  EXPECT_EQ(mask_phone("电话不通"), "****");
  EXPECT_EQ(mask_name("王秀英"), "王**");
  EXPECT_EQ(mask_name("王"), "王");
  EXPECT_EQ(mask_address("泸县福集镇龙桥村三社12号"), "泸县福集镇龙****");
  EXPECT_EQ(mask_address("三社12"), "三社****");
}

}  // namespace
}  // namespace tanfang
