#include "app/reporting/builders.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/reporting/reporting_problems.h"
#include "app/reporting/tables.h"
#include "registry/registry.h"
#include "reports/for_issuing.h"
#include "reports/reports.h"

namespace tanfang::app::reporting {
namespace {

constexpr int kMonthsOfTrend = 12;
constexpr std::size_t kWorstVillages = 10;
constexpr std::size_t kMostOnAPage = 5;  // rows below a chart and a figure that is read from afar

/// What all of one report rests on.
struct Ground {
  db::Session& session;
  const Asked& asked;
  Instant now;
  planning::Month first;
  planning::Month last;
  std::string name;  // of the area
  const Names& names;

  std::string month() const { return last.iso(); }
  reports::Coverage coverage(const std::string& area, const planning::Month& of) const {
    return reports::coverage(session, area, of.iso(), now);
  }
  /// The list of the people of the report's area, up to the word that it is filtered by.
  std::string list_by(const std::string& filter) const { return "area=" + asked.area + "&" + filter + "="; }
  std::vector<reports::MonthFigures> trend() const {
    return reports::trend(session, asked.area, planning::add_months(last, 1 - kMonthsOfTrend).iso(), last.iso(), now);
  }
};

Report head(const Ground& ground, std::string title, std::string to) {
  std::string taken = format_instant(ground.now).substr(0, 16);
  taken[10] = ' ';
  return {std::move(title), std::move(to), ground.name, taken, ground.month(), {}};
}

std::string standing(const reports::Figures& figures) {
  return fmt::format("方案应访{}，已完成{}，方案完成率{}；逾期未访{}。按月探访率统计，应探访{}，已探访{}，月探访率{}。",
                     people(figures.owed), people(figures.met), percent(figures.fulfilment()), people(figures.overdue),
                     people(figures.due), people(figures.visited), percent(figures.visit_rate()));
}

std::string beside(const reports::Figures& figures) {
  return fmt::format(
      "另有：谢绝探访{}，暂停{}，资格待核实{}，谢绝入户{}"
      "，单独列出，不计入完成率；上述人员应按规定定期再次征询、核实。",
      people(figures.declined), people(figures.suspended), people(figures.unknown), people(figures.refused_home_visit));
}

std::string rate_of(const reports::Part& part) { return percent(part.figures.fulfilment()); }

std::string behind(const reports::Coverage& coverage) {
  std::optional<double> whole = coverage.total.fulfilment();
  std::string low = names_of(
      coverage.by_area,
      [&](const reports::Part& part) {
        auto own = part.figures.fulfilment();
        return whole && own && *own < *whole;
      },
      rate_of);
  std::string late = names_of(
      coverage.by_area, [](const reports::Part& part) { return part.figures.overdue > 0; },
      [](const reports::Part& part) { return people(part.figures.overdue); });
  std::string text = low.empty() ? "各地方案完成率均不低于总体水平。" : "方案完成率低于总体水平的有：" + low + "。";
  return text + (late.empty() ? "没有逾期未访人员。" : "有逾期未访人员的有：" + late + "。");
}

Table with_chart(Table table, std::string title, bool line, std::vector<int> columns) {
  table.chart = Chart{std::move(title), line, std::move(columns)};
  return table;
}

std::string below_name(const Ground& ground) { return ground.asked.area.size() >= 9 ? "村（社区）" : "乡镇（街道）"; }

Report monthly(const Ground& ground) {
  Report report =
      head(ground, ground.name + "特殊困难老年人探访关爱服务\n" + month_name(ground.month()) + "覆盖情况月报", "");
  reports::Coverage coverage = ground.coverage(ground.asked.area, ground.last);
  Section whole{"一、总体情况", false, "", "", {standing(coverage.total), beside(coverage.total)}, {}};
  whole.tables.push_back(with_chart(trend_table("表1　近期各月", ground.asked.area, ground.trend()),
                                    "各月方案完成率与月探访率", true, {3, 7}));
  Section places{"二、分" + below_name(ground) + "情况", false, "", "", {behind(coverage)}, {}};
  places.tables.push_back(with_chart(area_table("表2　分" + below_name(ground), coverage.by_area, coverage.total),
                                     "方案完成率", false, {3}));
  report.sections = {std::move(whole), std::move(places)};
  if (ground.asked.area.size() < 9) {
    Section villages{"三、分村（社区）情况", false, "", "", {}, {}};
    for (const reports::Part& town : coverage.by_area) {
      auto part = ground.coverage(town.word, ground.last);
      villages.tables.push_back(area_table("表3　" + town.name, part.by_area, part.total));
    }
    report.sections.push_back(std::move(villages));
  }
  Section people_parts{
      "附：分层级、分类型情况", false, "", "", {"一名老年人有几种对象类型的，在每一类中各计一次。"}, {}};
  people_parts.tables.push_back(word_table("表4　分层级", "层级", coverage.by_tier, ground.list_by("tier"),
                                           [&](const std::string& id) { return ground.names.tier(id); }));
  people_parts.tables.push_back(word_table("表5　分对象类型", "对象类型", coverage.by_category,
                                           ground.list_by("category"),
                                           [&](const std::string& id) { return ground.names.category(id); }));
  report.sections.push_back(std::move(people_parts));
  return report;
}

Report quarterly(const Ground& ground) {
  std::string quarter = fmt::format("{}年第{}季度", ground.first.year, ground.first.month / 3 + 1);
  Report report = head(ground, "关于" + ground.name + quarter + "\n特殊困难老年人探访关爱服务情况的通报",
                       ground.asked.area.size() >= 9 ? "各村（社区）" : "各乡镇（街道）");
  reports::Figures total;
  std::map<std::string, reports::Part> parts;
  Section whole{"一、总体情况", false, "", "", {}, {}};
  std::vector<reports::MonthFigures> months;
  for (planning::Month month = ground.first; month <= ground.last; month = planning::add_months(month, 1)) {
    reports::Coverage coverage = ground.coverage(ground.asked.area, month);
    months.push_back({month.iso(), coverage.total});
    total += coverage.total;
    for (const reports::Part& part : coverage.by_area) {
      auto& sum = parts.try_emplace(part.word, reports::Part{part.word, part.name, {}}).first->second;
      sum.figures += part.figures;
    }
  }
  reports::Coverage last;
  last.total = total;
  for (auto& [word, part] : parts) last.by_area.push_back(std::move(part));
  whole.paragraphs = {"三个月合计（按人次月累加）：" + standing(total), beside(months.back().figures)};
  whole.tables.push_back(
      with_chart(trend_table("表1　分月情况", ground.asked.area, months), "各月方案完成率与月探访率", true, {3, 7}));
  std::stable_sort(last.by_area.begin(), last.by_area.end(), [](const reports::Part& left, const reports::Part& right) {
    return left.figures.fulfilment().value_or(2) > right.figures.fulfilment().value_or(2);
  });
  Section places{"二、各地完成情况", false, "", "", {"按季度方案完成率由高到低排列。"}, {}};
  places.tables.push_back(
      with_chart(area_table("表2　各地完成情况（三个月合计）", last.by_area, total), "季度方案完成率", false, {3}));
  Section lacks{"三、存在的问题", false, "", "", {behind(last)}, {}};
  Section steps{"四、下一步要求",
                false,
                "",
                "",
                {"请有逾期未访人员的地方对照系统名单逐人核查原因，尽快补访，并如实补录；不得以未发生的探访充抵。",
                 "请对谢绝、暂停和资格待核实的人员逐一复核，情况变化的及时更新档案。"},
                {}};
  report.sections = {std::move(whole), std::move(places), std::move(lacks), std::move(steps)};
  return report;
}

Report half_yearly(const Ground& ground) {
  std::string half = fmt::format("{}年{}半年", ground.last.year, ground.last.month <= 6 ? "上" : "下");
  Report report = head(ground, ground.name + half + "\n特殊困难老年人台账动态更新情况", "");
  Date from = ground.first.first_day();
  Date to = std::min(ground.last.last_day(), china_date(ground.now));
  auto parts = reports::count_registry(ground.session, ground.asked.area, from, to);
  reports::RegistryPart sum;
  Table table{"表1　分" + below_name(ground),
              {"区划", "在册", "其中谢绝", "其中暂停", "本期迁出", "本期去世", "待更新"},
              {},
              {},
              "“老年人”名单，区划为本行，按“状态”筛选；待更新为“待办”中的“待更新档案”",
              "",
              Chart{"待更新档案（份）", false, {6}}};
  auto row = [](const std::string& name, const reports::RegistryPart& part) {
    return std::vector<Value>{text_value(name),
                              count_value(part.here),
                              count_value(part.declined),
                              count_value(part.suspended),
                              count_value(part.moved_out),
                              count_value(part.deceased),
                              count_value(part.to_refresh)};
  };
  for (const reports::RegistryPart& part : parts) {
    table.rows.push_back(row(part.name, part));
    table.areas.push_back(part.area);
    sum.here += part.here;
    sum.declined += part.declined;
    sum.suspended += part.suspended;
    sum.moved_out += part.moved_out;
    sum.deceased += part.deceased;
    sum.to_refresh += part.to_refresh;
  }
  table.rows.push_back(row("合计", sum));
  table.areas.emplace_back();
  auto work = reports::count_work(ground.session, ground.asked.area, ground.month(), china_instant(from));
  Section whole{"一、台账情况", false, "", "", {}, {std::move(table)}};
  whole.paragraphs = {
      fmt::format("截至{}，在册{}（其中谢绝探访{}、暂停{}）；本期迁出{}，去世{}。", to.iso(), people(sum.here),
                  people(sum.declined), people(sum.suspended), people(sum.moved_out), people(sum.deceased)),
      fmt::format("超过规定时间未更新的档案{}份，请逐户核实并更新。", sum.to_refresh)};
  Section open{
      "二、待处理事项",
      false,
      "",
      "",
      {fmt::format("资格待核实{}；与台账、部门名单不一致待判定{}条；待接收的转移{}件；本期更正的探访记录{}条。",
                   people(work.verification), work.differences, work.transfers, work.corrections)},
      {}};
  report.sections = {std::move(whole), std::move(open)};
  return report;
}

Section glance_page(std::string heading, std::string big, std::string big_is, std::string paragraph) {
  return {std::move(heading), true, std::move(big), std::move(big_is), {std::move(paragraph)}, {}};
}

/// Five pages, each with one figure that is read from afar.
Report glance(const Ground& ground) {
  Report report = head(ground, ground.name + month_name(ground.month()) + "探访关爱服务一览", "");
  reports::Coverage coverage = ground.coverage(ground.asked.area, ground.last);
  const reports::Figures& total = coverage.total;
  Section done = glance_page("一、完成了多少", percent(total.fulfilment()), "方案完成率", standing(total));
  std::vector<reports::Part> lowest = coverage.by_area;
  std::stable_sort(lowest.begin(), lowest.end(), [](const reports::Part& left, const reports::Part& right) {
    return left.figures.fulfilment().value_or(2) < right.figures.fulfilment().value_or(2);
  });
  if (lowest.size() > kMostOnAPage) lowest.resize(kMostOnAPage);
  done.tables.push_back(
      with_chart(area_table("完成率最低的" + below_name(ground), lowest, total), "方案完成率", false, {3}));
  reports::Forecast forecast =
      reports::forecast(ground.session, ground.asked.area, ground.month(), china_date(ground.now));
  Section left =
      glance_page("二、还有谁没探访", people(total.overdue), "已逾期",
                  fmt::format("尚未完成{}；照近{}天的进度，到期还将有{}完不成。", people(total.owed - total.met),
                              reports::kPaceDays, people(forecast.total.missed())));
  Table villages{"预计完不成最多的村（社区）",
                 {"村（社区）", "应访", "未完成", "预计完不成"},
                 {},
                 {},
                 "“今日”页的预测；名单按区划和“本月状态”为待探访、已逾期筛选",
                 "state=owed",
                 std::nullopt};
  for (std::size_t i = 0; i < forecast.by_village.size() && i < kWorstVillages; ++i) {
    const reports::ForecastPart& part = forecast.by_village[i];
    villages.rows.push_back(
        {text_value(part.name), count_value(part.owed), count_value(part.open), count_value(part.missed())});
    villages.areas.push_back(part.area);
  }
  left.tables.push_back(std::move(villages));
  Section course = glance_page("三、一年来怎么样", percent(total.visit_rate()), "月探访率",
                               "月探访率是本月至少探访过一次的人数与应探访人数之比，国家要求达到100%。");
  course.tables.push_back(
      with_chart(trend_table("各月情况", ground.asked.area, ground.trend()), "方案完成率与月探访率", true, {3, 7}));
  Section who = glance_page("四、他们是谁", people(total.due), "应探访", beside(total));
  who.tables.push_back(with_chart(word_table("分对象类型", "对象类型", coverage.by_category, ground.list_by("category"),
                                             [&](const std::string& id) { return ground.names.category(id); }),
                                  "应探访人数", false, {5}));
  auto work =
      reports::count_work(ground.session, ground.asked.area, ground.month(), china_instant(ground.last.first_day()));
  Section ledger =
      glance_page("五、台账准不准", people(work.refresh), "档案待更新",
                  fmt::format("资格待核实{}，信息不一致待判定{}条，待接收的转移{}件，本月更正记录{}条。",
                              people(work.verification), work.differences, work.transfers, work.corrections));
  report.sections = {std::move(done), std::move(left), std::move(course), std::move(who), std::move(ledger)};
  return report;
}

std::optional<int> digits(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> words = {"monthly", "quarterly", "half_yearly", "glance"};
  return words;
}

std::pair<planning::Month, planning::Month> months_of(const Asked& asked) {
  const std::string& text = asked.period;
  auto year = digits(text.substr(0, std::min<std::size_t>(4, text.size())));
  if (text.size() < 7 || text[4] != '-' || !year || *year < 2000) throw wrong_period();
  bool quarter = asked.kind == "quarterly";
  bool half = asked.kind == "half_yearly";
  auto number = digits(std::string_view(text).substr(quarter || half ? 6 : 5));
  char letter = quarter ? 'Q' : half ? 'H' : text[5];
  int most = quarter ? 4 : half ? 2 : 12;
  if (text.size() != 7 || text[5] != letter || !number || *number < 1 || *number > most) throw wrong_period();
  int length = quarter ? 3 : half ? 6 : 1;
  planning::Month last{*year, *number * length};
  return {planning::add_months(last, 1 - length), last};
}

Report build(db::Session& session, const planning::Policies& policies, const Asked& asked, Instant now) {
  auto [first, last] = months_of(asked);
  if (first > planning::month_of(china_date(now))) throw wrong_period();
  last = std::min(last, planning::month_of(china_date(now)));
  auto policy = policies.classifier.policy_of(session, asked.area.substr(0, 6));
  Names names(policy->schemes(), asked.area, last.last_day());
  std::string name = registry::load_area_place(session, asked.area, china_date(now)).area.name;
  Ground ground{session, asked, now, first, last, name, names};
  if (asked.kind == "quarterly") return quarterly(ground);
  if (asked.kind == "half_yearly") return half_yearly(ground);
  return asked.kind == "glance" ? glance(ground) : monthly(ground);
}

}  // namespace tanfang::app::reporting
