#include "app/reporting/tables.h"

#include <fmt/format.h>

namespace tanfang::app::reporting {
namespace {

const std::vector<std::string> kFigures = {"应访", "完成", "方案完成率", "逾期", "应探访", "已探访", "月探访率"};
constexpr const char* kSource =
    "“老年人”名单，区划为本行，月份为本月；完成、逾期即“本月状态”为已完成、已逾期，应访为已完成、待探访、已逾期之和";
constexpr std::size_t kMostNames = 6;

std::vector<std::string> headings(const std::string& first) {
  std::vector<std::string> made{first};
  made.insert(made.end(), kFigures.begin(), kFigures.end());
  return made;
}

std::vector<Value> row(const std::string& name, const reports::Figures& figures) {
  return {text_value(name),
          count_value(figures.owed),
          count_value(figures.met),
          rate_value(figures.fulfilment()),
          count_value(figures.overdue),
          count_value(figures.due),
          count_value(figures.visited),
          rate_value(figures.visit_rate())};
}

}  // namespace

Table area_table(const std::string& title, const std::vector<reports::Part>& parts, const reports::Figures& total) {
  Table table{title, headings("区划"), {}, {}, kSource, "state=overdue", std::nullopt};
  for (const reports::Part& part : parts) {
    table.rows.push_back(row(part.name.empty() ? part.word : part.name, part.figures));
    table.areas.push_back(part.word);
  }
  if (!parts.empty()) {
    table.rows.push_back(row("合计", total));
    table.areas.emplace_back();
  }
  return table;
}

Table word_table(const std::string& title, const std::string& first, const std::vector<reports::Part>& parts,
                 const std::string& list, const std::function<std::string(const std::string&)>& name) {
  Table table{title, headings(first), {}, {}, "“老年人”名单，按本行的" + first + "和“本月状态”筛选", "", std::nullopt};
  for (const reports::Part& part : parts) {
    table.rows.push_back(row(name(part.word), part.figures));
    table.lists.push_back(part.word.empty() ? "" : list + part.word);
  }
  return table;
}

Table trend_table(const std::string& title, const std::string& area, const std::vector<reports::MonthFigures>& months) {
  Table table{title, headings("月份"), {}, {}, "“今日”页的走势，各月名单按“本月状态”筛选", "", std::nullopt};
  for (const reports::MonthFigures& month : months) {
    table.rows.push_back(row(month.month, month.figures));
    table.lists.push_back("area=" + area + "&month=" + month.month);
  }
  return table;
}

std::string percent(const std::optional<double>& rate) { return written(rate_value(rate)); }

std::string people(std::int64_t count) { return written(count_value(count)) + "人"; }

std::string names_of(const std::vector<reports::Part>& parts, const std::function<bool(const reports::Part&)>& holds,
                     const std::function<std::string(const reports::Part&)>& figure) {
  std::string text;
  std::size_t found = 0;
  for (const reports::Part& part : parts) {
    if (!holds(part)) continue;
    if (++found <= kMostNames) text += (found == 1 ? "" : "、") + part.name + "（" + figure(part) + "）";
  }
  return found > kMostNames ? fmt::format("{}等{}个", text, found) : text;
}

std::string month_name(const std::string& month) {
  return fmt::format("{}年{}月", month.substr(0, 4), std::stoi(month.substr(5)));
}

}  // namespace tanfang::app::reporting
