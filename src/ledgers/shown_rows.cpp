// Refused and remarked rows with their cells, so that what is wrong stands beside what was written.
#include <algorithm>
#include <array>
#include <map>

#include "base/mask.h"
#include "base/text.h"
#include "ledgers/checking.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kMostCells = 100;
constexpr std::size_t kLongestCell = 100;    // characters
constexpr std::size_t kDigitsOfNumbers = 7;  // so many in a row may be a telephone or citizen number
constexpr std::string_view kUnknown = "value.unknown";

/// Thrown to leave the file when the last row wanted was read.
struct Enough {};

bool holds_dates_or_codes(Field field) {
  constexpr std::array kFields = {Field::birth_date, Field::residence_area_code, Field::hukou_place_left};
  return std::find(kFields.begin(), kFields.end(), field) != kFields.end();
}

/// What stands in a column without a field of its own may still hold numbers of people.
std::string without_numbers(const std::string& text) {
  std::size_t digits = 0, most = 0;
  for (char c : text) most = std::max(most, digits = c >= '0' && c <= '9' ? digits + 1 : 0);
  return most >= kDigitsOfNumbers ? mask_phone(text) : text;
}

std::string masked(Field field, const std::string& text) {
  switch (field) {
    case Field::citizen_number:
      return mask_citizen_number(text);
    case Field::phone:
    case Field::contact_phone:
      return mask_phone(text);
    case Field::contact_name:
    case Field::contact_name_phone:
      return mask_name(text);
    case Field::address:
      return mask_address(text);
    default:
      return holds_dates_or_codes(field) ? text : without_numbers(text);
  }
}

std::string cut(const std::string& text) {
  if (length_of(text) <= kLongestCell) return text;
  std::string out;
  auto points = code_points(text);
  for (std::size_t i = 0; i < kLongestCell; ++i) append_utf8(out, points[i]);
  return out + "…";
}

/// The columns that a reason may be about; the first that the ledger has is meant.
std::vector<Field> fields_of(std::string_view code) {
  if (code.starts_with("name.")) return {Field::name};
  if (code.starts_with("area.")) {
    return {Field::residence_area, Field::residence_area_code, Field::area_path, Field::town};
  }
  if (code.starts_with("birth_date.") || code.starts_with("date.")) return {Field::birth_date, Field::citizen_number};
  if (code.starts_with("sex.")) return {Field::sex, Field::citizen_number};
  return {Field::citizen_number, Field::name};
}

std::string heading_of(const Layout& layout, std::string_view code) {
  for (Field field : fields_of(code)) {
    if (const Column* column = layout.find(field)) return column->heading;
  }
  return "";
}

ShownRow shown(const LedgerFile& file, const excel::Row& row, int number, int sheet) {
  ShownRow out{number, sheet, {}, {}};
  for (const Column& column : file.layout().columns) {
    std::string text = trimmed(text_at(row, column.index));
    if (text.empty() || out.cells.size() == kMostCells) continue;
    out.cells.push_back({column.heading, cut(masked(column.field, text))});
  }
  return out;
}

/// The problems of the rows wanted, by sheet and row.
using Wanted = std::map<std::pair<int, int>, std::vector<RowProblem>>;

Wanted wanted_rows(const Layout& layout, const LedgerResult& result, const ShownRows& which) {
  Wanted wanted;
  auto take = [&](const auto& rows, auto problems_of) {
    for (std::size_t i = which.after; i < rows.size() && wanted.size() < which.limit; ++i) {
      wanted.emplace(std::pair(rows[i].sheet, rows[i].row), problems_of(rows[i]));
    }
  };
  if (which.remarked) {
    take(result.remarked, [](const RemarkedRow& row) {
      std::vector<RowProblem> problems;
      for (const std::string& heading : row.headings) problems.push_back({std::string(kUnknown), heading});
      return problems;
    });
  } else {
    take(result.refused, [&](const RefusedRow& row) {
      std::vector<RowProblem> problems;
      for (const std::string& code : row.reasons) problems.push_back({code, heading_of(layout, code)});
      return problems;
    });
  }
  return wanted;
}

}  // namespace

std::vector<ShownRow> show_rows(db::Session& session, const LedgerImport& order, Date today, const LedgerResult& result,
                                const ShownRows& which) {
  auto areas = registry::AreaIndex::from_table(session, order.area, today);
  Words words = load_words(order.shipped);
  LedgerFile file(words, areas, {order.path, order.area, result.used, today, {}});
  Wanted wanted = wanted_rows(file.layout(), result, which);
  std::vector<ShownRow> rows;
  if (wanted.empty()) return rows;
  try {
    file.for_each([&](CheckedRow& checked, const excel::Row& row) {
      auto found = wanted.find({checked.part, checked.number});
      if (found == wanted.end()) return;
      rows.push_back(shown(file, row, checked.number, checked.part));
      rows.back().problems = std::move(found->second);
      if (rows.size() == wanted.size()) throw Enough();
    });
  } catch (const Enough&) {
    return rows;
  }
  return rows;
}

}  // namespace tanfang::ledgers
