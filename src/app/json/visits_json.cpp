#include "app/json/visits_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace tanfang::app {
namespace {

namespace js = boost::json;

js::object problem_json(const FieldProblem& problem, bool refuses) {
  return {{"field", problem.field},
          {"code", problem.code},
          {"refuses", refuses},
          {"text", problem.text.zh},
          {"text_en", problem.text.en}};
}

js::value id_json(Id id) { return id.value == 0 ? js::value(nullptr) : js::value(format_id(id)); }

js::array findings_json(const visits::Visit& visit) {
  js::array findings;
  for (const forms::Finding& finding : visit.findings) {
    js::object one{{"indicator", finding.indicator}, {"given", finding.given}};
    if (finding.effect) one["effect"] = forms::name_of(*finding.effect);
    if (finding.number) one["number"] = *finding.number;
    findings.push_back(std::move(one));
  }
  return findings;
}

}  // namespace

Problem line_too_long() {
  return Problem("visit.line_too_long", 413, {"一行超过 1 MiB，请拆分或删减", "a line of more than 1 MiB: shorten it"});
}

std::string recorded_json(const std::string& key, const visits::Recorded& recorded) {
  js::array problems;
  for (const FieldProblem& notice : recorded.notices) problems.push_back(problem_json(notice, false));
  bool repeated = recorded.status == visits::Recording::repeated;
  return js::serialize(js::object{{"key", key},
                                  {"id", format_id(recorded.id)},
                                  {"status", repeated ? "repeated" : "recorded"},
                                  {"problems", std::move(problems)}});
}

std::string refused_json(const std::string& key, const Problem& problem) {
  js::array problems;
  for (const FieldProblem& field : problem.fields) problems.push_back(problem_json(field, true));
  if (problems.empty()) problems.push_back(problem_json({"", problem.code, problem.text}, true));
  return js::serialize(js::object{{"key", key.empty() ? js::value(nullptr) : js::value(key)},
                                  {"id", nullptr},
                                  {"status", "refused"},
                                  {"problems", std::move(problems)}});
}

std::string visit_json(const visits::Visit& visit) {
  js::object one{{"county", visit.county},
                 {"id", format_id(visit.id)},
                 {"person", format_id(visit.person)},
                 {"visitor", visit.visitor},
                 {"method", visit.method},
                 {"started_at", format_instant(visit.started_at)},
                 {"ended_at", format_instant(visit.ended_at)},
                 {"outcome", visits::to_text(visit.outcome)},
                 {"form", visit.form.empty() ? js::value(nullptr) : js::value(visit.form)},
                 {"form_version", visit.form_version},
                 {"findings", findings_json(visit)},
                 {"corrects", id_json(visit.corrects)},
                 {"corrected_by", id_json(visit.corrected_by)},
                 {"reason", visit.reason},
                 {"struck_at", visit.struck_at ? js::value(format_instant(*visit.struck_at)) : js::value(nullptr)},
                 {"struck_reason", visit.struck_reason},
                 {"recorded_at", format_instant(visit.recorded_at)},
                 {"recorded_by", visit.recorded_by}};
  if (visit.attachments) one["attachments"] = js::array(visit.attachments->begin(), visit.attachments->end());
  if (!visit.answers.empty()) one["answers"] = js::parse(visit.answers);
  return js::serialize(one);
}

std::string status_json(const visits::StatusChange& status) {
  return js::serialize(
      js::object{{"indicator", status.indicator},
                 {"status", forms::name_of(status.after)},
                 {"before", status.before ? js::value(forms::name_of(*status.before)) : js::value("unknown")},
                 {"since", format_instant(status.at)},
                 {"visit", format_id(status.visit)}});
}

std::string visit_line(const visits::Visit& visit) {
  std::string line =
      fmt::format("{}  {}  {:10} {:8} {}", format_id(visit.id), format_instant(visit.started_at).substr(0, 16),
                  visit.method, visits::to_text(visit.outcome), visit.form);
  if (visit.struck_at) line += "  已剔除 struck out";
  if (visit.corrected_by.value != 0) line += "  已更正 corrected by " + format_id(visit.corrected_by);
  if (visit.corrects.value != 0) line += "  更正 corrects " + format_id(visit.corrects);
  return line;
}

}  // namespace tanfang::app
