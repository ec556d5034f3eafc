#include "schemes/cases.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <map>

#include "base/text.h"
#include "platform/files/files.h"
#include "platform/json/json.h"

namespace tanfang::schemes {
namespace {

namespace bj = boost::json;

bj::value truth_json(Truth truth) {
  if (truth == Truth::unknown) return "unknown";
  return truth == Truth::yes;
}

bj::array texts(std::vector<std::string> ids, bool sorted) {
  if (sorted) std::sort(ids.begin(), ids.end());
  bj::array out;
  for (std::string& id : ids) out.emplace_back(std::move(id));
  return out;
}

bj::object obligation_json(const Obligation& obligation) {
  bj::object out;
  out["window"] = name_of(obligation.window);
  out["min"] = obligation.min;
  if (obligation.window == Window::interval) out["days"] = obligation.days;
  if (obligation.window == Window::after_event) {
    out["event"] = obligation.event;
    out["hours"] = obligation.hours;
  }
  out["methods"] = texts(split(join_methods(obligation.methods), ','), true);
  return out;
}

/// Arrays in an order of their own, so that sets compare equal; object members too.
std::string canonical(const bj::value& value, bool keep_order = false) {
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const bj::value& item : value.get_array()) parts.push_back(canonical(item));
    if (!keep_order) std::sort(parts.begin(), parts.end());
    std::string out = "[";
    for (const std::string& part : parts) out += (out.size() > 1 ? "," : "") + part;
    return out + "]";
  }
  if (value.is_object()) {
    std::vector<std::string> parts;
    for (const auto& [key, member] : value.get_object()) parts.push_back(std::string(key) + ":" + canonical(member));
    std::sort(parts.begin(), parts.end());
    std::string out = "{";
    for (const std::string& part : parts) out += (out.size() > 1 ? "," : "") + part;
    return out + "}";
  }
  return bj::serialize(value);
}

std::string compare(const bj::object& expected, const bj::object& found) {
  std::string out;
  for (const auto& [key, value] : expected) {
    const bj::value* other = found.if_contains(key);
    bool order = key == "possible_tiers";
    std::string wanted = canonical(value, order);
    std::string given = other ? canonical(*other, order) : "nothing of that name";
    if (wanted != given)
      out += (out.empty() ? "" : "; ") + std::string(key) + ": expected " + wanted + ", found " + given;
  }
  return out;
}

}  // namespace

bj::object verdict_json(const Scheme& scheme, const Verdict& verdict) {
  bj::object out;
  out["eligible"] = truth_json(verdict.eligible);
  out["categories"] = texts(category_ids(scheme, verdict.categories), true);
  out["possible_categories"] = texts(category_ids(scheme, verdict.possible_categories), true);
  out["tier"] = verdict.tier < 0 ? bj::value() : bj::value(scheme.tiers[static_cast<std::size_t>(verdict.tier)].id);
  out["possible_tiers"] = texts(tier_ids(scheme, verdict.possible_tiers), false);
  bj::array obligations;
  for (const Obligation& obligation : verdict.obligations) obligations.push_back(obligation_json(obligation));
  out["obligations"] = std::move(obligations);
  return out;
}

CaseOutcome try_case(const Scheme& scheme, const Vocabulary& vocabulary, const bj::object& item) {
  CaseOutcome outcome{Facts(vocabulary, scheme.id), Date(), ""};
  const bj::value* on = item.if_contains("on");
  auto date = on && on->is_string() ? Date::parse(on->get_string()) : std::nullopt;
  const bj::value* facts = item.if_contains("facts");
  const bj::value* expected = item.if_contains("expect");
  if (!date) {
    outcome.difference = "\"on\" must be a date such as \"2024-03-01\"";
  } else if (!facts || !facts->is_object() || !expected || !expected->is_object()) {
    outcome.difference = "\"facts\" and \"expect\" must be objects";
  } else if (auto problem = outcome.facts.set_all(facts->get_object())) {
    outcome.difference = problem->field + ": " + problem->text.en;
  } else {
    outcome.on = *date;
    outcome.difference = compare(expected->get_object(), verdict_json(scheme, classify(scheme, outcome.facts, *date)));
  }
  return outcome;
}

namespace {

/// What stands in a case table by slip: an id that was given before, or nothing to expect.
void check_line(const bj::object& item, const Place& place, std::map<std::string, int>& lines, Mistakes& mistakes) {
  if (const bj::value* id = item.if_contains("id")) {
    auto [found, fresh] = lines.emplace(bj::serialize(*id), place.line);
    if (!fresh) {
      std::string line = std::to_string(found->second);
      mistakes.error(place, "案例编号 " + found->first + " 重复，第 " + line + " 行已有",
                     "case " + found->first + " stands twice; see line " + line);
    }
  }
  const bj::value* expected = item.if_contains("expect");
  if (expected && expected->is_object() && expected->get_object().empty()) {
    mistakes.error(place, "expect 是空的，案例什么也没有检验", "expect is empty: the case tries nothing");
  }
}

}  // namespace

std::vector<CaseOutcome> try_table(const Scheme& scheme, const Vocabulary& vocabulary, const std::string& path,
                                   Mistakes& mistakes) {
  std::vector<CaseOutcome> outcomes;
  std::map<std::string, int> lines;
  int number = 0;
  for (const std::string& line : split(files::read_whole(path), '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    Place place{path, number};
    try {
      bj::value item = json::parse(line);
      if (!item.is_object()) {
        mistakes.error(place, "每行应为一个 JSON 对象", "each line must be one JSON object");
        continue;
      }
      check_line(item.get_object(), place, lines, mistakes);
      CaseOutcome outcome = try_case(scheme, vocabulary, item.get_object());
      if (!outcome.difference.empty()) {
        mistakes.error(place, "案例与方案不符：" + outcome.difference, "the case disagrees: " + outcome.difference);
      } else {
        outcomes.push_back(std::move(outcome));
      }
    } catch (const Problem& problem) {
      mistakes.error(place, problem.text.zh, problem.text.en);
    }
  }
  return outcomes;
}

}  // namespace tanfang::schemes
