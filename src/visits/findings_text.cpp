#include "visits/findings_text.h"

#include <boost/json.hpp>

#include "base/problem.h"

namespace tanfang::visits {

std::string write_findings(const std::vector<forms::Finding>& findings) {
  boost::json::object all;
  for (const forms::Finding& finding : findings) {
    boost::json::object one{{"given", finding.given}};
    if (finding.effect) one["effect"] = forms::name_of(*finding.effect);
    if (finding.number) one["number"] = *finding.number;
    all[finding.indicator] = std::move(one);
  }
  return boost::json::serialize(all);
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

}  // namespace tanfang::visits
