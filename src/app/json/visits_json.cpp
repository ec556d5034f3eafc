#include "app/json/visits_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "platform/json/json.h"

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

void append_visit(std::string& out, const visits::Visit& visit) {
  auto text = [&](std::string_view name, std::string_view value) {
    out += name;
    json::append_quoted(out, value);
  };
  auto id = [&](std::string_view name, Id value) {
    if (value.value != 0) return text(name, format_id(value));
    out.append(name).append("null");
  };
  text("{\"county\":", visit.county);
  id(",\"id\":", visit.id);
  id(",\"person\":", visit.person);
  text(",\"visitor\":", visit.visitor);
  text(",\"method\":", visit.method);
  text(",\"started_at\":", format_instant(visit.started_at));
  text(",\"ended_at\":", format_instant(visit.ended_at));
  text(",\"outcome\":", visits::to_text(visit.outcome));
  out += ",\"form\":";
  visit.form.empty() ? void(out += "null") : json::append_quoted(out, visit.form);
  out.append(",\"form_version\":").append(std::to_string(visit.form_version));
  visits::append_findings(out += ",\"findings\":", visit.findings);
  id(",\"corrects\":", visit.corrects);
  id(",\"corrected_by\":", visit.corrected_by);
  text(",\"reason\":", visit.reason);
  out += ",\"struck_at\":";
  visit.struck_at ? json::append_quoted(out, format_instant(*visit.struck_at)) : void(out += "null");
  text(",\"struck_reason\":", visit.struck_reason);
  text(",\"recorded_at\":", format_instant(visit.recorded_at));
  text(",\"recorded_by\":", visit.recorded_by);
  if (visit.attachments) {
    out += ",\"attachments\":[";
    for (std::size_t i = 0; i < visit.attachments->size(); ++i) text(i == 0 ? "" : ",", (*visit.attachments)[i]);
    out += "]";
  }
  if (!visit.answers.empty()) out.append(",\"answers\":").append(visit.answers);
  if (!visit.evidence.empty()) out.append(",\"evidence\":").append(visit.evidence);
  out += "}";
}

std::string visit_json(const visits::Visit& visit) {
  std::string out;
  append_visit(out, visit);
  return out;
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
