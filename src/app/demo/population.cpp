#include "app/demo/population.h"

#include <fmt/format.h>

#include <unordered_set>

#include "base/citizen_number.h"
#include "base/problem.h"

namespace tanfang::app {
namespace {

constexpr std::array kSurnames = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",  "胡",
                                  "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩",  "唐",
                                  "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",  "彭",
                                  "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳"};
constexpr std::array kMaleNames = {"国", "建", "德", "福", "贵", "华", "明", "军", "荣", "树",
                                   "文", "志", "永", "有", "才", "清", "光", "云", "正", "远"};
constexpr std::array kFemaleNames = {"秀", "英", "桂", "兰", "珍", "玉", "淑", "芳", "凤", "素",
                                     "琴", "莲", "翠", "菊", "梅", "芬", "香", "月", "碧", "群"};
constexpr std::array kGroups = {"一", "二", "三", "四", "五", "六", "七", "八"};
constexpr std::array kIllnesses = {"高血压", "糖尿病", "冠心病", "脑梗后遗症", "慢阻肺", "关节炎", "白内障", ""};

enum Column {
  kNumber,
  kTown,
  kVillage,
  kName,
  kSex,
  kCitizenNumber,
  kBirthDate,
  kHukou,
  kAtHukou,
  kAddress,
  kPhone,
  kContact,
  kContactPhone,
  kMarriage,
  kLivingWith,
  kChildren,
  kChildrenWhere,
  kChildrenAway,
  kAbility,
  kDisability,
  kIllness,
  kWelfare,
  kHealth,
  kWilling
};

int draw_age(Chance& chance) {
  int from = chance.weighted<int>({{60, 24}, {65, 27}, {70, 20}, {75, 13}, {80, 9}, {85, 5}, {90, 2}});
  return from + chance.between(0, from >= 90 ? 9 : 4);
}

std::string draw_name(Chance& chance, bool woman) {
  const auto& given = woman ? kFemaleNames : kMaleNames;
  std::string name = chance.one_of<const char*>(kSurnames);
  name += chance.one_of<const char*>(given);
  if (chance.percent(78)) name += chance.one_of<const char*>(given);
  return name;
}

std::string draw_phone(Chance& chance) {
  return fmt::format("1{}{}{:08}", chance.between(3, 9), chance.between(0, 9), chance.between(0, 99'999'999));
}

/// A number that `taken` does not hold yet; 500 people of one sex can share a birthday in a county.
std::string draw_citizen_number(Chance& chance, const std::string& county, Date birth, bool woman,
                                std::unordered_set<std::string>& taken) {
  std::string digits = county.substr(0, 6) + fmt::format("{:04}{:02}{:02}", birth.year(), birth.month(), birth.day());
  int order = chance.between(0, 499);
  for (int tries = 0; tries < 500; ++tries, order = (order + 1) % 500) {
    std::string number = digits + fmt::format("{:03}", order * 2 + (woman ? 0 : 1));
    number.push_back(citizen_number_check(number));
    if (taken.insert(number).second) return number;
  }
  throw Problem("demo.too_many", 422, {"该县人数太多，无法生成不重复的号码", "too many people for one county"});
}

void draw_household(Chance& chance, LedgerRow& row, int age, bool woman) {
  double married = (age < 70 ? 80 : age < 80 ? 58 : 28) - (woman ? 16 : 0);
  bool spouse = chance.percent(married);
  row[kMarriage] = spouse ? "有配偶" : chance.weighted<const char*>({{"丧偶", 84}, {"离异", 6}, {"未婚", 10}});
  int children = row[kMarriage] == "未婚" ? 0 : chance.weighted<int>({{0, 4}, {1, 22}, {2, 38}, {3, 24}, {4, 12}});
  row[kChildren] = std::to_string(children);
  row[kChildrenWhere] =
      children == 0 ? "无子女" : chance.weighted<const char*>({{"同村", 34}, {"同镇", 14}, {"县内", 16}, {"县外", 36}});
  bool with_child = children > 0 && row[kChildrenWhere] == "同村" && chance.percent(60);
  if (children > 0) row[kChildrenAway] = row[kChildrenWhere] == "县外" && chance.percent(75) ? "是" : "否";
  bool with_spouse = spouse && chance.percent(95);
  row[kLivingWith] = with_spouse && with_child ? "配偶、子女" : with_spouse ? "配偶" : with_child ? "子女" : "独自居住";
}

void draw_condition(Chance& chance, LedgerRow& row, int age) {
  int frailty = age < 70 ? 4 : age < 80 ? 10 : age < 90 ? 28 : 48;  // percent with any loss of ability
  if (chance.percent(frailty)) {
    row[kAbility] =
        chance.weighted<const char*>({{"轻度失能", 52}, {"中度失能", 26}, {"重度失能", 15}, {"完全失能", 7}});
  } else {
    row[kAbility] = "能力完好";
  }
  row[kDisability] =
      chance.percent(9) ? chance.weighted<const char*>({{"一级", 15}, {"二级", 28}, {"三级", 30}, {"四级", 27}}) : "无";
  row[kIllness] = chance.one_of<const char*>(kIllnesses);
  row[kHealth] = row[kAbility] != "能力完好" ? chance.weighted<const char*>({{"一般", 40}, {"差", 60}})
                                             : chance.weighted<const char*>({{"良好", 66}, {"一般", 30}, {"差", 4}});
  bool nobody = row[kChildren] == "0" && row[kMarriage] != "有配偶";
  row[kWelfare] = nobody && chance.percent(60)
                      ? "特困人员（分散供养）"
                      : chance.weighted<const char*>({{"无", 82}, {"低保", 12}, {"低保边缘", 6}});
}

/// Cells that clerks leave empty, which stay unknown.
void leave_gaps(Chance& chance, LedgerRow& row) {
  for (Column column : {kMarriage, kChildrenAway, kAbility, kDisability, kHealth, kAtHukou, kWelfare, kPhone}) {
    if (chance.percent(2.5)) row[column].clear();
  }
}

}  // namespace

std::vector<DemoVillage> villages_of(const registry::AreaIndex& areas, const std::string& county) {
  std::vector<DemoVillage> villages;
  for (const registry::Area& village : areas.below(county, 12)) {
    const registry::Area* town = areas.find(village.code.substr(0, 9));
    villages.push_back({village.code, village.name, town != nullptr ? town->name : ""});
  }
  if (villages.empty()) {
    throw Problem("area.unknown", 422,
                  {"没有该县的村级行政区划，请先导入行政区划（tanfang areas import）",
                   "no villages are known in this county; import its areas first (tanfang areas import)"},
                  {{"county", "area.unknown", {"行政区划代码不存在", "no such area"}}});
  }
  return villages;
}

std::vector<LedgerRow> make_population(Chance& chance, const std::vector<DemoVillage>& villages, int count, Date on) {
  std::vector<LedgerRow> rows(static_cast<std::size_t>(count));
  std::unordered_set<std::string> taken;
  for (int i = 0; i < count; ++i) {
    LedgerRow& row = rows[static_cast<std::size_t>(i)];
    const DemoVillage& village = chance.one_of<DemoVillage>(villages);
    int age = draw_age(chance);
    bool woman = chance.percent(age < 75 ? 51 : 58);
    Date birth = add_months(on, -12 * age) - chance.between(0, 364);
    row[kNumber] = std::to_string(i + 1);
    row[kTown] = village.town;
    row[kVillage] = village.name;
    row[kName] = draw_name(chance, woman);
    row[kSex] = woman ? "女" : "男";
    row[kCitizenNumber] = draw_citizen_number(chance, village.code, birth, woman, taken);
    row[kBirthDate] = birth.iso();
    row[kHukou] = chance.percent(72) ? "农村" : "城镇";
    row[kAtHukou] = chance.percent(93) ? "是" : "否";
    row[kAddress] = fmt::format("{}组{}号", chance.one_of<const char*>(kGroups), chance.between(1, 180));
    row[kPhone] = draw_phone(chance);
    row[kContact] = draw_name(chance, chance.percent(50));
    row[kContactPhone] = draw_phone(chance);
    draw_household(chance, row, age, woman);
    draw_condition(chance, row, age);
    row[kWilling] = chance.percent(96) ? "是" : "否";
    leave_gaps(chance, row);
  }
  return rows;
}

int spoil_rows(Chance& chance, std::vector<LedgerRow>& rows, double percent) {
  int spoiled = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (!chance.percent(percent)) continue;
    LedgerRow& row = rows[i];
    ++spoiled;
    switch (chance.between(0, 5)) {
      case 0:
        row[kCitizenNumber][15] = row[kCitizenNumber][15] == '9' ? '0' : '9';
        break;
      case 1:
        row[kCitizenNumber] = row[kCitizenNumber].substr(0, 1) + "." + row[kCitizenNumber].substr(1, 5) + "E+17";
        break;
      case 2:
        row = rows[i - 1];
        break;
      case 3:
        row[kName].clear();
        break;
      case 4:
        row[kVillage] = "幸福新村";
        break;
      default:
        row[kBirthDate] = "1950-13-45";
        break;
    }
  }
  return spoiled;
}

}  // namespace tanfang::app
