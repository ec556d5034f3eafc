// A report as Excel.
#include "app/reporting/report.h"
#include "base/text.h"

namespace tanfang::app::reporting {

void write_book(const Report& report, const std::string& number, Instant issued_at, const std::string& path) {
  excel::ChartBook book(path, china_date(issued_at).iso());
  int sheet = 0;
  for (const Section& section : report.sections) {
    if (sheet == 0 || section.page) {
      book.add_sheet(section.page ? std::to_string(sheet + 1) : "报表");
      ++sheet;
      book.add_title(sheet == 1 ? report.title : section.heading);
      if (sheet == 1) book.add_paragraph(number + "　数据截至 " + report.taken_at);
    }
    if (!section.heading.empty()) book.add_paragraph(section.heading);
    if (!section.big.empty()) book.add_paragraph(section.big_is + "：" + section.big);
    for (const std::string& paragraph : section.paragraphs) book.add_paragraph("　　" + paragraph);
    for (const Table& table : section.tables) {
      book.add_table(table.title, table.headings, table.rows);
      if (!table.source.empty()) book.add_paragraph("取数：" + table.source);
      if (table.chart) book.add_chart({table.chart->title, table.chart->line, table.chart->columns});
    }
  }
  if (!report.issuer.empty()) book.add_paragraph(report.issuer + "　" + china_date(issued_at).iso());
  book.close();
}

}  // namespace tanfang::app::reporting
