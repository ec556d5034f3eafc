#include "platform/excel/table.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <limits>

#include "base/problem.h"
#include "platform/excel/number_format.h"
#include "platform/excel/table_writer.h"
#include "platform/excel/test_package.h"

namespace tanfang::excel {
namespace {

/// Rows as `number|kind:text|…`, kinds by first letter, `-` for an empty cell.
std::vector<std::string> lines_of(Workbook& workbook, std::size_t sheet) {
  std::vector<std::string> lines;
  auto reader = workbook.read(sheet);
  Row row;
  while (reader->next(row)) {
    std::string line = std::to_string(row.number);
    for (const Cell& cell : row.cells)
      line += std::string("|") + "-tndbe"[static_cast<int>(cell.kind)] + ":" + cell.text;
    lines.push_back(line);
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

void read_all(const std::string& path, const Limits& limits = {}) {
  auto workbook = open_workbook(path, limits);
  std::size_t sheet = choose_sheet(*workbook);
  workbook->merges(sheet);
  lines_of(*workbook, sheet);
}

using Lines = std::vector<std::string>;

TEST(Xlsx, ReadsEveryKindOfCell) {
  TemporaryFolder folder;
  std::string rows =
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\"><v>5.0999999999999996</v></c>"
      "<c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c></row>"
      "<row><c t=\"inlineStr\"><is><r><t>李</t></r><r><t>四</t></r><rPh><t>li</t></rPh></is></c>"
      "<c t=\"str\"><f>A1&amp;B1</f><v>公式</v></c><c><f>1+1</f><v>2</v></c></row>"
      "<row r=\"9\"/>"
      "<row r=\"10\"><c r=\"A10\" s=\"1\"><v>15415</v></c><c r=\"B10\" s=\"2\"><v>15415.5</v></c>"
      "<c r=\"C10\" s=\"3\"><v>0.5</v></c><c r=\"D10\" t=\"d\"><v>1942-03-15T00:00:00</v></c>"
      "<c r=\"E10\"><v>5.1052119420315002E+17</v></c><c r=\"F10\" s=\"1\"/></row>";
  std::string strings = "<si><t>x</t></si><si><t xml:space=\"preserve\">王_x0041_ </t><rPh><t>wang</t></rPh></si>";
  std::string styles =
      "<numFmts><numFmt numFmtId=\"180\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
      "<xf numFmtId=\"180\"/><xf numFmtId=\"20\"/></cellXfs>";
  write_package(folder.file("a.xlsx"), book_parts({{"台账", rows}}, strings, styles));
  auto workbook = open_workbook(folder.file("a.xlsx"));
  EXPECT_EQ(lines_of(*workbook, 0), (Lines{"2|t:王A |-:|n:5.1|b:TRUE|e:#N/A", "3|t:李四|t:公式|n:2",
                                           "10|d:1942-03-15|d:1942-03-15|n:0.5|d:1942-03-15|n:5.1052119420315e+17"}));
}

TEST(Xlsx, CountsDatesFrom1904WhereTheBookSaysSo) {
  TemporaryFolder folder;
  write_package(folder.file("a.xlsx"),
                book_parts({{"a", "<row><c s=\"0\"><v>13953</v></c></row>"}}, "",
                           "<cellXfs><xf numFmtId=\"14\"/></cellXfs>", "<workbookPr date1904=\"1\"/>"));
  auto workbook = open_workbook(folder.file("a.xlsx"));
  Row row;
  ASSERT_TRUE(workbook->read(0)->next(row));
  EXPECT_EQ(row.cells[0].text, "1942-03-15");
  EXPECT_EQ(row.cells[0].number, 15415);
}

TEST(Xlsx, TakesTheFirstVisibleSheetWithRowsOrTheOneNamed) {
  TemporaryFolder folder;
  const std::string row = "<row><c t=\"str\"><v>a</v></c></row>";
  write_package(folder.file("a.xlsx"),
                book_parts({{"隐藏", row, "", "hidden"}, {"空", "<row><c/></row>"}, {"台账", row}, {"附表", row}}));
  auto workbook = open_workbook(folder.file("a.xlsx"));
  EXPECT_EQ(choose_sheet(*workbook), 2u);
  EXPECT_EQ(choose_sheet(*workbook, "附表"), 3u);
  EXPECT_EQ(choose_sheet(*workbook, "隐藏"), 0u);
  EXPECT_EQ(refusal([&] { choose_sheet(*workbook, "没有"); }), "ledger.no_such_sheet");
}

TEST(Xlsx, FindsMerges) {
  TemporaryFolder folder;
  std::string rows = "<row><c t=\"str\"><v>mergeCell ref=\"Z1:Z9\"</v></c></row>";
  for (int i = 0; i < 5000; ++i) rows += "<row><c t=\"str\"><v>mergeCell mergeCell mergeCell mergeCell</v></c></row>";
  write_package(
      folder.file("a.xlsx"),
      book_parts({{"a", rows, "<mergeCells><mergeCell ref=\"B3:O3\"/><mergeCell ref=\"A1:AB2\"/></mergeCells>"}}));
  auto workbook = open_workbook(folder.file("a.xlsx"));
  EXPECT_EQ(workbook->merges(0), (std::vector<Merge>{{1, 2, 0, 27}, {3, 3, 1, 14}}));
}

TEST(Xlsx, RefusesWhatIsDamaged) {
  const Lines damaged = {
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>",
      "<row r=\"2\"/><row r=\"2\"/>",
      "<row r=\"x\"/>",
      "<row r=\"9999999\"/>",
      "<row><c r=\"B1\"/><c r=\"A1\"/></row>",
      "<row><c r=\"ZZZZ1\"/></row>",
      "<row><c><v>abc</v></c></row>",
      "<row><c><v>1</v></row>",
      "<row><c><v>&undefined;</v></c></row>",
      "<c><v>1</v></c>",
      "<row><row/></row>",
  };
  TemporaryFolder folder;
  for (const std::string& rows : damaged) {
    write_package(folder.file("a.xlsx"), book_parts({{"a", "<row r=\"1\"><c t=\"str\"><v>a</v></c></row>" + rows}}));
    EXPECT_EQ(refusal([&] { read_all(folder.file("a.xlsx")); }), "ledger.malformed") << rows;
  }
  Parts parts = book_parts({{"a", "<row/>"}});
  parts["xl/worksheets/sheet1.xml"] = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
  write_package(folder.file("a.xlsx"), parts);
  EXPECT_EQ(refusal([&] { read_all(folder.file("a.xlsx")); }), "ledger.malformed");
  parts.erase("xl/worksheets/sheet1.xml");
  write_package(folder.file("a.xlsx"), parts);
  EXPECT_EQ(refusal([&] { read_all(folder.file("a.xlsx")); }), "ledger.malformed");
  folder.write("b.xlsx", std::string("PK\x03\x04") + std::string(100, 'x'));
  EXPECT_EQ(refusal([&] { read_all(folder.file("b.xlsx")); }), "ledger.malformed");
}

TEST(Xlsx, HoldsToItsLimits) {
  TemporaryFolder folder;
  std::string cell = "<c t=\"s\"><v>0</v></c>";
  write_package(folder.file("a.xlsx"),
                book_parts({{"a", "<row>" + cell + cell + cell + "</row><row>" + cell + "</row>",
                             "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>"}},
                           "<si><t>longer text</t></si>"));
  auto refused_with = [&](auto change) {
    Limits limits;
    change(limits);
    return refusal([&] { read_all(folder.file("a.xlsx"), limits); });
  };
  EXPECT_EQ(refused_with([](Limits&) {}), "none");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.file_bytes = 100; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.part_bytes = 150; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.string_bytes = 10; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.rows = 1; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.columns = 2; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.cell_bytes = 0; }), "ledger.too_large");
  EXPECT_EQ(refused_with([](Limits& limits) { limits.merges = 1; }), "ledger.too_large");
}

TEST(Xls, ReadsCellsDatesMergesAndHiddenSheets) {
  auto workbook = open_workbook(TANFANG_SOURCE_DIR "/tests/fixtures/tables/merged.xls");
  ASSERT_EQ(workbook->sheets().size(), 2u);
  EXPECT_EQ(workbook->sheets()[0].name, "说明");
  EXPECT_FALSE(workbook->sheets()[0].visible);
  ASSERT_EQ(choose_sheet(*workbook), 1u);
  EXPECT_EQ(workbook->merges(1), (std::vector<Merge>{{1, 1, 0, 3}, {2, 3, 0, 0}, {2, 2, 1, 3}}));
  EXPECT_EQ(lines_of(*workbook, 1), (Lines{"1|t:某镇台账", "2|t:序号|t:基本情况", "3|-:|t:姓名|t:身份证号|t:出生日期",
                                           "4|n:1|t:王五|t:510521194203150013|d:1942-03-15",
                                           "5|n:2.5|t:李四|n:5.1052119420315e+17|d:1942-03-16", "7|-:|t:合计"}));
}

TEST(Xls, RefusesDamagedForeignAndProtectedFiles) {
  TemporaryFolder folder;
  std::ifstream stream(TANFANG_SOURCE_DIR "/tests/fixtures/tables/merged.xls", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), {});
  ASSERT_GT(bytes.size(), 1000u);
  EXPECT_EQ(refusal([&] { read_all(folder.write("cut.xls", bytes.substr(0, 600))); }), "ledger.malformed");

  auto renamed = [&](const std::string& name) {
    std::string utf16;
    for (char c : name) utf16 += {c, '\0'};
    std::string changed = bytes;
    std::size_t at = changed.find(std::string("W\0o\0r\0k\0b\0o\0o\0k\0", 16));
    changed.replace(at, 64, utf16 + std::string(64 - utf16.size(), '\0'));
    changed[at + 64] = static_cast<char>(utf16.size() + 2);
    return folder.write("renamed.xls", changed);
  };
  EXPECT_EQ(refusal([&] { read_all(renamed("WordDocument")); }), "ledger.not_a_table");
  EXPECT_EQ(refusal([&] { read_all(renamed("EncryptedPackage")); }), "ledger.protected");
}

struct CsvCase {
  const char* name;
  std::string bytes;
  Lines lines;
};

TEST(Csv, ReadsTheFormsThatProgramsWrite) {
  const std::string gb18030 =
      "\xD0\xD5\xC3\xFB,\xB4\xE5\n\xCD\xF5\xCE\xE5,\xCE\xF7\xB9\xD8\xB4\xE5\n";  // 姓名,村 王五,西关村
  const CsvCase cases[] = {
      {"plain", "姓名,村\n王五,西关村\n", {"1|t:姓名|t:村", "2|t:王五|t:西关村"}},
      {"bom and CRLF", "\xEF\xBB\xBF姓名,村\r\n王五,西关村\r\n", {"1|t:姓名|t:村", "2|t:王五|t:西关村"}},
      {"no line end at the end", "a;b\n1;2", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"tabs", "a\tb,c\n1\t2\n", {"1|t:a|t:b,c", "2|t:1|t:2"}},
      {"quotes", "a,b\n\"x,\"\"y\"\"\n z\",2\n", {"1|t:a|t:b", "2|t:x,\"y\"\n z|t:2"}},
      {"empty lines count", "a,b\n\n,\n1,\n", {"1|t:a|t:b", "4|t:1"}},
      {"formula quotes",
       "a,b\n=\"510521194203150013\",\"=\"\"01\"\"\"\n",
       {"1|t:a|t:b", "2|t:510521194203150013|t:01"}},
      {"old line ends", "a,b\r1,2\r", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"text behind a quote", "a,b\n\"x\"y,2\n", {"1|t:a|t:b", "2|t:xy|t:2"}},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "a\0\t\0Q\x67\n\0",
                   10),
       {"1|t:a|t:村"}},
      {"GB18030", gb18030, {"1|t:姓名|t:村", "2|t:王五|t:西关村"}},
  };
  TemporaryFolder folder;
  for (const CsvCase& one : cases) {
    auto workbook = open_workbook(folder.write("a.csv", one.bytes));
    EXPECT_EQ(lines_of(*workbook, 0), one.lines) << one.name;
  }
}

TEST(Csv, RefusesWhatIsNoText) {
  TemporaryFolder folder;
  EXPECT_EQ(refusal([&] { read_all(folder.file("missing.csv")); }), "ledger.unreadable");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "")); }), "ledger.empty");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "\n\n,,\n")); }), "ledger.empty");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "%PDF-1.4\n")); }), "ledger.not_a_table");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "\xEF\xBB\xBF\n <html><table>")); }), "ledger.not_a_table");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", std::string("a,b\0c", 5))); }), "ledger.not_a_table");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a.xls", "<?xml version=\"1.0\"?><Workbook/>")); }),
            "ledger.not_a_table");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "a,b\n\xFF\xFF,1\n")); }), "ledger.encoding");
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "a,b\n\"x,1\n2,3\n")); }), "ledger.malformed");
  Limits limits;
  limits.columns = 1;
  EXPECT_EQ(refusal([&] { read_all(folder.write("a", "a,b\n"), limits); }), "ledger.too_large");
  Parts document = {{"_rels/.rels",
                     "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/>"
                     "</Relationships>"}};
  write_package(folder.file("a.docx"), document);
  EXPECT_EQ(refusal([&] { read_all(folder.file("a.docx")); }), "ledger.not_a_table");
}

TEST(NumberFormat, TellsDatesFromNumbersAndTimes) {
  EXPECT_TRUE(shows_date(14, ""));
  EXPECT_TRUE(shows_date(31, ""));
  EXPECT_TRUE(shows_date(57, ""));
  EXPECT_FALSE(shows_date(20, ""));
  EXPECT_FALSE(shows_date(0, ""));
  EXPECT_FALSE(shows_date(49, ""));
  EXPECT_TRUE(shows_date(176, "yyyy\"年\"m\"月\"d\"日\";@"));
  EXPECT_TRUE(shows_date(176, "[$-804]m\"月\""));
  EXPECT_FALSE(shows_date(176, "h:mm"));
  EXPECT_FALSE(shows_date(176, "0.00_);[Red]\\(0.00\\)"));
  EXPECT_FALSE(shows_date(176, "\"day\"0"));
}

TEST(NumberFormat, CountsDaysWithTheLeapDayThatNeverWas) {
  EXPECT_EQ(date_of_serial(1)->iso(), "1900-01-01");
  EXPECT_EQ(date_of_serial(59)->iso(), "1900-02-28");
  EXPECT_FALSE(date_of_serial(60));
  EXPECT_EQ(date_of_serial(61)->iso(), "1900-03-01");
  EXPECT_EQ(date_of_serial(15415.9)->iso(), "1942-03-15");
  EXPECT_EQ(date_of_serial(0, true)->iso(), "1904-01-01");
  EXPECT_FALSE(date_of_serial(-1));
  EXPECT_FALSE(date_of_serial(3e6));
  EXPECT_EQ(number_text(13896557875.0), "13896557875");
  EXPECT_EQ(number_text(0.1 + 0.2), "0.3");
}

TEST(TableWriter, WritesWhatTheReaderReadsForItsOwnerOnly) {
  TemporaryFolder folder;
  std::string path = folder.file("out.xlsx");
  TableWriter writer(path, "退回");
  writer.set_width(0, 20);
  writer.merge_in_next_row(0, 2);
  writer.add_row({{CellKind::text, 0, "标题"}}, Look::title);
  writer.skip_row();
  writer.add_row({{CellKind::text, 0, "姓名"}, {}, {CellKind::text, 0, "日期"}}, Look::heading);
  writer.add_row(
      {{CellKind::text, 0, " 王 五"}, {CellKind::number, 5.10521194203150e17, ""}, {CellKind::date, 15415, ""}});
  writer.close();

  auto workbook = open_workbook(path);
  EXPECT_EQ(workbook->sheets()[0].name, "退回");
  EXPECT_EQ(workbook->merges(0), (std::vector<Merge>{{1, 1, 0, 2}}));
  EXPECT_EQ(lines_of(*workbook, 0),
            (Lines{"1|t:标题", "3|t:姓名|-:|t:日期", "4|t: 王 五|n:5.1052119420315e+17|d:1942-03-15"}));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_THROW(TableWriter("/nowhere/at/all.xlsx", "a"), Failure);
}

std::string part_of(const std::string& path, const char* name) {
  zip_t* package = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
  zip_file_t* part = package == nullptr ? nullptr : zip_fopen(package, name, 0);
  std::string text(100'000, '\0');
  auto size = part == nullptr ? 0 : zip_fread(part, text.data(), text.size());
  text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  if (part != nullptr) zip_fclose(part);
  if (package != nullptr) zip_discard(package);
  return text;
}

TEST(TableWriter, SaysHowItIsShownAndPrinted) {
  TemporaryFolder folder;
  std::string path = folder.file("out.xlsx");
  TableWriter writer(path, "名册 & 表");
  writer.set_width(27, 20);
  writer.set_page(true, 2);
  writer.merge_in_next_row(0, 27);
  writer.add_row({{CellKind::text, 0, "标题"}}, Look::title);
  writer.add_row(std::vector<Cell>(28, {CellKind::text, 0, "栏"}), Look::heading);
  writer.filter_from_last_row(28);
  writer.add_row({{CellKind::date, 15415, ""}, {CellKind::number, 0.1, ""}});
  writer.close();
  std::string sheet = part_of(path, "xl/worksheets/sheet1.xml");
  for (const char* said : {R"(<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>)",
                           R"(<col min="28" max="28" width="20.7109375" customWidth="1"/>)",
                           R"(<c r="AB1" s="3"/></row>)", R"(<c r="AB2" s="2" t="inlineStr"><is><t>栏</t></is></c>)",
                           R"(<c r="A3" s="4"><v>15415</v></c><c r="B3"><v>0.1</v></c>)",
                           R"(</sheetData><autoFilter ref="A2:AB3"/><mergeCells count="1"><mergeCell ref="A1:AB1"/>)",
                           R"(<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>)",
                           "<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>"}) {
    EXPECT_NE(sheet.find(said), std::string::npos) << said << "\n" << sheet;
  }
  std::string book = part_of(path, "xl/workbook.xml");
  EXPECT_NE(book.find(">'名册 &amp; 表'!$1:$2</definedName>"), std::string::npos) << book;
  EXPECT_NE(book.find(">'名册 &amp; 表'!$A$2:$AB$3</definedName>"), std::string::npos) << book;
  EXPECT_EQ(open_workbook(path)->sheets()[0].name, "名册 & 表");
}

TEST(TableWriter, NoTextComesBackAsAnother) {
  TemporaryFolder folder;
  std::string path = folder.file("out.xlsx");
  std::vector<std::string> texts{"_x0041_",
                                 "a\tb\x01"
                                 "c",
                                 "<b>&\"'",
                                 "𠮷 ",
                                 "_x00",
                                 std::string(32'767, 'x')};
  TableWriter writer(path, "[?]");
  for (const std::string& text : texts) writer.add_row({{CellKind::text, 0, text}});
  writer.close();
  auto workbook = open_workbook(path);
  EXPECT_EQ(workbook->sheets()[0].name, "Sheet1");
  auto reader = workbook->read(0);
  Row row;
  for (const std::string& text : texts) {
    ASSERT_TRUE(reader->next(row));
    EXPECT_EQ(row.cells[0].text, text);
  }
  TableWriter refused(path, "a");
  EXPECT_THROW(refused.add_row({{CellKind::text, 0, std::string(32'768, 'x')}}), Failure);
  EXPECT_THROW(refused.add_row({{CellKind::number, std::numeric_limits<double>::infinity(), ""}}), Failure);
}

TEST(TableWriter, LeavesNothingOfABookThatWasNotClosed) {
  TemporaryFolder folder;
  { TableWriter(folder.file("out.xlsx"), "a").add_row({{CellKind::text, 0, "一"}}); }
  EXPECT_TRUE(std::filesystem::is_empty(std::filesystem::path(folder.file("out.xlsx")).parent_path()));
}

}  // namespace
}  // namespace tanfang::excel
