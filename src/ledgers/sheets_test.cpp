// Ledgers of several sheets, and villages that stand beside the table instead of in it.
#include <gtest/gtest.h>

#include "base/problem.h"
#include "ledgers/test_ledgers.h"

namespace tanfang::ledgers {
namespace {

using Refused = std::map<int, std::string>;
using excel::TemporaryFolder;

const std::string kZhang = number_of("370305", "19420315", 11);
const std::string kLi = number_of("370305", "19380607", 22);
const std::string kWang = number_of("370305", "19501130", 33);
const Lines kHeadings = {{"姓名", "身份证号", "村"}};

std::string village(const std::string& name) {
  auto areas = registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", "370305");
  return areas.find_village("370305", name).code;
}

TEST(Sheets, WithTheSameColumnsAreReadTogetherAndOthersNamed) {
  TemporaryFolder folder;
  excel::write_package(
      folder.file("a.xlsx"),
      excel::book_parts(
          {{"空表", rows_xml({{"序号", "姓名", "身份证号", "村", "性别"}})},
           {"西单村", rows_xml({{"姓名", "身份证号", "村"}, {"张三", kZhang, "西单村"}})},
           {"东单村", rows_xml({{"姓名", "身份证号", "村"}, {"李四", kLi, "没有村"}, {"张三", kZhang, "西单村"}})},
           {"别的", rows_xml({{"村", "姓名", "身份证号"}, {"西单村", "王五", kWang}})}}));
  Checked checked = check(folder.file("a.xlsx"), "370305");
  EXPECT_EQ(checked.result.sheets, (std::vector<std::string>{"西单村", "东单村"}));
  EXPECT_EQ(checked.result.sheets_left, (std::vector<std::string>{"别的"}));
  EXPECT_EQ(checked.result.rows, 3);
  ASSERT_EQ(checked.result.refused.size(), 2u);
  EXPECT_EQ(checked.result.refused[0].sheet, 1);
  EXPECT_EQ(checked.result.refused[0].reasons, (std::vector<std::string>{"area.unknown"}));
  EXPECT_EQ(checked.result.refused[1].reasons, (std::vector<std::string>{"duplicate.in_file"}));
}

TEST(Sheets, NameTheVillageInTheTitleOrTheirOwnName) {
  TemporaryFolder folder;
  for (const std::string& title : {std::string("西单村特殊困难老年人花名册"), std::string("填报单位：朱台镇西单村")}) {
    std::string path = folder.write("a.csv", csv_of({{title}, {"姓名", "身份证号"}, {"张三", kZhang}}));
    Checked checked = check(path, "370305");
    EXPECT_EQ(checked.refused, Refused{}) << title;
    EXPECT_EQ(checked.rows[3].person.area, village("西单村")) << title;
  }
}

TEST(Sheets, HaveSectionsHeadedInManyWays) {
  for (const std::string& section : {std::string("一、西单村"), std::string("（一）西单村"), std::string("1.西单村"),
                                     std::string("村名：西单村"), std::string("西单村：")}) {
    TemporaryFolder folder;
    std::string path = folder.write("a.csv", csv_of({{"序号", "姓名", "身份证号"}, {section}, {"1", "张三", kZhang}}));
    Checked checked = check(path, "370305");
    EXPECT_EQ(checked.refused, Refused{}) << section;
    EXPECT_EQ(checked.rows[3].person.area, village("西单村")) << section;
  }
}

TEST(Sheets, RepeatTheVillageByDittoOrByNothing) {
  TemporaryFolder folder;
  write_sheet(
      folder.file("a.xlsx"),
      {{"台账"}, {"村", "姓名", "身份证号"}, {"西单村", "张三", kZhang}, {"", "李四", kLi}, {"", "王五", kWang}},
      {"A1:C1"});
  EXPECT_EQ(check(folder.file("a.xlsx"), "370305").refused, Refused{});
  for (const char* ditto : {"同上", "〃"}) {
    std::string path =
        folder.write("b.csv", csv_of({{"村", "姓名", "身份证号"}, {"西单村", "张三", kZhang}, {ditto, "李四", kLi}}));
    EXPECT_EQ(check(path, "370305").refused, Refused{}) << ditto;
  }
}

TEST(Sheets, WriteVillagesInManyForms) {
  for (const char* form : {"朱台镇人民政府西单村", "朱台西单村", "西单村（原大坪村）", "西单行政村", "西单村三组"}) {
    TemporaryFolder folder;
    std::string path = folder.write("a.csv", csv_of({{"村", "姓名", "身份证号"}, {form, "张三", kZhang}}));
    Checked checked = check(path, "370305");
    EXPECT_EQ(checked.rows[2].person.area, village("西单村")) << form;
  }
}

TEST(Sheets, OfRefusedRowsAreNeverWrittenOverAnything) {
  TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of(kHeadings));
  auto code = [&](const std::string& target) {
    try {
      check_refused_path(target, path);
      return std::string("none");
    } catch (const Problem& problem) {
      return problem.code;
    }
  };
  EXPECT_EQ(code(path), "refused.is_ledger");
  EXPECT_EQ(code("/no/such/folder/x.xlsx"), "refused.not_writable");
  EXPECT_EQ(code(folder.file("new.xlsx")), "none");
  EXPECT_THROW(read_mapping_file(folder.file("none.toml"), schemes::Vocabulary{}), Problem);
  try {
    read_mapping_file(folder.file("none.toml"), schemes::Vocabulary{});
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "mapping.unreadable");
  }
}

}  // namespace
}  // namespace tanfang::ledgers
