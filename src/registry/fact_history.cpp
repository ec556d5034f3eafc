#include "registry/fact_history.h"

#include <algorithm>

namespace tanfang::registry {
namespace {

/// Whatever else is said is newer.
const Date kBeginning = *Date::from_ymd(1, 1, 1);

}  // namespace

KnownFacts facts_known_on(std::span<const StatementRecord> records, Date on) {
  KnownFacts known;
  for (const StatementRecord& record : records) {
    bool is_first = known.origins().empty();
    if (!is_first && record.said_on > on) continue;
    FactValues facts;
    for (const FactValue& value : record.facts) {
      bool counted = std::find(record.changed.begin(), record.changed.end(), value.fact) != record.changed.end();
      if (counted && value.fact != "name") facts.push_back(value);
    }
    Date said_on = record.said_on > on ? kBeginning : record.said_on;
    known.take(facts, {}, {record.id, record.source, record.speaker, said_on});
  }
  return known;
}

std::vector<Date> days_said(std::span<const StatementRecord> records, Date from, Date until) {
  std::vector<Date> days{from};
  for (const StatementRecord& record : records) {
    if (record.said_on > from && record.said_on < until) days.push_back(record.said_on);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace tanfang::registry
