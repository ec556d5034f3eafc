#include "registry/pinyin.h"

#include <gtest/gtest.h>

namespace tanfang::registry {
namespace {

TEST(Pinyin, ReadsSurnamesByTheirOwnReadings) {
  struct Case {
    const char* name;
    const char* full;
    const char* initials;
  };
  const Case cases[] = {
      {"张小丽", "zhangxiaoli", "zxl"}, {"曾国强", "zengguoqiang", "zgq"}, {"单雄信", "shanxiongxin", "sxx"},
      {"张单", "zhangdan", "zd"},       {"朴正", "piaozheng", "pz"},       {"长孙无忌", "zhangsunwuji", "zswj"},
      {"吕布", "lubu", "lb"},           {"欧阳修", "ouyangxiu", "oyx"},    {"单于夜", "chanyuye", "cyy"},
      {"陈晟", "chensheng", "cs"},      {"李·阿依", "liayi", "lay"},       {"", "", ""},
  };
  for (const Case& c : cases) {
    Pinyin pinyin = pinyin_of(c.name);
    EXPECT_EQ(pinyin.full, c.full) << c.name;
    EXPECT_EQ(pinyin.initials, c.initials) << c.name;
  }
}

TEST(Pinyin, QueriesAreReadAsTheyAreTyped) {
  EXPECT_EQ(plain_pinyin_query("Lü Bu"), "lubu");
  EXPECT_EQ(plain_pinyin_query("lvbu"), "lubu");
  EXPECT_EQ(plain_pinyin_query("LYU"), "lu");
  EXPECT_EQ(plain_pinyin_query("wenyu"), "wenyu");
  EXPECT_EQ(plain_pinyin_query("ｚｘｌ"), "zxl");
}

}  // namespace
}  // namespace tanfang::registry
