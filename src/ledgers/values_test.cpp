// One row a word: what counties write, and the fact it stands for.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "ledgers/cell_reading.h"
#include "ledgers/test_ledgers.h"
#include "ledgers/written_date.h"

namespace tanfang::ledgers {
namespace {

const Words& words() {
  static const Words kWords = load_words(TANFANG_SOURCE_DIR);
  return kWords;
}

/// The facts of a row whose only columns are these, as `fact=value` joined by spaces; `!` for what could not be read.
std::string facts_of(const std::vector<std::pair<Field, std::string>>& cells) {
  Layout layout;
  excel::Row row;
  for (const auto& [field, text] : cells) {
    layout.columns.push_back({static_cast<int>(row.cells.size()), "", field, ""});
    row.cells.push_back({text.empty() ? excel::CellKind::empty : excel::CellKind::text, 0, text});
  }
  Mapping mapping;
  RowFactsReader reader(words(), layout, mapping);
  RowFacts facts = reader.read(row, "370305104216", [](const std::string&) { return std::string(); });
  std::string text;
  for (const auto& fact : facts.facts) text += (text.empty() ? "" : " ") + fact.fact + "=" + fact.value;
  if (!facts.unreadable.empty()) text += text.empty() ? "!" : " !";
  return text;
}

struct Case {
  Field field;
  const char* text;
  const char* facts;
};

const Case kCases[] = {
    {Field::hukou_kind, "农村", "hukou_kind=\"rural\""},
    {Field::hukou_kind, "非农业家庭户口", "hukou_kind=\"urban\""},
    {Field::hukou_kind, "居民户口", ""},
    {Field::hukou_kind, "某种", "!"},
    {Field::lives_at_hukou_place, "是", "lives_at_hukou_place=true hukou_area=\"370305104216\""},
    {Field::lives_at_hukou_place, "否", "lives_at_hukou_place=false"},
    {Field::hukou_place_left, "是", "lives_at_hukou_place=false"},
    {Field::has_spouse, "有配偶", "has_spouse=true"},
    {Field::has_spouse, "丧偶", "has_spouse=false"},
    {Field::has_spouse, "未婚", "has_spouse=false"},
    {Field::has_spouse, "离异", "has_spouse=false"},
    {Field::living_with, "独自居住", "living_with=[]"},
    {Field::living_with, "无", "living_with=[]"},
    {Field::living_with, "独居", "living_with=[]"},
    {Field::living_with, "配偶", "living_with=[\"spouse\"]"},
    {Field::living_with, "与配偶同住", "living_with=[\"spouse\"]"},
    {Field::living_with, "夫妻二人居住", "living_with=[\"spouse\"]"},
    {Field::living_with, "与子女同住", "living_with=[\"child\"]"},
    {Field::living_with, "配偶+儿子", "living_with=[\"spouse\",\"child\"]"},
    {Field::living_with, "其他亲属", "living_with=[\"other_family\"]"},
    {Field::living_with, "老伴、孙女", "living_with=[\"spouse\",\"other_family\"]"},
    {Field::living_with, "与保姆同住", "living_with=[\"non_family\"]"},
    {Field::living_with, "不与子女同住", ""},
    {Field::living_with, "养老院", "lives_in_institution=true"},
    {Field::living_with, "独居，与子女", "!"},
    {Field::living_with, "随便写的", "!"},
    {Field::living_with, "不详", ""},
    {Field::children_count, "0", "children=[]"},
    {Field::children_count, "无", "children=[]"},
    {Field::children_lives_in, "无子女", "children=[]"},
    {Field::children_lives_in, "同镇",
     "children=[{\"alive\":true,\"lives_in\":\"same_town\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "县内",
     "children=[{\"alive\":true,\"lives_in\":\"same_county\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "县外",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children, "一子一女", "children=[{\"alive\":true},{\"alive\":true}]"},
    {Field::children, "有", "children=[{\"alive\":true,\"stands_for_all\":true}]"},
    {Field::children, "1人同镇，1人县外",
     "children=[{\"alive\":true,\"lives_in\":\"same_town\"},{\"alive\":true,\"lives_in\":\"elsewhere\"}]"},
    {Field::children_lives_in, "同住",
     "children=[{\"alive\":true,\"lives_in\":\"same_town\",\"lives_together\":true,\"stands_for_all\":true}]"},
    {Field::ability, "能力完好", "ability=\"intact\""},
    {Field::ability, "轻度失能", "ability=\"mild\""},
    {Field::ability, "中度", "ability=\"moderate\""},
    {Field::ability, "重度失能（3级）", "ability=\"severe\""},
    {Field::ability, "完全失能", "ability=\"complete\""},
    {Field::ability, "未评估", ""},
    {Field::ability, "半失能", "!"},
    {Field::disability_grade, "一级", "disability_grade=1"},
    {Field::disability_grade, "残疾三级", "disability_grade=3"},
    {Field::disability_grade, "壹级", "disability_grade=1"},
    {Field::disability_grade, "4", "disability_grade=4"},
    {Field::disability_grade, "听力四级、肢体二级", "disability_grade=2"},
    {Field::disability_grade, "无", "disability_grade=0"},
    {Field::disability_grade, "五级", "!"},
    {Field::disability_grade, "是", "!"},
    {Field::disease_or_disability, "高血压", ""},
    {Field::disease_or_disability, "高血压二级", ""},
    {Field::disease_or_disability, "肢体二级", "disability_grade=2"},
    {Field::disease_or_disability, "无", "disability_grade=0"},
    {Field::welfare, "无", "welfare=[]"},
    {Field::welfare, "低保", "welfare=[\"low_income\"]"},
    {Field::welfare, "低保边缘家庭", "welfare=[\"low_income_margin\"]"},
    {Field::welfare, "特困人员（分散供养）", "welfare=[\"destitute_dispersed\"]"},
    {Field::welfare, "集中供养", "welfare=[\"destitute_institutional\"]"},
    {Field::welfare, "低保、重残", "welfare=[\"low_income\"]"},
    {Field::welfare, "特困", "!"},
    {Field::welfare, "低收入", ""},
    {Field::welfare_low_income, "是", "welfare=[\"low_income\"]"},
    {Field::welfare_low_income, "否", ""},
    {Field::welfare_destitute, "分散", "welfare=[\"destitute_dispersed\"]"},
    {Field::physical_health, "良好", "physical_health=\"good\""},
    {Field::physical_health, "一般", "physical_health=\"fair\""},
    {Field::physical_health, "较差", "physical_health=\"poor\""},
    {Field::physical_health, "高血压", ""},
    {Field::willing, "同意", "willing=true"},
    {Field::willing, "不愿意", "willing=false"},
    {Field::willing, "×", "willing=false"},
    {Field::willing, "√", "willing=true"},
    {Field::special_family, "失独家庭", "special_family=true"},
    {Field::special_family, "非计划生育特殊家庭", "!"},
    {Field::ability_to_work, "无", "lost_ability_to_work=true"},
    {Field::mobility_good, "是", "limited_mobility=false"},
    {Field::dementia, "/", ""},
    {Field::welfare, "无低保", "welfare=[]"},
    {Field::welfare, "没有低保", "welfare=[]"},
    {Field::welfare, "未享受低保", "welfare=[]"},
    {Field::welfare, "不属于低保", "welfare=[]"},
    {Field::welfare, "低保：否", "welfare=[]"},
    {Field::welfare, "低保否", "welfare=[]"},
    {Field::welfare, "否（低保）", "welfare=[]"},
    {Field::welfare, "无低保无特困", "welfare=[]"},
    {Field::welfare, "不是低保户", "welfare=[]"},
    {Field::welfare, "不符合低保", "welfare=[]"},
    {Field::welfare, "未纳入低保", "welfare=[]"},
    {Field::welfare, "原低保", "!"},
    {Field::welfare, "已取消低保", "!"},
    {Field::welfare, "低保已停", "!"},
    {Field::welfare, "退出低保", "!"},
    {Field::welfare, "申请低保中", "!"},
    {Field::welfare, "曾享受低保", "!"},
    {Field::welfare, "非分散供养", "!"},
    {Field::welfare, "低保、未享受特困", "welfare=[\"low_income\"]"},
    {Field::welfare, "农低", "welfare=[\"low_income\"]"},
    {Field::children_count, "2.0", "children=[{\"alive\":true},{\"alive\":true}]"},
    {Field::children_count, "1.0", "children=[{\"alive\":true}]"},
    {Field::children_count, "-1", "!"},
    {Field::children_count, "1.5", "!"},
    {Field::children_count, "叁", "children=[{\"alive\":true},{\"alive\":true},{\"alive\":true}]"},
    {Field::children_count, "3（1男2女）", "children=[{\"alive\":true},{\"alive\":true},{\"alive\":true}]"},
    {Field::disability_grade, "1.0", "disability_grade=1"},
    {Field::disease_or_disability, "2级高血压", ""},
    {Field::disease_or_disability, "二级护理", ""},
    {Field::disease_or_disability, "Ⅲ级心衰", ""},
    {Field::disease_or_disability, "高血压、肢体残疾二级", "disability_grade=2"},
    {Field::disease_or_disability, "二级", "disability_grade=2"},
    {Field::disability_grade, "无（配偶二级）", "!"},
    {Field::disability_grade, "高血压二级", "!"},
    {Field::disability_grade, "未评二级", "!"},
    {Field::disability_grade, "已过期二级", "!"},
    {Field::disability_grade, "Ⅲ", "disability_grade=3"},
    {Field::disability_grade, "III", "disability_grade=3"},
    {Field::disability_grade, "肢体II级", "disability_grade=2"},
    {Field::disability_grade, "肢体贰", "disability_grade=2"},
    {Field::disability_grade, "肢二", "disability_grade=2"},
    {Field::disability_grade, "視一", "disability_grade=1"},
    {Field::disability_grade, "肢体二级（2019年评定）", "disability_grade=2"},
    {Field::disability_grade, "不是残疾人", "disability_grade=0"},
    {Field::living_with, "常年独居", "living_with=[]"},
    {Field::living_with, "丧偶独居", "living_with=[]"},
    {Field::living_with, "单老", "living_with=[]"},
    {Field::living_with, "夫妻俩", "living_with=[\"spouse\"]"},
    {Field::living_with, "二老独居", "living_with=[\"spouse\"]"},
    {Field::living_with, "仅与老伴居住", "living_with=[\"spouse\"]"},
    {Field::living_with, "随子女居住", "living_with=[\"child\"]"},
    {Field::living_with, "随儿子生活", "living_with=[\"child\"]"},
    {Field::living_with, "跟随子女", "living_with=[\"child\"]"},
    {Field::living_with, "与三儿子", "living_with=[\"child\"]"},
    {Field::living_with, "四子", "living_with=[\"child\"]"},
    {Field::living_with, "保姆照看", "living_with=[\"non_family\"]"},
    {Field::has_spouse, "配偶已去世", "has_spouse=false"},
    {Field::has_spouse, "已婚有子女", "has_spouse=true"},
    {Field::children_lives_in, "北京",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "广东省深圳市",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "外地务工",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "都在县外",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "县外（广东）",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "子女均在县外",
     "children=[{\"alive\":true,\"lives_in\":\"elsewhere\",\"stands_for_all\":true}]"},
    {Field::children_lives_in, "一子县外", "children=[{\"alive\":true,\"lives_in\":\"elsewhere\"}]"},
    {Field::children_lives_in, "2个，同镇",
     "children=[{\"alive\":true,\"lives_in\":\"same_town\"},{\"alive\":true,\"lives_in\":\"same_town\"}]"},
    {Field::children_lives_in, "山东省", "children=[{\"alive\":true,\"stands_for_all\":true}]"},
    {Field::children_lives_in, "淄博市", "children=[{\"alive\":true,\"stands_for_all\":true}]"},
    {Field::ability, "中度失能老人", "ability=\"moderate\""},
    {Field::ability, "不失能", "ability=\"intact\""},
    {Field::ability, "轻度能力受损", "ability=\"mild\""},
    {Field::willing, "婉拒", "willing=false"},
    {Field::willing, "V", "willing=true"},
    {Field::willing, "●", "willing=true"},
    {Field::willing, "□", "willing=false"},
    {Field::willing, "是（本人）", "willing=true"},
    {Field::welfare_low_income, "A类", "welfare=[\"low_income\"]"},
    {Field::welfare_low_income, "是（A类）", "welfare=[\"low_income\"]"},
    {Field::welfare_low_income, "非低保", ""},
    {Field::lives_at_hukou_place, "常住", "lives_at_hukou_place=true hukou_area=\"370305104216\""},
    {Field::lives_at_hukou_place, "人户分离", "lives_at_hukou_place=false"},
    {Field::children_away_half_year, "均外出",
     "children=[{\"alive\":true,\"away\":true,\"away_half_year\":true,\"stands_for_all\":true}]"},
    {Field::children_away_half_year, "半年以上",
     "children=[{\"alive\":true,\"away\":true,\"away_half_year\":true,\"stands_for_all\":true}]"},
    {Field::children_away_half_year, "是（2人）",
     "children=[{\"alive\":true,\"away\":true,\"away_half_year\":true,\"stands_for_all\":true}]"},
    {Field::claim_impaired, "中度", "ability=\"moderate\""},
    {Field::claim_severely_disabled, "二级", "disability_grade=2"},
    {Field::claim_living_alone, "说不清", "!"},
    {Field::claim_tier, "说不清", "!"},
};

TEST(Values, StandForFacts) {
  for (const Case& one : kCases) {
    EXPECT_EQ(facts_of({{one.field, one.text}}), one.facts) << to_text(one.field) << " " << one.text;
  }
}

TEST(Values, OfSeveralColumnsMakeOneFact) {
  using F = Field;
  const std::string kAway = ",\"away\":true,\"away_half_year\":true}";
  EXPECT_EQ(facts_of({{F::children_count, "2"}, {F::children_lives_in, "县外"}, {F::children_away_half_year, "是"}}),
            "children=[{\"alive\":true,\"lives_in\":\"elsewhere\"" + kAway +
                ",{\"alive\":true,\"lives_in\":\"elsewhere\"" + kAway + "]");
  EXPECT_EQ(facts_of({{F::children_count, "2"}, {F::children_lives_in, "同村、县外"}}),
            "children=[{\"alive\":true,\"lives_in\":\"same_town\"},{\"alive\":true,\"lives_in\":\"elsewhere\"}]");
  EXPECT_EQ(facts_of({{F::children_count, "3"}, {F::children_lives_in, "同村、县外"}}),
            "children=[{\"alive\":true},{\"alive\":true},{\"alive\":true}]");
  EXPECT_EQ(facts_of({{F::children_count, "0"}, {F::children_lives_in, "县外"}}), "!");
  EXPECT_EQ(facts_of({{F::children_count, "0"}, {F::children_lives_in, "无子女"}}), "children=[]");
  EXPECT_EQ(facts_of({{F::children_away_half_year, "否"}}), "");
  EXPECT_EQ(facts_of({{F::living_with, "子女"}, {F::children_count, "1"}}),
            "living_with=[\"child\"] children=[{\"alive\":true,\"lives_together\":true}]");
  EXPECT_EQ(facts_of({{F::living_with, "配偶"}, {F::children_count, "1"}}),
            "living_with=[\"spouse\"] children=[{\"alive\":true,\"lives_together\":false}]");
  EXPECT_EQ(
      facts_of({{F::welfare_low_income, "否"}, {F::welfare_low_income_margin, "否"}, {F::welfare_destitute, "否"}}),
      "welfare=[]");
  EXPECT_EQ(facts_of({{F::claim_living_alone, "是"}}), "living_with=[]");
}

struct DateCase {
  const char* text;
  const char* read;  // y-m-d, y-m, y, `?` for what cannot be read, empty for nothing
};

std::string shown(const WrittenDate& date) {
  switch (date.kind) {
    case WrittenDate::Kind::none:
      return "";
    case WrittenDate::Kind::year:
      return std::to_string(date.year);
    case WrittenDate::Kind::month:
      return std::to_string(date.year) + "-" + std::to_string(date.month);
    case WrittenDate::Kind::unreadable:
      return "?";
    case WrittenDate::Kind::two_digit_year:
      return "two:" + Date::from_ymd(date.year, date.month, date.day)->iso();
    case WrittenDate::Kind::day:
      return date.date()->iso();
  }
  return "";
}

TEST(WrittenDates, AreReadInEveryForm) {
  const DateCase kCases[] = {
      {"1942-10-21", "1942-10-21"},
      {"1942/10/21", "1942-10-21"},
      {"1942.10.21", "1942-10-21"},
      {"1942年10月21日", "1942-10-21"},
      {"1942年 10 月 21 日", "1942-10-21"},
      {"１９４２－１０－２１", "1942-10-21"},
      {"19421021", "1942-10-21"},
      {"1942.1.6", "1942-01-06"},
      {"1942-10", "1942-10"},
      {"1942.03", "1942-3"},
      {"1942年3月", "1942-3"},
      {"194203", "1942-3"},
      {"1942", "1942"},
      {"1942年", "1942"},
      {"一九四二年十月二十一日", "1942-10-21"},
      {"一九四〇年三月", "1940-3"},
      {"1942-10-21 00:00:00", "1942-10-21"},
      {"1942-10-21T08:00", "1942-10-21"},
      {"15270", "1941-10-21"},
      {"42-10-21", "two:1942-10-21"},
      {"21/10/1942", "1942-10-21"},
      {"10/21/1942", "1942-10-21"},
      {"03/04/1942", "?"},
      {"1942-13-01", "?"},
      {"1942-02-30", "?"},
      {"1742-01-01", "?"},
      {"约1942年", "?"},
      {"1942-1-2-3", "?"},
      {"123456789012", "?"},
      {"", ""},
  };
  for (const DateCase& one : kCases) {
    excel::Cell cell{*one.text == 0 ? excel::CellKind::empty : excel::CellKind::text, 0, one.text};
    EXPECT_EQ(shown(read_date(cell)), one.read) << one.text;
  }
  EXPECT_EQ(shown(read_date({excel::CellKind::number, 1942.1, ""})), "1942");
  EXPECT_EQ(shown(read_date({excel::CellKind::number, -3, ""})), "?");
  EXPECT_EQ(shown(read_date({excel::CellKind::boolean, 1, "TRUE"})), "?");
}

RC_GTEST_PROP(WrittenDates, AgreeWithTheDayTheyWereWrittenFor, ()) {
  Date day = Date::from_days(*rc::gen::inRange(-40'000, 40'000));
  std::string y = std::to_string(day.year()), m = std::to_string(day.month()), d = std::to_string(day.day());
  std::string iso = day.iso();
  std::string closed = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8);
  for (const std::string& text : {iso, y + "/" + m + "/" + d, y + "." + m + "." + d, y + "年" + m + "月" + d + "日",
                                  closed, y + "." + iso.substr(5, 2), y + "年" + m + "月"}) {
    RC_ASSERT(read_date({excel::CellKind::text, 0, text}).agrees_with(day));
    RC_ASSERT(!read_date({excel::CellKind::text, 0, text}).agrees_with(add_months(day, 12)));
  }
}

RC_GTEST_PROP(Values, NeverFailOnAnyText, (const std::string& bytes)) {
  std::string text;
  for (char c : bytes) append_utf8(text, static_cast<unsigned char>(c) + (c & 1 ? 0x4E00u : 0u));
  for (int field = 0; field <= static_cast<int>(Field::claim_bereaved); ++field) {
    if (is_read_from_words(static_cast<Field>(field))) read_cell(words(), static_cast<Field>(field), text);
  }
  read_date({excel::CellKind::text, 0, text});
}

TEST(Words, EveryFieldHasATargetThatIsReadBack) {
  for (int i = 0; i <= static_cast<int>(Field::claim_bereaved); ++i) {
    if (static_cast<Field>(i) == Field::own_fact) continue;  // its target is the name that its scheme gave it
    Column column{0, "", static_cast<Field>(i), ""};
    if (to_text(column.field).starts_with("contact.")) column.role = "emergency";
    Column back;
    ASSERT_TRUE(parse_target(column.target(), back)) << column.target();
    EXPECT_EQ(back.target(), column.target());
  }
  Column none;
  EXPECT_FALSE(parse_target("nothing", none));
  EXPECT_FALSE(parse_target("contact.name", none));
}

}  // namespace
}  // namespace tanfang::ledgers
