// Web pages and SpreadsheetML under the name of a table.
#include <gtest/gtest.h>

#include "base/problem.h"
#include "platform/excel/table.h"
#include "platform/excel/test_package.h"

namespace tanfang::excel {
namespace {

/// Rows as `number|kind:text|…`, kinds by first letter, `-` for an empty cell.
std::string lines_of(Workbook& workbook, std::size_t sheet = 0) {
  std::string lines;
  auto reader = workbook.read(sheet);
  Row row;
  while (reader->next(row)) {
    lines += std::to_string(row.number);
    for (const Cell& cell : row.cells)
      lines += std::string("|") + "-tndbe"[static_cast<int>(cell.kind)] + ":" + cell.text;
    lines += "/";
  }
  return lines;
}

std::string refusal(const std::function<void()>& work) {
  try {
    work();
    return "none";
  } catch (const Problem& problem) {
    return problem.code;
  }
}

class WebTableTest : public testing::Test {
 protected:
  std::string read(const std::string& bytes, const Limits& limits = {}) {
    auto workbook = open_workbook(folder_.write("a.xls", bytes), limits);
    return lines_of(*workbook);
  }
  TemporaryFolder folder_;
};

TEST_F(WebTableTest, RowsAndCellsOfAPage) {
  const std::pair<const char*, const char*> kCases[] = {
      {"<html><body><table border=1><tr><th>姓名</th><th>身份证号</th></tr><tr><td>王五</td><td>1</td></tr></table>",
       "1|t:姓名|t:身份证号/2|t:王五|t:1/"},
      {"<TABLE><TR><TD>a<TD>b<TR><TD>c</TABLE>", "1|t:a|t:b/2|t:c/"},
      {"<table><tr><td>  甲\n 乙 </td><td>x<br/>y</td><td></td></tr></table>", "1|t:甲 乙|t:x\ny/"},
      {"<table><tr><td>a&amp;b&nbsp;&#20013;&#x4e2d;&bad;&</td></tr></table>", "1|t:a&b 中中&bad;&/"},
      {"<!DOCTYPE html><!-- <table><tr><td>no --><style>td>a{}</style><script>'<td>'</script><table><tr><td>a</td>",
       "1|t:a/"},
      {"<table><tr><td style='mso:\">\"' class=x>a</td ></tr></table>", "1|t:a/"},
      {"<table><tr><td>标题</td></tr></table><table><tr><td></td></tr><tr><td>a</td></tr></table>", "1|t:标题/3|t:a/"},
      {"<table><tr><td>外<table><tr><td>a</td><td>b</td></tr></table></td></tr><tr><td>c</td></tr></table>",
       "1|t:外/2|t:a|t:b/3|t:c/"},
      {"<table><tr><td>1 < 2</td><td>a<b>b</b>c</td></tr></table>", "1|t:1 < 2|t:abc/"},
  };
  for (const auto& [page, lines] : kCases) EXPECT_EQ(read(page), lines) << page;
}

TEST_F(WebTableTest, SpansAreMerges) {
  auto workbook = open_workbook(
      folder_.write("a.xls",
                    "<table><tr><td colspan=2>表</td><td rowspan='2'>c</td></tr><tr><td>a</td><td>b</td><td>d</td></tr>"
                    "<tr><td>x</td><td>y</td><td>z</td></tr></table>"));
  EXPECT_EQ(lines_of(*workbook), "1|t:表|-:|t:c/2|t:a|t:b|-:|t:d/3|t:x|t:y|t:z/");
  EXPECT_EQ(workbook->merges(0), (std::vector<Merge>{{1, 1, 0, 1}, {1, 2, 2, 2}}));
}

TEST_F(WebTableTest, InTheEncodingsOfOldSystems) {
  EXPECT_EQ(read("<html><meta charset=gb2312><table><tr><td>\xCD\xF5</td></tr></table>"), "1|t:王/");
  EXPECT_EQ(read("\xEF\xBB\xBF \n<table><tr><td>王</td></tr></table>"), "1|t:王/");
}

TEST_F(WebTableTest, WhatIsNoTableOrTooLargeIsRefused) {
  for (const char* page :
       {"<html>登录超时</html>", "<table></table>", "<", "<table><tr><td> &nbsp;</td></tr></table>"}) {
    EXPECT_EQ(refusal([&] { read(page); }), "ledger.not_a_table") << page;
  }
  Limits limits;
  limits.columns = 2;
  limits.rows = 2;
  limits.cell_bytes = 8;
  limits.merges = 0;
  for (const char* page : {"<table><tr><td>a<td>b<td>c", "<table><tr><td>a<tr><td>b<tr><td>c",
                           "<table><tr><td>123456789", "<table><tr><td colspan=2>a"}) {
    EXPECT_EQ(refusal([&] { read(page, limits); }), "ledger.too_large") << page;
  }
}

constexpr const char* kHead =
    "<?xml version=\"1.0\" encoding=\"gb2312\"?><?mso-application progid=\"Excel.Sheet\"?>"
    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
    "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";

TEST_F(WebTableTest, SpreadsheetMl) {
  auto workbook = open_workbook(folder_.write(
      "a.xls",
      std::string(kHead) +
          "<Worksheet ss:Name=\"说明\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row></Table>"
          "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"
          "<Worksheet ss:Name=\"台账\"><Table><Row ss:Index=\"2\"><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><Data "
          "ss:Type=\"String\">王<B>五</B></Data><Comment><Data>注</Data></Comment></Cell><Cell><Data "
          "ss:Type=\"Number\">80.5</Data></Cell></Row><Row ss:Span=\"2\"/><Row><Cell ss:Index=\"3\"><Data "
          "ss:Type=\"DateTime\">1942-03-15T00:00:00.000</Data></Cell><Cell/><Cell><Data "
          "ss:Type=\"Boolean\">1</Data></Cell><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell></Row></Table>"
          "</Worksheet></Workbook>"));
  ASSERT_EQ(workbook->sheets().size(), 2u);
  EXPECT_FALSE(workbook->sheets()[0].visible);
  EXPECT_EQ(workbook->sheets()[1].name, "台账");
  EXPECT_EQ(choose_sheet(*workbook), 1u);
  EXPECT_EQ(lines_of(*workbook, 1), "2|t:王五|-:|n:80.5/6|-:|-:|d:1942-03-15|-:|b:TRUE|e:#N/A/");
  EXPECT_EQ(workbook->merges(1), (std::vector<Merge>{{2, 3, 0, 1}}));
  EXPECT_EQ(lines_of(*workbook, 0), "1|t:x/");
}

TEST_F(WebTableTest, ABrokenSpreadsheetMlIsRefused) {
  auto refused = [&](const std::string& rows) {
    return refusal([&] { read(kHead + ("<Worksheet><Table>" + rows + "</Table></Worksheet></Workbook>")); });
  };
  EXPECT_EQ(refused("<Row>"), "ledger.malformed");
  EXPECT_EQ(refused("<Row ss:Index=\"0\"/>"), "ledger.malformed");
  EXPECT_EQ(refused("<Row ss:Index=\"x\"/>"), "ledger.malformed");
  EXPECT_EQ(refused("<Row><Cell ss:Index=\"2\"/><Cell ss:Index=\"1\"/></Row>"), "ledger.malformed");
  EXPECT_EQ(refused("<Row ss:Index=\"9000000\"/>"), "ledger.too_large");
  EXPECT_EQ(refused("<Row><Cell ss:Index=\"5000\"/></Row>"), "ledger.too_large");
  EXPECT_EQ(refused("<Row><Cell ss:MergeAcross=\"5000\"/></Row>"), "ledger.too_large");
  EXPECT_EQ(refused("<Row><Cell><Data ss:Type=\"Number\">nan</Data></Cell></Row>"), "ledger.malformed");
  EXPECT_EQ(refusal([&] { read(std::string(kHead) + "</Workbook>"); }), "ledger.not_a_table");
}

TEST_F(WebTableTest, BarsSeparateToo) {
  EXPECT_EQ(read("姓名|身份证号\n王五|1\n"), "1|t:姓名|t:身份证号/2|t:王五|t:1/");
  EXPECT_EQ(read("a,b|c\nd,e\n"), "1|t:a|t:b|c/2|t:d|t:e/");
}

}  // namespace
}  // namespace tanfang::excel
