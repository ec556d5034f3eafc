#include "app/reporting/report.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>

#include "platform/json/json.h"

namespace tanfang::app::reporting {
namespace {

namespace js = boost::json;

js::value value_json(const Value& value) {
  if (value.kind == Value::Kind::text) return js::value(value.text);
  if (value.kind == Value::Kind::count) return static_cast<std::int64_t>(value.number);
  if (value.kind == Value::Kind::rate) return js::object{{"rate", value.number}};
  return nullptr;
}

Value read_value(const js::value& value) {
  if (value.is_string()) return text_value(std::string(value.get_string()));
  if (value.is_object()) return rate_value(value.get_object().at("rate").to_number<double>());
  if (value.is_number()) return count_value(value.to_number<std::int64_t>());
  return {};
}

js::array texts_json(const std::vector<std::string>& texts) { return js::array(texts.begin(), texts.end()); }

std::string text(const js::object& from, std::string_view name) { return std::string(from.at(name).as_string()); }

std::vector<std::string> texts(const js::object& from, std::string_view name) {
  std::vector<std::string> found;
  for (const js::value& one : from.at(name).as_array()) found.emplace_back(one.as_string());
  return found;
}

js::object table_json(const Table& table) {
  js::array rows;
  for (const auto& row : table.rows) {
    js::array cells;
    for (const Value& value : row) cells.push_back(value_json(value));
    rows.push_back(std::move(cells));
  }
  js::object made{{"title", table.title},    {"headings", texts_json(table.headings)},
                  {"rows", std::move(rows)}, {"areas", texts_json(table.areas)},
                  {"source", table.source},  {"filter", table.filter},
                  {"chart", nullptr}};
  if (!table.lists.empty()) made["lists"] = texts_json(table.lists);
  if (table.chart) {
    made["chart"] = js::object{{"title", table.chart->title},
                               {"line", table.chart->line},
                               {"columns", js::array(table.chart->columns.begin(), table.chart->columns.end())}};
  }
  return made;
}

Table read_table(const js::object& from) {
  Table table{text(from, "title"),  texts(from, "headings"), {},          texts(from, "areas"),
              text(from, "source"), text(from, "filter"),    std::nullopt};
  if (from.contains("lists")) table.lists = texts(from, "lists");  // reports issued earlier have none
  for (const js::value& row : from.at("rows").as_array()) {
    auto& cells = table.rows.emplace_back();
    for (const js::value& cell : row.as_array()) cells.push_back(read_value(cell));
  }
  if (const js::value& chart = from.at("chart"); chart.is_object()) {
    Chart made{text(chart.get_object(), "title"), chart.at("line").as_bool(), {}};
    for (const js::value& column : chart.at("columns").as_array()) {
      made.columns.push_back(static_cast<int>(column.as_int64()));
    }
    table.chart = std::move(made);
  }
  return table;
}

/// Every figure by table, row and heading.
using Figures = std::map<std::pair<std::string, std::string>, std::string>;

Figures figures_of(const Report& report) {
  Figures figures;
  for (const Section& section : report.sections) {
    for (const Table& table : section.tables) {
      if (table.title == kChangesTitle) continue;
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& row = table.rows[r];
        if (row.empty()) continue;
        std::string where = table.title + " · " + row[0].text;
        // Two villages may bear one name.
        if (r < table.areas.size() && !table.areas[r].empty()) where += "（" + table.areas[r] + "）";
        for (std::size_t i = 1; i < row.size() && i < table.headings.size(); ++i) {
          figures[{where, table.headings[i]}] = written(row[i]);
        }
      }
    }
  }
  return figures;
}

std::string with_commas(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (int place = static_cast<int>(digits.size()) - 3; place > (number < 0 ? 1 : 0); place -= 3) {
    digits.insert(static_cast<std::size_t>(place), ",");
  }
  return digits;
}

}  // namespace

Value text_value(std::string text) { return {Value::Kind::text, 0, std::move(text)}; }

Value count_value(std::int64_t count) { return {Value::Kind::count, static_cast<double>(count), ""}; }

Value rate_value(const std::optional<double>& rate) { return rate ? Value{Value::Kind::rate, *rate, ""} : Value{}; }

std::string written(const Value& value) {
  if (value.kind == Value::Kind::text) return value.text;
  if (value.kind == Value::Kind::count) return with_commas(static_cast<std::int64_t>(value.number));
  return value.kind == Value::Kind::rate ? fmt::format("{:.1f}%", value.number * 100) : "—";
}

js::object to_json(const Report& report) {
  js::array sections;
  for (const Section& section : report.sections) {
    js::array tables;
    for (const Table& table : section.tables) tables.push_back(table_json(table));
    sections.push_back(js::object{{"heading", section.heading},
                                  {"page", section.page},
                                  {"big", section.big},
                                  {"big_is", section.big_is},
                                  {"paragraphs", texts_json(section.paragraphs)},
                                  {"tables", std::move(tables)}});
  }
  return {{"title", report.title},       {"to", report.to},       {"issuer", report.issuer},
          {"taken_at", report.taken_at}, {"month", report.month}, {"sections", std::move(sections)}};
}

Report read_report(std::string_view content) {
  js::value parsed = json::parse(content);
  const js::object& from = parsed.as_object();
  Report report{text(from, "title"),    text(from, "to"),    text(from, "issuer"),
                text(from, "taken_at"), text(from, "month"), {}};
  for (const js::value& one : from.at("sections").as_array()) {
    const js::object& section = one.as_object();
    Section made{text(section, "heading"), section.at("page").as_bool(), text(section, "big"),
                 text(section, "big_is"),  texts(section, "paragraphs"), {}};
    for (const js::value& table : section.at("tables").as_array()) made.tables.push_back(read_table(table.as_object()));
    report.sections.push_back(std::move(made));
  }
  return report;
}

std::vector<Change> changes(const Report& before, const Report& after) {
  Figures then = figures_of(before);
  Figures now = figures_of(after);
  std::vector<Change> found;
  for (const auto& [place, figure] : then) {
    auto same = now.find(place);
    std::string today = same == now.end() ? "无" : same->second;
    if (today != figure) found.push_back({place.first, place.second, figure, today});
  }
  for (const auto& [place, figure] : now) {
    if (!then.contains(place)) found.push_back({place.first, place.second, "无", figure});
  }
  return found;
}

}  // namespace tanfang::app::reporting
