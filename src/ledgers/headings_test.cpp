// Headings that stand more than once, reach over several rows, or are answers to be ticked.
#include <gtest/gtest.h>

#include "ledgers/test_ledgers.h"

namespace tanfang::ledgers {
namespace {

using Refused = std::map<int, std::string>;
using excel::TemporaryFolder;

const std::string kZhang = number_of("370305", "19420315", 11);
const std::string kLi = number_of("370305", "19380607", 22);
const std::string kWang = number_of("370305", "19501130", 33);

TEST(Headings, FirstOnesWinAndRepeatedOnesAreNobody) {
  TemporaryFolder folder;
  const std::vector<std::string> kHeadings = {"序号", "姓名", "身份证号码", "村（社区）", "联系电话"};
  std::string path = folder.write("a.csv", csv_of({{"临淄台账"},
                                                   kHeadings,
                                                   {"1", "张三", kZhang, "西单村", "138"},
                                                   {"2", "李四", kLi, "东单村", ""},
                                                   {"临淄台账"},
                                                   kHeadings,
                                                   {"3", "王五", kWang, "东单村", ""}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.result.heading_row, 2);
  EXPECT_EQ(checked.result.rows, 3);
  EXPECT_EQ(checked.refused, Refused{});
}

TEST(Headings, OfTwoRowsAreNobodyFarBelowToo) {
  TemporaryFolder folder;
  Lines lines = {{"序号", "基本信息", "", "", "联系电话"}, {"", "姓名", "身份证号", "村", ""}};
  for (int i = 0; i < 45; ++i) lines.push_back({"1", "张三", number_of("370305", "19420315", i), "西单村", ""});
  lines.push_back(lines[0]);
  lines.push_back(lines[1]);
  lines.push_back({"1", "李四", kLi, "西单村", ""});
  write_sheet(folder.file("a.xlsx"), lines);
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.result.heading_row, 2);
  EXPECT_EQ(checked.result.rows, 46);
  EXPECT_EQ(checked.refused, Refused{});
}

TEST(Headings, BelowAGroupAreAnswersToBeTicked) {
  const Lines kLines = {
      {"序号", "姓名",     "身份证号", "村",       "婚姻状况", "", "是否低保",   "", "能力程度", "",
       "",     "残疾等级", "",         "居住状况", "",         "", "子女居住地", "", "户籍",     ""},
      {"",     "",     "",     "",     "丧偶",   "有配偶", "否",   "是",   "完好", "中度",
       "失能", "一级", "二级", "独居", "与配偶", "与子女", "同镇", "县外", "农村", "城镇"},
      {"1", "张三", kZhang, "西单村", "√", "", "√", "", "", "√", "", "", "√", "√", "", "", "2", "1", "√", ""},
      {"2", "李四", kLi, "东单村", "", "√", "", "●", "√", "", "", "", "", "", "√", "√", "", "√", "", "V"},
      {"3", "王五", kWang, "东单村", "√", "√", "", "", "", "", "√", "", "", "", "", "", "", "", "", ""}};
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"), kLines,
              {"A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1", "I1:K1", "L1:M1", "N1:P1", "Q1:R1", "S1:T1"});
  for (const std::string& path : {folder.file("a.xlsx"), folder.write("a.csv", csv_of(kLines))}) {
    Checked checked = check(path, "370305");
    EXPECT_EQ(checked.result.heading_row, 2);
    EXPECT_EQ(checked.result.rows, 3);
    EXPECT_EQ(checked.refused, Refused{});
    EXPECT_EQ(checked.mapping["婚姻状况/丧偶"], "has_spouse");
    auto& zhang = checked.facts[3];
    EXPECT_EQ(zhang["has_spouse"], "false");
    EXPECT_EQ(zhang.count("welfare"), 0u);
    EXPECT_EQ(zhang["ability"], "\"moderate\"");
    EXPECT_EQ(zhang["disability_grade"], "2");
    EXPECT_EQ(zhang["living_with"], "[]");
    EXPECT_EQ(zhang["hukou_kind"], "\"rural\"");
    auto& li = checked.facts[4];
    EXPECT_EQ(li["has_spouse"], "true");
    EXPECT_EQ(li["welfare"], "[\"low_income\"]");
    EXPECT_EQ(li["ability"], "\"intact\"");
    EXPECT_EQ(li["living_with"], "[\"spouse\",\"child\"]");
    EXPECT_EQ(li["hukou_kind"], "\"urban\"");
    EXPECT_EQ(checked.facts[5].count("has_spouse"), 0u);  // both were ticked
    ASSERT_EQ(checked.result.remarked.size(), 1u);
    EXPECT_EQ(checked.result.remarked[0].headings[0], "婚姻状况/丧偶");
  }
}

TEST(Headings, OfThreeRowsWithAGroupThatSplitsAgain) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"),
              {{"特殊困难老年人花名册"},
               {"序号", "基本信息", "", "", "", "类别（打√）", "", "", "", "备注"},
               {"", "姓名", "身份证号码", "居住地址", "", "独居", "失能", "", "", ""},
               {"", "", "", "村（社区）", "组", "", "轻度", "中度", "重度", ""},
               {"#1", "张三", kZhang, "西单村", "3", "√", "", "√", "", ""}},
              {"A1:J1", "A2:A4", "B2:E2", "F2:I2", "J2:J4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:I3"});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.result.heading_row, 4);
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.result.rows, 1);
  EXPECT_EQ(checked.facts[5]["ability"], "\"moderate\"");
  EXPECT_EQ(checked.facts[5]["living_with"], "[]");
}

TEST(Headings, ATelephoneBesideSomebodyElseIsNotTheElders) {
  for (const char* role : {"探访人", "网格员", "包村领导", "巡访员姓名"}) {
    TemporaryFolder folder;
    std::string path = folder.write("a.csv", csv_of({{"姓名", "身份证号", "村", role, "联系电话"},
                                                     {"张三", kZhang, "西单村", "李四", "13911112222"}}));
    Checked checked = check(path, "370305");
    EXPECT_FALSE(checked.rows[2].person.phone) << role;
    EXPECT_TRUE(checked.rows[2].person.contacts.empty()) << role;
  }
}

TEST(Headings, RowsBelowThatAreSignaturesAreNobody) {
  const Lines kFeet = {{"", "", "单位负责人：张三", "", "填表人：李四"},
                       {"审核意见：同意", "", "（盖章）"},
                       {"", "", "2026年3月5日"},
                       {"领导签字：", "王五"},
                       {"", "村书记（签字）：张三丰", "", "经办：李四"},
                       {"核对人：张三", "", "日期：2026.1.1"},
                       {"第1页 共3页", "", "打印时间：2026"},
                       {"填表人：张三", "", "审核人：李四五六七八", "", "2026.3.5"},
                       {"合计", "", "共计二十八人整", "", ""}};
  for (const auto& foot : kFeet) {
    TemporaryFolder folder;
    std::string path = folder.write("a.csv", csv_of({{"序号", "姓名", "身份证号", "村", "电话"},
                                                     {"1", "张三", kZhang, "西单村", ""},
                                                     foot,
                                                     {"2", "李四", kLi, "西单村", ""},
                                                     {"3", "王五", "", "西单村", "139"}}));
    Checked checked = check(path, "370305");
    EXPECT_EQ(checked.refused, (Refused{{5, "citizen_number.length"}})) << foot[0] << foot[1];
    EXPECT_EQ(checked.result.rows, 3) << foot[0] << foot[1];
  }
}

}  // namespace
}  // namespace tanfang::ledgers
