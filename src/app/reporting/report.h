// Reports as data: sections of texts, tables and charts, made once from the figures, frozen when issued, and drawn the
// same ever after as PDF or Excel.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "platform/excel/chart_book.h"

namespace tanfang::app::reporting {

using Value = excel::Value;

Value text_value(std::string text);
Value count_value(std::int64_t count);
Value rate_value(const std::optional<double>& rate);
/// As it is written: `1,234`, `98.5%`, `—`.
std::string written(const Value& value);

struct Chart {
  std::string title;
  bool line = false;
  std::vector<int> columns;  // of the table it stands behind; the first names
};

struct Table {
  std::string title;
  std::vector<std::string> headings;
  std::vector<std::vector<Value>> rows;
  std::vector<std::string> areas;  // by row: the area whose list holds these people; empty where there is none
  std::string source;              // in which list, by which filters, the figures are found again
  std::string filter;              // of that list in the desk, such as `state=overdue`
  std::optional<Chart> chart;
  std::vector<std::string>
      lists{};  // by row, where it is no area's: the list of its people, such as `area=510521&tier=key`
};

struct Section {
  std::string heading;
  bool page = false;  // begins a page of its own
  std::string big;    // one figure that is read from afar, and what it is
  std::string big_is;
  std::vector<std::string> paragraphs;
  std::vector<Table> tables;
};

struct Report {
  std::string title;
  std::string to;        // 主送
  std::string issuer;    // 落款
  std::string taken_at;  // when the figures were taken
  std::string month;     // of the lists behind the figures
  std::vector<Section> sections;
};

boost::json::object to_json(const Report& report);
/// Reads what `to_json` made.
Report read_report(std::string_view text);

/// The table of a restated report that says what changed; its rows are no figures.
inline constexpr std::string_view kChangesTitle = "更正对照";

/// A figure that reads otherwise than when it was issued.
struct Change {
  std::string where;  // table and row
  std::string what;   // the heading
  std::string before;
  std::string after;
};
/// Every figure that differs, and rows that came or went.
std::vector<Change> changes(const Report& before, const Report& after);

/// The same report, the same bytes.
std::string pdf_of(const Report& report, const std::string& number, Instant issued_at);
void write_book(const Report& report, const std::string& number, Instant issued_at, const std::string& path);

}  // namespace tanfang::app::reporting
