// Ledgers as other counties keep them: other headings, orders, merges, forms of writing.
#include <gtest/gtest.h>

#include "base/problem.h"
#include "ledgers/test_ledgers.h"

namespace tanfang::ledgers {
namespace {

using Refused = std::map<int, std::string>;
using excel::TemporaryFolder;

const std::string kZhang = number_of("370305", "19420315", 11);  // a man
const std::string kLi = number_of("370305", "19380607", 22);     // a woman
const std::string kWang = number_of("370305", "19501130", 33);
const std::string kZhao = number_of("370305", "19451201", 44);

std::string code_of(const Checked& checked, int row) { return checked.rows.at(row).person.area; }

/// The code of a village of Linzi by its full name in the shipped list.
std::string village(const std::string& town, const std::string& name) {
  auto areas = registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", "370305");
  return areas.find_village("370305", name, town).code;
}

std::string digits_full_width(const std::string& text) {
  std::string wide;
  for (char c : text)
    wide += c >= '0' && c <= '9' ? std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0')) : std::string(1, c);
  return wide;
}

TEST(Layouts, TitleRowsThenHeadingsThenSignatures) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"),
              {{"临淄区老年人探访台账（2026年度）"},
               {"填报单位：朱台镇", "", "", "", "填报时间：2026.1.5"},
               {},
               {"编号", "老年人姓名", "性 别", "公民身份证号码", "所在村（社区）", "是否独居", "备  注"},
               {"1", "2", "3", "4", "5", "6", "7"},
               {"#1", "张  三", "1", "'" + kZhang, "西单村", "√", ""},
               {"#2", "李四", "女性", digits_full_width(kLi), "西单村民委员会", "×", ""},
               {"#3", "", "", "", "", "", ""},
               {"小计", "2人"},
               {"#4", "王五", "男", kWang.substr(0, 6) + " " + kWang.substr(6, 8) + " " + kWang.substr(14), "没有的村"},
               {"合计：3人"},
               {"填表人：赵六", "", "审核人：钱七"},
               {"注：本表一式两份"}},
              {"A1:G1"});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.result.heading_row, 4);
  EXPECT_EQ(checked.result.rows, 3);
  EXPECT_EQ(checked.refused, (Refused{{10, "area.unknown"}}));
  EXPECT_EQ(checked.result.repaired, 2);
  EXPECT_EQ(checked.rows[6].person.name, "张三");
  EXPECT_EQ(checked.facts[6]["living_with"], "[]");
  EXPECT_EQ(checked.rows[6].claims.categories, (std::vector<std::string>{"living_alone"}));
  EXPECT_EQ(checked.rows[7].claims.not_categories, (std::vector<std::string>{"living_alone"}));
}

TEST(Layouts, TwoRowHeadingsMergedWithContactsUnderTheirOwnGroup) {
  TemporaryFolder folder;
  write_sheet(
      folder.file("a.xlsx"),
      {{"特殊困难老年人信息表"},
       {"序号", "镇（街道）", "村居", "老人基本信息", "", "", "", "紧急联系人", "", "", "子女情况", ""},
       {"", "", "", "姓名", "身份证号", "联系电话", "户口性质", "姓名", "与老人关系", "联系电话", "人数", "居住地"},
       {"#1", "朱台镇", "西单村", "张三", kZhang, "#13812345678", "农业", "张小三", "父子", "139 1234 5678", "2人",
        "县外"},
       {"#2", "朱台", "西单", "李四", kLi, "", "非农业户口", "", "", "", "无", ""}},
      {"A1:L1", "A2:A3", "B2:B3", "C2:C3", "D2:G2", "H2:J2", "K2:L2"});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.mapping["老人基本信息/姓名"], "name");
  EXPECT_EQ(checked.mapping["紧急联系人/联系电话"], "emergency.phone");
  EXPECT_EQ(checked.mapping["居住地"], "children.lives_in");
  EXPECT_EQ(checked.rows[4].person.phone, "13812345678");
  EXPECT_EQ(checked.rows[4].person.contacts,
            (std::vector<registry::Contact>{{"emergency", "张小三", "13912345678", "父子", ""}}));
  EXPECT_EQ(checked.facts[4]["children"],
            "[{\"alive\":true,\"lives_in\":\"elsewhere\"},{\"alive\":true,\"lives_in\":\"elsewhere\"}]");
  EXPECT_EQ(checked.facts[5]["children"], "[]");
  EXPECT_EQ(checked.facts[5]["hukou_kind"], "\"urban\"");
  EXPECT_EQ(code_of(checked, 4), code_of(checked, 5));
}

TEST(Layouts, TwoRowHeadingsWithoutMergesAsACsvHasThem) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"序号", "老人信息", "", "", "", "联系人", "", "备注"},
                                                   {"", "姓名", "性别", "证件号码", "所属村居", "姓名", "电话", ""},
                                                   {"1", "张三", "男", kZhang, "西单村", "张小三", "13812345678", ""},
                                                   {"2", "李四", "男", kLi, "西单村", "", "", ""}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.result.heading_row, 2);
  EXPECT_EQ(checked.refused, (Refused{{4, "sex.mismatch"}}));
  EXPECT_EQ(checked.mapping["联系人/姓名"], "emergency.name");
  EXPECT_EQ(checked.rows[3].person.contacts.size(), 1u);
}

TEST(Layouts, ColumnsInAnyOrderWithOthersBetween) {
  TemporaryFolder folder;
  std::string path = folder.write(
      "a.csv",
      csv_of(
          {{"救助类别", "民族", "居住方式", "残疾人证号", "残疾等级", "村委会", "养老金", "身份证编号", "年龄", "姓名",
            "紧急联系电话", "户别"},
           {"低保户", "汉", "与配偶同住", kZhang + "42", "2级", "西单村", "300", kZhang, "83", "张三", "13900001111",
            "农业家庭户"},
           {"特困人员（集中供养）", "汉", "夫妻同住", "", "无", "西单村", "", kLi, "87", "李四", "", "城镇"},
           {"五保户", "汉", "与子女同住、孙子", "", "肢体三级", "西单村", "", kWang, "75", "王五", "", "居民户口"}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.facts[2]["disability_grade"], "2");
  EXPECT_EQ(checked.facts[2]["living_with"], "[\"spouse\"]");
  EXPECT_EQ(checked.facts[2]["welfare"], "[\"low_income\"]");
  EXPECT_EQ(checked.facts[3]["welfare"], "[\"destitute_institutional\"]");
  EXPECT_EQ(checked.facts[3]["disability_grade"], "0");
  EXPECT_EQ(checked.facts[4]["living_with"], "[\"child\",\"other_family\"]");
  EXPECT_EQ(checked.facts[4]["disability_grade"], "3");
  EXPECT_EQ(checked.facts[4].count("hukou_kind"), 0u);
  EXPECT_EQ(checked.facts[4].count("welfare"), 0u);  // 五保户 does not say how
  ASSERT_EQ(checked.result.remarked.size(), 1u);
  EXPECT_EQ(checked.result.remarked[0].headings, (std::vector<std::string>{"救助类别"}));
  EXPECT_EQ(checked.rows[2].person.contacts[0].phone, "13900001111");
}

TEST(Layouts, MergedVillagesReachDownAndMergedPeopleAreOne) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"),
              {{"街镇", "村（社区）", "姓名", "身份证号码", "家庭成员"},
               {"朱台镇", "西单村", "张三", kZhang, "老伴"},
               {"", "", "", "", "长子"},
               {"", "", "李四", kLi, ""},
               {"", "东单村", "王五", kWang, ""},
               {"", "", "赵六", kZhao, ""}},
              {"A2:A6", "B2:B4", "C2:C3", "D2:D3", "B5:B6"});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.result.rows, 4);
  EXPECT_EQ(code_of(checked, 4), village("朱台镇", "西单村"));
  EXPECT_EQ(code_of(checked, 6), village("朱台镇", "东单村"));
}

TEST(Layouts, VillagesNamedOnceInAFileWithoutMerges) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"村名", "姓名", "身份证号"},
                                                   {"西单村", "张三", kZhang},
                                                   {"", "李四", kLi},
                                                   {"东单村", "王五", kWang},
                                                   {"", "赵六", kZhao}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(code_of(checked, 3), village("", "西单村"));
  EXPECT_EQ(code_of(checked, 5), village("", "东单村"));
}

TEST(Layouts, SectionsHeadedByTheirVillage) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"序号", "姓名", "身份证号", "电话"},
                                                   {"西单村（1人）", "", "", ""},
                                                   {"1", "张三", kZhang, ""},
                                                   {"东单村", "", "", ""},
                                                   {"1", "李四", kLi, ""}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(code_of(checked, 3), village("", "西单村"));
  EXPECT_EQ(code_of(checked, 5), village("", "东单村"));
}

TEST(Layouts, PlacesWrittenInFullOrInTheAddressOnly) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"姓名", "身份证号", "所属区划"},
                                                   {"张三", kZhang, "山东省淄博市临淄区朱台镇西单村"},
                                                   {"李四", kLi, "山东省/淄博市/临淄区/朱台镇/东单村民委员会"},
                                                   {"王五", kWang, "临淄区朱台镇没有村"}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, (Refused{{4, "area.unknown"}}));
  EXPECT_EQ(code_of(checked, 2), village("朱台镇", "西单村"));
  EXPECT_EQ(code_of(checked, 3), village("朱台镇", "东单村"));

  path = folder.write("b.csv", csv_of({{"姓名", "身份证号", "家庭住址"},
                                       {"张三", kZhang, "淄博市临淄区朱台镇西单村四组12号"},
                                       {"李四", kLi, "西单村北街3号"}}));
  checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(code_of(checked, 2), village("朱台镇", "西单村"));
  EXPECT_EQ(code_of(checked, 3), village("", "西单村"));
}

TEST(Layouts, DatesAsNumbersAndInEveryForm) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"), {{"姓名", "身份证号", "出生日期", "村"},
                                      {"张三", kZhang, "@15415", "西单村"},
                                      {"张三", number_of("370305", "19420315", 13), "#15415", "西单村"},
                                      {"张三", number_of("370305", "19420315", 15), "#19420315", "西单村"},
                                      {"张三", number_of("370305", "19420315", 17), "#1942.03", "西单村"},
                                      {"张三", number_of("370305", "19420315", 19), "1942年3月", "西单村"},
                                      {"张三", number_of("370305", "19420315", 21), "一九四二年三月十五日", "西单村"},
                                      {"张三", number_of("370305", "19420315", 23), "@15416", "西单村"},
                                      {"张三", number_of("370305", "19420315", 25), "1942-13-45", "西单村"},
                                      {"张三", number_of("370305", "19420315", 27), "不详", "西单村"}});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.refused, (Refused{{8, "birth_date.mismatch"}, {9, "date.unreadable"}}));
}

TEST(Layouts, NumberCellsLoseDigitsAndTextKeepsThem) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"), {{"姓名", "身份证号", "村"},
                                      {"张三", "#370305194203150000", "西单村"},
                                      {"李四", "3.70305E+17", "西单村"},
                                      {"王五", "37030519501130", "西单村"},
                                      {"赵六", "", "西单村"},
                                      {"钱七", kZhao + "x", "西单村"}});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.refused, (Refused{{2, "citizen_number.lost_digits"},
                                      {3, "citizen_number.lost_digits"},
                                      {4, "citizen_number.length"},
                                      {5, "citizen_number.length"},
                                      {6, "citizen_number.length"}}));
}

TEST(Layouts, HeadingsThatNobodyKnowsAreToldByTheirContent) {
  TemporaryFolder folder;
  std::string path =
      folder.write("a.csv", csv_of({{"对象称呼", "号码一栏", "性别", "年龄", "归口", "联系电话", "健康状况"},
                                    {"张三", kZhang, "男", "83", "西单村", "", "好"},
                                    {"李四", kLi, "女", "87", "东单村", "", "差"}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.mapping["号码一栏"], "citizen_number");
  EXPECT_EQ(checked.mapping["归口"], "residence_area");
}

TEST(Layouts, ASheetOfExplanationsMayStandBeforeTheTable) {
  TemporaryFolder folder;
  excel::write_package(
      folder.file("a.xlsx"),
      excel::book_parts({{"填表说明", rows_xml({{"一、本表由村居填写"}, {"二、请如实填写"}})},
                         {"台账", rows_xml({{"姓名", "身份证号", "村"}, {"张三", kZhang, "西单村"}})}}));
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.result.sheet, "台账");
  EXPECT_EQ(checked.result.accepted, 1);
}

TEST(Layouts, OneVillageImportedIntoItselfNeedsNoVillageColumn) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"姓名", "身份证号", "性别"}, {"张三", kZhang, "男"}}));
  std::string code = village("朱台镇", "西单村");
  ASSERT_EQ(code.size(), 12u);
  Checked checked = check(path, code);
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(code_of(checked, 2), code);
}

TEST(Layouts, PeopleTheElderLivesWithHaveColumnsOfTheirOwn) {
  TemporaryFolder folder;
  write_sheet(folder.file("a.xlsx"),
              {{"姓名", "身份证号", "村居", "健康状况", "共同居住人", "", "", "主要赡养人", ""},
               {"", "", "", "", "姓名", "与本人关系", "健康状况", "姓名", "电话"},
               {"张三", kZhang, "西单村", "一般", "李小四", "配偶", "差", "张小三", "13812345678"},
               {"身份证号", "身份证号", "村居"},
               {"李四", kLi, "东单村", "良好", "", "残疾子女", "", "", ""},
               {"本表由村委会于每月二十日前报送镇民政办"}},
              {"A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1", "H1:I1"});
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.result.rows, 2);
  EXPECT_EQ(checked.facts[3]["living_with"], "[\"spouse\"]");
  EXPECT_EQ(checked.facts[3]["physical_health"], "\"fair\"");
  EXPECT_EQ(checked.facts[5]["living_with"], "[\"child\"]");
  EXPECT_EQ(checked.rows[3].person.contacts[0], (registry::Contact{"supporter", "张小三", "13812345678", "", ""}));
}

TEST(Layouts, PlacesAndKindsOfPlaceUnderEachOthersHeadings) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of({{"姓名", "身份证号", "村", "居住地", "户籍"},
                                                   {"张三", kZhang, "西单村", "农村", "山东省淄博市临淄区朱台镇西单村"},
                                                   {"李四", kLi, "东单村", "城镇", "河北省沧州市"}}));
  Checked checked = check(path, "370305");
  EXPECT_EQ(checked.refused, Refused{});
  EXPECT_EQ(checked.facts[2]["residence_kind"], "\"rural\"");
  EXPECT_EQ(checked.facts[2]["hukou_area"], '"' + village("朱台镇", "西单村") + '"');
  EXPECT_EQ(checked.facts[3].count("hukou_area"), 0u);
}

TEST(Layouts, MergedHeadingsInAnXlsFile) {
  Checked checked = check(std::string(TANFANG_SOURCE_DIR) + "/tests/fixtures/tables/county.xls", "370305");
  EXPECT_EQ(checked.result.heading_row, 3);
  EXPECT_EQ(checked.refused, (Refused{{6, "citizen_number.lost_digits"}, {7, "age.not_elderly"}}));
  EXPECT_EQ(code_of(checked, 4), code_of(checked, 5));
  EXPECT_EQ(checked.facts[4]["ability"], "\"moderate\"");
}

TEST(Layouts, WhatIsNoLedgerIsRefusedAsAWhole) {
  TemporaryFolder folder;
  auto code = [&](const Lines& lines) {
    try {
      check(folder.write("a.csv", csv_of(lines)), "370305");
      return std::string("none");
    } catch (const Problem& problem) {
      return problem.code;
    }
  };
  EXPECT_EQ(code({{"日期", "金额"}, {"2024-01-01", "300"}}), "ledger.no_heading");
  EXPECT_EQ(code({{"姓名", "性别", "村", "电话"}, {"张三", "男", "西单村", ""}}), "ledger.column_missing");
  EXPECT_EQ(code({{"身份证号", "性别", "村"}, {kZhang, "男", "西单村"}}), "ledger.column_missing");
}

}  // namespace
}  // namespace tanfang::ledgers
