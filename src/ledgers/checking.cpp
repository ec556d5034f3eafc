#include "ledgers/checking.h"

#include <algorithm>
#include <utility>

#include "base/area_code.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/own_facts.h"
#include "ledgers/rows_ahead.h"

namespace tanfang::ledgers {
namespace {

constexpr std::int64_t kStep = 10'000;  // rows between two words of progress

void add_row(const LedgerFile& file, CheckedRow& row, LedgerResult& result) {
  ++result.rows;
  if (!row.reasons.empty()) {
    result.refused.push_back({row.number, std::move(row.reasons), row.part});
    return;
  }
  ++result.accepted;
  result.repaired += row.repaired ? 1 : 0;
  if (row.unreadable.empty()) return;
  RemarkedRow remarked{row.number, {}, row.part};
  for (const Column& column : file.layout().columns) {
    bool said = std::find(row.unreadable.begin(), row.unreadable.end(), column.index) != row.unreadable.end();
    if (said) remarked.headings.push_back(column.heading);
  }
  result.remarked.push_back(std::move(remarked));
}

}  // namespace

std::string_view to_text(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::ledger:
      return "ledger";
    case LedgerKind::health:
      return "health";
    case LedgerKind::disabled:
      return "disabled";
  }
  return "ledger";
}

std::optional<LedgerKind> parse_ledger_kind(std::string_view text) {
  for (LedgerKind kind : {LedgerKind::ledger, LedgerKind::health, LedgerKind::disabled}) {
    if (to_text(kind) == text) return kind;
  }
  return std::nullopt;
}

Words load_words(const std::string& shipped) { return Words::load(shipped + "/data/ledgers"); }

void drop_reasons_of_lists(LedgerKind kind, CheckedRow& row) {
  if (kind == LedgerKind::ledger) return;
  bool named = !row.has_number && row.born && !row.person.name.empty();
  if (named) row.person.birth_date = *row.born;
  std::erase_if(row.reasons, [&](const std::string& reason) {
    return reason.starts_with("area.") || (named && reason.starts_with("citizen_number."));
  });
}

LedgerResult check_rows(LedgerFile& file, const LedgerImport& order, Date today, std::vector<std::size_t>* marks) {
  LedgerResult result;
  RowsMark mark;
  result.used = order.mapping;
  result.sheet = file.sheet_name();
  result.sheets = file.sheets_read();
  result.sheets_left = file.sheets_left();
  result.heading_row = file.layout().heading_row;
  for (const Column& column : file.layout().columns) {
    if (column.field != Field::ignore) result.mapping.emplace_back(column.heading, column.target());
  }
  std::optional<ClaimComparison> comparison;
  if (order.scheme != nullptr && order.kind == LedgerKind::ledger) {
    comparison.emplace(*order.scheme, *order.vocabulary);
  }
  file.for_each([&](CheckedRow& row, const excel::Row&) {
    drop_reasons_of_lists(order.kind, row);
    if (comparison && row.reasons.empty()) {
      result.differences += static_cast<std::int64_t>(comparison->compare(row.claims, row.person, today).size());
    }
    bool taken = row.reasons.empty();
    if (taken && marks != nullptr) mark.add(row);
    add_row(file, row, result);
    if (taken && marks != nullptr && result.accepted % static_cast<std::int64_t>(order.rows_together) == 0) {
      marks->push_back(std::exchange(mark, {}).value());
    }
    if (order.progress && result.rows % kStep == 0) order.progress("check", result.rows);
  });
  if (marks != nullptr && mark.value() != 0) marks->push_back(mark.value());
  if (order.progress) order.progress("checked", result.rows);
  return result;
}

LedgerResult check_ledger(const LedgerImport& given, Date today) {
  LedgerImport order = given;
  if (order.vocabulary != nullptr) order.mapping.own_facts = own_facts(*order.vocabulary, order.scheme);
  if (!is_area_code(order.area) || order.area.size() < 6) throw problems::area_unknown();
  auto areas = registry::AreaIndex::from_csv(order.shipped + "/data/areas.csv", order.area);
  if (areas.find(order.area) == nullptr) throw problems::area_unknown();
  Words words = load_words(order.shipped);
  LedgerFile file(words, areas, {order.path, order.area, order.mapping, today, {}});
  return check_rows(file, order, today);
}

}  // namespace tanfang::ledgers
