#include "app/json/ledger_json.h"

#include <boost/json.hpp>

namespace tanfang::app {

namespace js = boost::json;

namespace {

js::object problem_of(const std::string& code) {
  Words words = ledgers::reason_words(code);
  return {{"code", code}, {"detail", words.zh}, {"detail_en", words.en}};
}

/// Named only where the ledger has several sheets.
void name_sheet(js::object& row, const ledgers::LedgerResult& result, int sheet) {
  if (result.sheets.size() > 1) row["sheet"] = result.sheets[static_cast<std::size_t>(sheet)];
}

js::array refused_of(const ledgers::LedgerResult& result, std::size_t most) {
  js::array refused;
  for (const ledgers::RefusedRow& row : result.refused) {
    if (refused.size() == most) break;
    js::array problems;
    for (const std::string& code : row.reasons) problems.push_back(problem_of(code));
    js::object one{{"row", row.row},
                   {"reasons", js::array(row.reasons.begin(), row.reasons.end())},
                   {"problems", std::move(problems)}};
    name_sheet(one, result, row.sheet);
    refused.push_back(std::move(one));
  }
  return refused;
}

js::array remarked_of(const ledgers::LedgerResult& result, std::size_t most) {
  js::array remarked;
  for (const ledgers::RemarkedRow& row : result.remarked) {
    if (remarked.size() == most) break;
    js::object one{{"row", row.row},
                   {"remarks", js::array{"value.unknown"}},
                   {"columns", js::array(row.headings.begin(), row.headings.end())}};
    name_sheet(one, result, row.sheet);
    remarked.push_back(std::move(one));
  }
  return remarked;
}

}  // namespace

js::object to_json(const ledgers::LedgerResult& result, std::size_t most) {
  js::object mapping;
  for (const auto& [heading, field] : result.mapping) mapping[heading] = field;
  return {{"rows", result.rows},
          {"accepted", result.accepted},
          {"registered", result.registered},
          {"changed", result.changed},
          {"unchanged", result.unchanged},
          {"repaired", result.repaired},
          {"refused", refused_of(result, most)},
          {"refused_count", result.refused.size()},
          {"remarked", remarked_of(result, most)},
          {"remarked_count", result.remarked.size()},
          {"differences", result.differences},
          {"sheet", result.sheet},
          {"sheets", js::array(result.sheets.begin(), result.sheets.end())},
          {"sheets_left", js::array(result.sheets_left.begin(), result.sheets_left.end())},
          {"heading_row", result.heading_row},
          {"mapping", std::move(mapping)}};
}

js::object to_json(const ledgers::ShownRow& row, const ledgers::LedgerResult& result) {
  js::array cells;
  for (const ledgers::ShownCell& cell : row.cells) {
    cells.push_back(js::object{{"heading", cell.heading}, {"text", cell.text}});
  }
  js::array problems;
  for (const ledgers::RowProblem& problem : row.problems) {
    js::object one = problem_of(problem.code);
    one["heading"] = problem.heading;
    problems.push_back(std::move(one));
  }
  js::object made{{"row", row.row}, {"cells", std::move(cells)}, {"problems", std::move(problems)}};
  name_sheet(made, result, row.sheet);
  return made;
}

js::object to_json(const ledgers::ImportRecord& one) {
  return {{"id", format_id(one.id)},
          {"area", one.area},
          {"kind", one.kind},
          {"file_name", one.file_name},
          {"imported_at", format_instant(one.imported_at)},
          {"by", one.actor},
          {"state", one.state},
          {"rows", one.rows},
          {"accepted", one.accepted},
          {"written", one.written},
          {"registered", one.registered},
          {"changed", one.changed},
          {"unchanged", one.unchanged},
          {"repaired", one.repaired},
          {"refused", one.refused},
          {"differences", one.differences},
          {"withdrawn", one.withdrawn},
          {"restored", one.restored},
          {"left_alone", one.left_alone},
          {"undone_at", one.undone_at ? js::value(format_instant(*one.undone_at)) : js::value(nullptr)},
          {"undone_by", one.undone_by}};
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
