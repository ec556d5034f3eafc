// A ledger of 100,000 rows x 30 columns: only read, only checked, and taken into SQLite encrypted, classified, durable.
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/citizen_number.h"
#include "bench.h"
#include "bench_folder.h"
#include "ledgers/ledgers.h"
#include "platform/excel/table.h"
#include "platform/excel/table_writer.h"
#include "program_run.h"

namespace tanfang::bench {
namespace {

constexpr int kRows = 100'000;
constexpr const char* kCounty = "510521";

using excel::Cell;
using excel::CellKind;

Cell text(std::string value) { return {value.empty() ? CellKind::empty : CellKind::text, 0, std::move(value)}; }
Cell number(double value) { return {CellKind::number, value, ""}; }

const char* const kHeadings[30] = {"序号",         "村（社区）",
                                   "姓名",         "性别",
                                   "公民身份号码", "出生日期",
                                   "户籍类别",     "是否居住在户籍所在地",
                                   "详细住址",     "联系电话",
                                   "紧急联系人",   "紧急联系人电话",
                                   "能力程度",     "残疾等级",
                                   "曾患病史",     "婚姻状况",
                                   "共同居住人",   "子女数",
                                   "子女居住情况", "子女是否外出半年以上",
                                   "经济情况",     "月可支配收入（元）",
                                   "饮水是否安全", "生活用电是否安全",
                                   "住房是否安全", "每月养老金（元）",
                                   "帮扶责任人",   "是否愿意接受探访",
                                   "备注",         "登记日期"};

/// Invented people of a county, as a clerk would have them.
class InventedLedger {
 public:
  explicit InventedLedger(std::vector<std::string> villages) : villages_(std::move(villages)) {}

  std::vector<Cell> row(int i) {
    Date born = *Date::from_ymd(1930, 1, 1) + i % 10'950;
    std::string iso = born.iso();
    std::string digits =
        kCounty + iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8) + three_digits(i / 10'950 * 2 + i % 2);
    int children = pick(4);
    std::vector<Cell> cells = {number(i + 1),
                               text(villages_[random_() % villages_.size()]),
                               text(name()),
                               text((digits[16] - '0') % 2 == 1 ? "男" : "女"),
                               text(digits + citizen_number_check(digits)),
                               text(iso),
                               text(one_of({"农村", "城镇"})),
                               text("是"),
                               text(std::to_string(1 + pick(9)) + "组" + std::to_string(1 + pick(199)) + "号"),
                               text(phone()),
                               text(name()),
                               text(phone()),
                               text(one_of({"", "能力完好", "轻度失能", "中度失能", "重度失能"})),
                               text(one_of({"", "", "", "一级", "三级"})),
                               text(one_of({"高血压", "无", "糖尿病"})),
                               text(one_of({"有配偶", "丧偶"})),
                               text(one_of({"独自居住", "配偶", "子女"})),
                               number(children),
                               text(children == 0 ? "无子女" : one_of({"同村", "同镇", "县内", "县外"})),
                               text(children == 0 ? "" : one_of({"是", "否"})),
                               text(one_of({"无", "低保", "低保边缘", "特困人员（分散供养）"})),
                               number(300 + pick(3000)),
                               text("是"),
                               text("是"),
                               text("是"),
                               number(100 + pick(3000)),
                               text(name()),
                               text("是"),
                               text(""),
                               text("2024-05-11")};
    return cells;
  }

 private:
  static std::string three_digits(int value) {
    std::string digits = std::to_string(value);
    return std::string(3 - digits.size(), '0') + digits;
  }
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string one_of(std::initializer_list<const char*> values) { return values.begin()[random_() % values.size()]; }
  std::string name() {
    return one_of({"张", "王", "李", "赵", "陈", "杨", "周"}) + one_of({"秀", "玉", "德", "国"}) +
           one_of({"英", "华", "兰", "明"});
  }
  std::string phone() { return "139" + std::to_string(10'000'000 + pick(89'999'999)); }

  std::vector<std::string> villages_;
  std::mt19937 random_{7};
};

/// Names of villages that are the only ones of their name in the county.
std::vector<std::string> villages_of(const std::string& shipped) {
  auto areas = registry::AreaIndex::from_csv(shipped + "/data/areas.csv", kCounty);
  std::vector<std::string> names;
  for (const registry::Area& area : areas.below(kCounty, 12)) {
    if (areas.find_village(kCounty, area.name).kind == registry::AreaMatch::Kind::found) names.push_back(area.name);
  }
  return names;
}

void write_ledger(const std::string& path, const std::string& shipped) {
  InventedLedger invented(villages_of(shipped));
  excel::TableWriter writer(path, "台账");
  std::vector<Cell> headings;
  for (const char* heading : kHeadings) headings.push_back(text(heading));
  writer.add_row(headings, excel::Look::heading);
  for (int i = 0; i < kRows; ++i) writer.add_row(invented.row(i));
  writer.close();
}

void run(Report& report) {
  std::string shipped = TANFANG_SOURCE_DIR;
  Folder folder;
  ledgers::LedgerImport order;
  order.path = folder.file("ledger.xlsx");
  order.area = kCounty;
  order.shipped = shipped;
  report.note("writing the .xlsx", seconds_of([&] { write_ledger(order.path, shipped); }), "s");
  report.note("only reading its cells", seconds_of([&] {
                auto workbook = excel::open_workbook(order.path);
                auto reader = workbook->read(0);
                excel::Row row;
                while (reader->next(row)) {
                }
              }),
              "s");
  report.note("reading and checking (dry run)", seconds_of([&] { check_ledger(order, *Date::from_ymd(2026, 1, 10)); }),
              "s");
  const std::vector<std::string> import = {
      "--data", folder.file("data"), "--now", "2026-01-10T10:00", "ledger", "import", order.path, "--area", kCounty,
      "--json"};
  ProgramRun first = run_program(import);
  report.at_most("taken into SQLite, encrypted, classified, durable", first.seconds, "s", 15);
  report.at_most("peak resident memory", first.peak_megabytes, "MB", 200);
  ProgramRun again = run_program(import);
  report.note("the same ledger again, nothing changed", again.seconds, "s");
}

const Benchmark kLedger("ledger", "a ledger of 100,000 rows x 30 columns", run);

}  // namespace
}  // namespace tanfang::bench
