// For tests: ledgers made on the spot and the results of checking them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/citizen_number.h"
#include "ledgers/checking.h"
#include "platform/excel/test_package.h"

namespace tanfang::ledgers {

inline const Date kToday = *Date::from_ymd(2026, 1, 10);

/// A valid citizen number: `serial` 0 to 999, odd for men.
inline std::string number_of(const std::string& county, const std::string& birth, int serial) {
  std::string digits = county + birth +
                       std::string(serial < 10    ? "00"
                                   : serial < 100 ? "0"
                                                  : "") +
                       std::to_string(serial);
  return digits + citizen_number_check(digits);
}

using Lines = std::vector<std::vector<std::string>>;

/// A CSV of these lines, quoted.
inline std::string csv_of(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) text += (i > 0 ? ",\"" : "\"") + line[i] + "\"";
    text += "\n";
  }
  return text;
}

/// The rows of a sheet as XML: a text beginning with `#` is a number, one with `@` a date (serial); empty ones are left
/// out.
inline std::string rows_xml(const Lines& lines) {
  std::string xml;
  for (std::size_t r = 0; r < lines.size(); ++r) {
    std::string row = std::to_string(r + 1);
    xml += "<row r=\"" + row + "\">";
    for (std::size_t c = 0; c < lines[r].size(); ++c) {
      const std::string& text = lines[r][c];
      if (text.empty()) continue;
      std::string place = " r=\"" +
                          (c < 26 ? std::string(1, static_cast<char>('A' + c))
                                  : "A" + std::string(1, static_cast<char>('A' + c - 26))) +
                          row + "\"";
      if (text[0] == '#') {
        xml += "<c" + place + "><v>" + text.substr(1) + "</v></c>";
      } else if (text[0] == '@') {
        xml += "<c s=\"1\"" + place + "><v>" + text.substr(1) + "</v></c>";
      } else {
        xml += "<c" + place + " t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
      }
    }
    xml += "</row>";
  }
  return xml;
}

inline std::string merges_xml(const std::vector<std::string>& merges) {
  std::string xml;
  for (const std::string& merge : merges) xml += "<mergeCell ref=\"" + merge + "\"/>";
  return merges.empty() ? "" : "<mergeCells>" + xml + "</mergeCells>";
}

inline void write_sheet(const std::string& path, const Lines& lines, const std::vector<std::string>& merges = {}) {
  excel::write_package(path, excel::book_parts({{"台账", rows_xml(lines), merges_xml(merges)}}, "",
                                               "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"));
}

/// What a check found, ready to be compared.
struct Checked {
  LedgerResult result;
  std::map<int, std::string> refused;  // row -> reasons joined by spaces
  std::map<std::string, std::string> mapping;
  std::map<int, std::map<std::string, std::string>> facts;  // row -> fact -> JSON
  std::map<int, CheckedRow> rows;
};

inline Checked check(const std::string& path, const std::string& area, const Mapping& mapping = {}) {
  Checked checked;
  LedgerImport order;
  order.path = path;
  order.area = area;
  order.shipped = TANFANG_SOURCE_DIR;
  order.mapping = mapping;
  auto areas = registry::AreaIndex::from_csv(order.shipped + "/data/areas.csv", area);
  Words words = load_words(order.shipped);
  LedgerFile file(words, areas, {path, area, mapping, kToday, {}});
  checked.result = check_rows(file, order, kToday);
  for (const RefusedRow& row : checked.result.refused) {
    std::string& text = checked.refused[row.row];
    for (const std::string& reason : row.reasons) text += (text.empty() ? "" : " ") + reason;
  }
  for (const auto& [heading, field] : checked.result.mapping) checked.mapping[heading] = field;
  file.for_each([&](CheckedRow& row, const excel::Row&) {
    for (const auto& fact : row.person.facts) checked.facts[row.number][fact.fact] = fact.value;
    checked.rows[row.number] = row;
  });
  return checked;
}

}  // namespace tanfang::ledgers
