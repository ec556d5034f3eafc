#include "visits/findings_text.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/problem.h"
#include "platform/json/json.h"

namespace tanfang::visits {
namespace {

/// The place of `mark` outside quoted texts, from `at` on.
std::size_t find_unquoted(std::string_view text, char mark, std::size_t at) {
  for (bool quoted = false; at < text.size(); ++at) {
    if (quoted && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[at] == mark) {
      return at;
    }
  }
  throw Failure("the findings of a visit record are cut short");
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

std::string findings_list(std::string_view text) {
  std::string list = "[";
  list.reserve(text.size() + 16 * 16);
  std::size_t at = 1;
  while (text.substr(0, 1) == "{" && text.substr(at, 1) == "\"") {
    std::size_t colon = find_unquoted(text, ':', at);
    std::size_t end = find_unquoted(text, '}', colon);
    list += list.size() == 1 ? "{\"indicator\":" : ",{\"indicator\":";
    list.append(text, at, colon - at);
    list += ',';
    list.append(text, colon + 2, end + 1 - (colon + 2));
    at = end + (text.substr(end + 1, 1) == "," ? 2 : 1);
  }
  if (text.empty() || text.substr(at) != "}") throw Failure("the findings of a visit record are not what was written");
  return list + "]";
}

}  // namespace tanfang::visits
