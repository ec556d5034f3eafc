#include "visits/findings_text.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/problem.h"
#include "platform/json/json.h"

namespace tanfang::visits {
namespace {

[[noreturn]] void cut_short() { throw Failure("the findings of a visit record are cut short"); }

/// The brace that ends a finding, from `at` on: the last one, or one that the next indicator follows. Not one within a
/// quoted text: where such a text ends after `},`, a comma or a brace follows, and no indicator begins with these.
std::size_t end_of_finding(std::string_view inside, std::size_t at) {
  for (at = inside.find('}', at); at != inside.npos; at = inside.find('}', at + 1)) {
    if (at + 1 == inside.size()) return at;
    std::string_view next = inside.substr(at + 1, 3);
    if (next.size() == 3 && next.starts_with(",\"") && next[2] != ',' && next[2] != '}') return at;
  }
  cut_short();
}

}  // namespace

std::string write_findings(const std::vector<forms::Finding>& findings) {
  std::string text = "{";
  for (auto place = findings.begin(); place != findings.end(); ++place) {
    const forms::Finding& finding = *place;
    // Where two fields speak of one indicator, the last has the word.
    if (std::any_of(place + 1, findings.end(), [&](const auto& later) { return later.indicator == finding.indicator; }))
      continue;
    if (text.size() > 1) text += ',';
    json::append_quoted(text, finding.indicator);
    text += ":{\"given\":";
    json::append_quoted(text, finding.given);
    if (finding.effect) json::append_quoted(text += ",\"effect\":", forms::name_of(*finding.effect));
    if (finding.number) text.append(",\"number\":").append(boost::json::serialize(boost::json::value(*finding.number)));
    text += '}';
  }
  return text + "}";
}

std::vector<forms::Finding> read_findings(std::string_view text) {
  std::vector<forms::Finding> findings;
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(text, error);
  if (error || !parsed.is_object()) throw Failure("the findings of a visit record are not what was written");
  for (const auto& [indicator, given] : parsed.get_object()) {
    const boost::json::object& one = given.as_object();
    forms::Finding finding{std::string(indicator), std::string(one.at("given").as_string()), std::nullopt,
                           std::nullopt};
    if (const auto* effect = one.if_contains("effect")) finding.effect = forms::read_effect(effect->as_string());
    if (const auto* number = one.if_contains("number")) finding.number = number->to_number<double>();
    findings.push_back(std::move(finding));
  }
  return findings;
}

void append_findings(std::string& out, std::string_view text) {
  if (text.size() < 2 || !text.starts_with('{') || !text.ends_with('}')) cut_short();
  const std::string_view inside = text.substr(0, text.size() - 1);
  out += '[';
  for (std::size_t at = 1; at < inside.size();) {
    std::size_t quote = inside.find('"', at + 1);
    if (quote == inside.npos || inside.substr(quote + 1, 2) != ":{") cut_short();
    std::size_t end = end_of_finding(inside, quote + 3);
    out += at == 1 ? "{\"indicator\":" : ",{\"indicator\":";
    out.append(text, at, quote + 1 - at);
    out += ',';
    out.append(text, quote + 3, end - quote - 2);
    at = end + 2;
  }
  out += ']';
}

}  // namespace tanfang::visits
