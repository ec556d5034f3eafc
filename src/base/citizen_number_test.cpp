#include "base/citizen_number.h"

#include <gtest/gtest.h>

#include "base/area_code.h"
#include "base/id.h"

namespace tanfang {
namespace {

std::string number(std::string seventeen) {
  seventeen.push_back(citizen_number_check(seventeen));
  return seventeen;
}

TEST(CitizenNumber, GivesBirthDateAndSex) {
  auto reading = read_citizen_number(number("51052119420315123"));
  ASSERT_TRUE(reading.number);
  EXPECT_FALSE(reading.repaired);
  EXPECT_EQ(reading.number->birth_date.iso(), "1942-03-15");
  EXPECT_EQ(reading.number->sex, Sex::male);
  EXPECT_EQ(read_citizen_number(number("51052119420315124")).number->sex, Sex::female);
}

TEST(CitizenNumber, RepairsForm) {
  // 11010519491231002X is the example of GB 11643-1999.
  for (const char* written :
       {"11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "'11010519491231002X",
        "110105-19491231-002X", "11010519491231002×", "11010519491231002X。", "身份证：11010519491231002X",
        "公民身份号码 11010519491231002x，", "证件号码:11010519491231002X;"}) {
    auto reading = read_citizen_number(written);
    ASSERT_TRUE(reading.number) << written;
    EXPECT_EQ(reading.number->text, "11010519491231002X");
    EXPECT_TRUE(reading.repaired) << written;
  }
  EXPECT_FALSE(read_citizen_number("11010519491231002X").repaired);
}

struct Refusal {
  const char* written;
  bool numeric_cell;
  const char* reason;
};

TEST(CitizenNumber, RefusesSubstance) {
  const Refusal kRefusals[] = {
      {"", false, "citizen_number.length"},
      {"11010519491231002", false, "citizen_number.length"},
      {"王五11010519491231002X", false, "citizen_number.length"},
      {"身份证：无", false, "citizen_number.length"},
      {"110105491231002", false, "citizen_number.length"},
      {"110105194912310021", false, "citizen_number.checksum"},
      {"11010519491231X02X", false, "citizen_number.checksum"},
      {"5.10521E+17", false, "citizen_number.lost_digits"},
      {"5.10521194203151E+17", false, "citizen_number.lost_digits"},
      {"510521194203150000.0", false, "citizen_number.lost_digits"},
      {"510521194203150000", true, "citizen_number.lost_digits"},
  };
  for (const Refusal& refusal : kRefusals) {
    auto reading = read_citizen_number(refusal.written, refusal.numeric_cell);
    EXPECT_FALSE(reading.number) << refusal.written;
    EXPECT_EQ(reading.reason, refusal.reason) << refusal.written;
  }
  EXPECT_EQ(read_citizen_number(number("51052119420230123")).reason, "citizen_number.checksum");
}

TEST(AreaCode, TellsLevelsAndRelations) {
  EXPECT_TRUE(is_area_code("510521100201"));
  EXPECT_FALSE(is_area_code("5105211"));
  EXPECT_FALSE(is_area_code("51052a"));
  EXPECT_EQ(in_same_area("510521100201", "510521100999", AreaLevel::town), true);
  EXPECT_EQ(in_same_area("510521100201", "510521101201", AreaLevel::town), false);
  EXPECT_EQ(in_same_area("510521", "510521101201", AreaLevel::town), std::nullopt);
  EXPECT_EQ(in_same_area("51", "510521101201", AreaLevel::county), std::nullopt);
  EXPECT_EQ(in_same_area("37", "510521101201", AreaLevel::county), false);
  EXPECT_EQ(county_of("510521100201"), "510521");
}

TEST(Id, IsOrderedAndReadsBack) {
  IdSource source(7);
  Instant now = china_instant(*Date::parse("2024-03-01"));
  Id last{0};
  for (int i = 0; i < 5000; ++i) {
    Id id = source.next({now.milliseconds + i / 1000});
    EXPECT_GT(id, last);
    EXPECT_EQ(parse_id(format_id(id)), id);
    EXPECT_LT(format_id(last), format_id(id));
    last = id;
  }
  EXPECT_GT(source.next(Instant{0}), last) << "a clock that jumps back must not repeat an id";
  IdSource later(3, 1000);
  EXPECT_GT(later.next(now), last) << "a later program at the same given moment stays behind the earlier";
  for (const char* wrong : {"", "0", "zzzzzzzzzzzzz", "00000000000u0", "00000000000000"}) EXPECT_FALSE(parse_id(wrong));
}

}  // namespace
}  // namespace tanfang
