// A report as PDF: A4, in the manner of official papers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/reporting/report.h"
#include "base/text.h"
#include "platform/pdf/document.h"

namespace tanfang::app::reporting {
namespace {

using pdf::Align;
using pdf::Style;

constexpr double kLeft = 25 * pdf::kMillimetre;
constexpr double kTop = 28 * pdf::kMillimetre;
constexpr double kBottom = pdf::kPageHeight - 24 * pdf::kMillimetre;
constexpr double kWidth = pdf::kPageWidth - 2 * kLeft;
constexpr double kBody = 12;
constexpr double kSmall = 9;
constexpr double kPad = 3;
constexpr double kChartHeight = 52 * pdf::kMillimetre;
constexpr std::size_t kMostBars = 30;

class Drawing {
 public:
  Drawing(pdf::Document& document, std::string number) : document_(document), number_(std::move(number)) {}

  void draw(const Report& report, Instant issued_at) {
    text(report.title, {20, true, Align::center}, 8, "H1");
    text(number_ + "　数据截至 " + report.taken_at, {kSmall, false, Align::center}, 10);
    if (!report.to.empty()) text(report.to + "：", {kBody, false, Align::left}, 6);
    bool first = true;
    for (const Section& section : report.sections) {
      if (section.page && !first) end_page();
      first = false;
      draw(section);
    }
    if (!report.issuer.empty()) {
      room(50);
      text("\n" + report.issuer, {kBody, false, Align::right}, 2);
      Date day = china_date(issued_at);
      text(fmt::format("{}年{}月{}日", day.year(), day.month(), day.day()), {kBody, false, Align::right}, 2);
    }
    end_page();
  }

 private:
  void draw(const Section& section) {
    if (!section.heading.empty()) {
      room(60);
      text(section.heading, {section.big.empty() ? 13.0 : 18.0, true, Align::left}, 6, "H2");
    }
    if (!section.big.empty()) {
      text(section.big, {64, true, Align::center}, 0);
      text(section.big_is, {16, false, Align::center}, 12);
    }
    double size = section.big.empty() ? kBody : 16;
    for (const std::string& paragraph : section.paragraphs) text("　　" + paragraph, {size, false, Align::left}, 6);
    for (const Table& table : section.tables) draw(table);
  }

  void draw(const Table& table) {
    if (table.chart) draw_chart(table, *table.chart);
    room(70);
    text(table.title, {10.5, true, Align::center}, 3);
    std::vector<Value> headings;
    for (const std::string& heading : table.headings) headings.push_back(text_value(heading));
    std::vector<double> widths = widths_of(table.headings.size());
    document_.begin("Table");
    row(headings, widths, true);
    for (const auto& cells : table.rows) {
      if (top_ + 18 > kBottom) {
        end_page();
        row(headings, widths, true);
      }
      row(cells, widths, false);
    }
    document_.end("Table");
    top_ += 3;
    if (!table.source.empty()) text("取数：" + table.source, {kSmall - 1, false, Align::left}, 8);
  }

  static std::vector<double> widths_of(std::size_t columns) {
    double first = columns > 6 ? 0.2 : 0.3;
    std::vector<double> widths(columns,
                               kWidth * (1 - first) / static_cast<double>(std::max<std::size_t>(columns - 1, 1)));
    if (!widths.empty()) widths[0] = columns == 1 ? kWidth : kWidth * first;
    return widths;
  }

  void row(const std::vector<Value>& cells, const std::vector<double>& widths, bool heading) {
    std::vector<pdf::Text> texts;
    double height = 0;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
      bool number = cells[i].kind != Value::Kind::text;
      Style style{kSmall, heading, heading ? Align::center : number ? Align::right : Align::left};
      texts.push_back(pdf::typesetter().lay(written(cells[i]), style, widths[i] - 2 * kPad));
      height = std::max(height, texts.back().height() + 2 * kPad);
    }
    if (top_ + height > kBottom) end_page();
    std::vector<pdf::Box> boxes;
    double left = kLeft;
    document_.begin("TR");
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const char* element = heading || i == 0 ? "TH" : "TD";
      document_.begin(element);
      document_.text(texts[i], left + kPad, top_ + (height - texts[i].height()) / 2);
      document_.end(element);
      boxes.push_back({left, top_, widths[i], height});
      left += widths[i];
    }
    document_.end("TR");
    document_.frames(boxes, heading ? 0.8 : 0.4);
    top_ += height;
  }

  /// The values of one column; what is not there is left out of the drawing.
  static std::vector<std::optional<double>> column_of(const Table& table, int column, std::size_t most) {
    std::vector<std::optional<double>> values;
    for (std::size_t r = 0; r < table.rows.size() && r < most; ++r) {
      const auto& row = table.rows[r];
      bool there = static_cast<std::size_t>(column) < row.size() &&
                   (row[static_cast<std::size_t>(column)].kind == Value::Kind::count ||
                    row[static_cast<std::size_t>(column)].kind == Value::Kind::rate);
      values.push_back(there ? std::optional(row[static_cast<std::size_t>(column)].number) : std::nullopt);
    }
    return values;
  }

  void draw_chart(const Table& table, const Chart& chart) {
    std::size_t places = std::min(table.rows.size(), kMostBars);
    if (places == 0 || chart.columns.empty()) return;
    room(kChartHeight + 40);
    text(chart.title, {10.5, true, Align::center}, 4);
    double most = 0;
    bool rates = false;
    for (int column : chart.columns) {
      for (const auto& value : column_of(table, column, places)) most = std::max(most, value.value_or(0));
      rates = rates || table.rows[0][static_cast<std::size_t>(column)].kind == Value::Kind::rate;
    }
    if (rates) most = std::max(most, 1.0);
    if (most <= 0) most = 1;
    double base = top_ + kChartHeight;
    document_.line(kLeft, base, kLeft + kWidth, base, 0.6);
    scale(base, most, rates);
    double step = kWidth / static_cast<double>(places);
    int series = 0;
    for (int column : chart.columns) {
      auto values = column_of(table, column, places);
      chart.line ? draw_line(values, base, step, most, series) : draw_bars(values, base, step, most, rates);
      ++series;
    }
    for (std::size_t i = 0; i < places; ++i) {
      auto label = pdf::typesetter().lay(table.rows[i][0].text, {6.5, false, Align::center}, step);
      document_.text(label, kLeft + step * static_cast<double>(i), base + 3);
    }
    top_ = base + 34;
    if (chart.columns.size() > 1) legend(table, chart);
  }

  void scale(double base, double most, bool rates) {
    for (int quarter = 1; quarter <= 4; ++quarter) {
      double y = base - kChartHeight * 0.9 * quarter / 4;
      document_.line(kLeft, y, kLeft + kWidth, y, 0.15);
      Value value{rates ? Value::Kind::rate : Value::Kind::count, most * quarter / 4, ""};
      auto label = pdf::typesetter().lay(written(value), {6.5, false, Align::right}, 34);
      document_.text(label, kLeft - 38, y - 4);
    }
  }

  void draw_bars(const std::vector<std::optional<double>>& values, double base, double step, double most, bool rates) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      double middle = kLeft + step * (static_cast<double>(i) + 0.5);
      double height = kChartHeight * 0.9 * *values[i] / most;
      document_.line(middle, base, middle, base - height, std::min(step * 0.5, 26.0));
      Value value{rates ? Value::Kind::rate : Value::Kind::count, *values[i], ""};
      auto label = pdf::typesetter().lay(written(value), {6.5, false, Align::center}, step);
      document_.text(label, kLeft + step * static_cast<double>(i), base - height - 10);
    }
  }

  /// The first line is thick, the next ones thinner: paper has no colours.
  void draw_line(const std::vector<std::optional<double>>& values, double base, double step, double most, int series) {
    double width = series == 0 ? 1.8 : 0.7;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      double x = kLeft + step * (static_cast<double>(i) + 0.5);
      double y = base - kChartHeight * 0.9 * *values[i] / most;
      document_.line(x - 1.6, y, x + 1.6, y, 3.2);
      if (i == 0 || !values[i - 1]) continue;
      document_.line(x - step, base - kChartHeight * 0.9 * *values[i - 1] / most, x, y, width);
    }
  }

  void legend(const Table& table, const Chart& chart) {
    std::string words;
    for (std::size_t i = 0; i < chart.columns.size(); ++i) {
      words += (i == 0 ? "粗线：" : "　细线：") + table.headings[static_cast<std::size_t>(chart.columns[i])];
    }
    text(words, {kSmall, false, Align::center}, 4);
  }

  void text(const std::string& words, const Style& style, double after, const char* element = "P") {
    std::string_view left = words;
    while (!left.empty()) {
      auto laid = pdf::typesetter().lay(left, style, kWidth);
      std::size_t fits = laid.fitting(kBottom - top_);
      if (fits == 0 && top_ > kTop) {
        end_page();
        continue;
      }
      if (fits == 0) fits = left.size();
      auto part = fits >= left.size() ? laid : pdf::typesetter().lay(left.substr(0, fits), style, kWidth);
      document_.begin(element);
      document_.text(part, kLeft, top_);
      document_.end(element);
      top_ += part.height();
      left.remove_prefix(std::min(fits, left.size()));
      if (!left.empty()) end_page();
    }
    top_ += after;
  }

  void room(double height) {
    if (top_ + height > kBottom) end_page();
  }

  void end_page() {
    auto label = pdf::typesetter().lay(fmt::format("— {} —", ++page_), {kSmall, false, Align::center}, kWidth);
    document_.text(label, kLeft, pdf::kPageHeight - 16 * pdf::kMillimetre);
    document_.end_page();
    top_ = kTop;
  }

  pdf::Document& document_;
  std::string number_;
  double top_ = kTop;
  int page_ = 0;
};

}  // namespace

std::string pdf_of(const Report& report, const std::string& number, Instant issued_at) {
  std::string bytes;
  {
    pdf::Document document([&](std::string_view part) { bytes += part; }, {report.title, number, issued_at});
    Drawing(document, number).draw(report, issued_at);
    document.finish();
  }
  return bytes;
}

}  // namespace tanfang::app::reporting
