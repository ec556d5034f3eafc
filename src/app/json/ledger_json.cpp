#include "app/json/ledger_json.h"

#include <boost/json.hpp>

namespace tanfang::app {

namespace js = boost::json;

js::object to_json(const ledgers::LedgerResult& result) {
  js::array refused;
  for (const ledgers::RefusedRow& row : result.refused) {
    js::object one{{"row", row.row}, {"reasons", js::array(row.reasons.begin(), row.reasons.end())}};
    if (result.sheets.size() > 1) one["sheet"] = result.sheets[static_cast<std::size_t>(row.sheet)];
    refused.push_back(std::move(one));
  }
  js::array remarked;
  for (const ledgers::RemarkedRow& row : result.remarked) {
    js::object one{{"row", row.row},
                   {"remarks", js::array{"value.unknown"}},
                   {"columns", js::array(row.headings.begin(), row.headings.end())}};
    if (result.sheets.size() > 1) one["sheet"] = result.sheets[static_cast<std::size_t>(row.sheet)];
    remarked.push_back(std::move(one));
  }
  js::object mapping;
  for (const auto& [heading, field] : result.mapping) mapping[heading] = field;
  return {{"rows", result.rows},
          {"accepted", result.accepted},
          {"registered", result.registered},
          {"changed", result.changed},
          {"unchanged", result.unchanged},
          {"repaired", result.repaired},
          {"refused", std::move(refused)},
          {"remarked", std::move(remarked)},
          {"differences", result.differences},
          {"sheet", result.sheet},
          {"sheets", js::array(result.sheets.begin(), result.sheets.end())},
          {"sheets_left", js::array(result.sheets_left.begin(), result.sheets_left.end())},
          {"heading_row", result.heading_row},
          {"mapping", std::move(mapping)}};
}

js::object to_json(const ledgers::Difference& one) {
  return {{"id", format_id(one.id)},
          {"county", one.county},
          {"person", format_id(one.person)},
          {"kind", one.kind},
          {"source", one.source},
          {"topic", one.topic},
          {"said", one.said},
          {"found", one.found},
          {"row", one.row},
          {"status", one.status},
          {"found_on", one.found_on.iso()}};
}

}  // namespace tanfang::app
