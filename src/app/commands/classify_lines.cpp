#include "app/commands/classify_lines.h"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/problem.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

using namespace schemes;

constexpr std::size_t kLongestLine = 1u << 20;
constexpr std::size_t kArena = 32u << 10;

/// Whole numbers beyond 64 bits are read as doubles, the nearest there is.
bool is_rounded(const boost::json::value& value) {
  constexpr double kBeyond = 9223372036854775808.0;
  if (value.is_double()) return std::abs(value.get_double()) >= kBeyond;
  if (value.is_array()) return std::ranges::any_of(value.get_array(), is_rounded);
  if (!value.is_object()) return false;
  return std::ranges::any_of(value.get_object(), [](const auto& member) { return is_rounded(member.value()); });
}

void append_strings(std::string& out, const std::vector<std::string>& texts) {
  out.push_back('[');
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out.push_back(',');
    json::append_quoted(out, texts[i]);
  }
  out.push_back(']');
}

void append_categories(std::string& out, const Scheme& scheme, std::uint64_t categories) {
  out.push_back('[');
  bool first = true;
  for (std::size_t i = 0; i < scheme.categories.size(); ++i) {
    if (!(categories >> i & 1)) continue;
    if (!first) out.push_back(',');
    first = false;
    json::append_quoted(out, scheme.categories[i].id);
  }
  out.push_back(']');
}

void append_methods(std::string& out, MethodSet methods) {
  out.push_back('[');
  bool first = true;
  for (int i = 0; i < kMethodCount; ++i) {
    auto method = static_cast<Method>(i);
    if (!methods.holds(method)) continue;
    if (!first) out.push_back(',');
    first = false;
    json::append_quoted(out, name_of(method));
  }
  out.push_back(']');
}

void append_obligations(std::string& out, const Verdict& verdict) {
  out.append("\"obligations\":[");
  for (std::size_t i = 0; i < verdict.obligations.size(); ++i) {
    const Obligation& owed = verdict.obligations[i];
    out.append(i > 0 ? ",{\"window\":\"" : "{\"window\":\"").append(name_of(owed.window));
    out.append("\",\"min\":").append(std::to_string(owed.min));
    if (owed.window == Window::interval) out.append(",\"days\":").append(std::to_string(owed.days));
    if (owed.window == Window::after_event) {
      out.append(",\"event\":");
      json::append_quoted(out, owed.event);
      out.append(",\"hours\":").append(std::to_string(owed.hours));
    }
    out.append(",\"methods\":");
    append_methods(out, owed.methods);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_marks(std::string& out, const Verdict& verdict) {
  std::vector<std::string> marks;
  for (const Obligation& owed : verdict.obligations) {
    bool there = std::find(marks.begin(), marks.end(), owed.mark) != marks.end();
    if (!owed.mark.empty() && !there) marks.emplace_back(owed.mark);
  }
  if (marks.empty()) return;
  out.append(",\"marks\":");
  append_strings(out, marks);
}

void append_because(std::string& out, const std::vector<Reason>& reasons) {
  out.append(",\"because\":[");
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    out.append(i > 0 ? ",{\"rule\":" : "{\"rule\":");
    json::append_quoted(out, reasons[i].rule);
    out.append(",\"cite\":");
    json::append_quoted(out, reasons[i].cite);
    out.append(",\"text\":");
    json::append_quoted(out, reasons[i].text.zh);
    out.append(",\"text_en\":");
    json::append_quoted(out, reasons[i].text.en);
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace

LineClassifier::LineClassifier(const SchemeSet& set, std::string scheme, Date today)
    : set_(set),
      scheme_(std::move(scheme)),
      today_(today),
      facts_(set.vocabulary(), scheme_),
      arena_(std::make_unique<unsigned char[]>(kArena)) {}

bool LineClassifier::answer(std::string_view line, std::string& out) {
  std::size_t start = out.size();
  std::string id = "null";
  Refusal refusal;
  try {
    classify_line(line, id, out);
    return true;
  } catch (const Problem& problem) {
    refusal = {problem.code, problem.fields.empty() ? "" : problem.fields.front().field, problem.text};
  } catch (Refusal& given) {
    refusal = std::move(given);
  }
  out.resize(start);
  out.append("{\"id\":").append(id).append(",\"error\":{\"code\":");
  json::append_quoted(out, refusal.code);
  out.append(",\"field\":");
  json::append_quoted(out, refusal.field);
  out.append(",\"text\":");
  json::append_quoted(out, refusal.text.zh);
  out.append(",\"text_en\":");
  json::append_quoted(out, refusal.text.en);
  out.append("}}\n");
  return false;
}

void LineClassifier::classify_line(std::string_view line, std::string& id, std::string& out) {
  if (line.size() > kLongestLine)
    throw Refusal{"line.too_long", "", {"一行超过 1 MiB", "the line is longer than 1 MiB"}};
  boost::json::monotonic_resource memory(arena_.get(), kArena);
  boost::json::value value = json::parse(line, &memory);
  if (!value.is_object())
    throw Refusal{"line.not_object", "", {"每行应为一个 JSON 对象", "each line must be one JSON object"}};
  const boost::json::object& item = value.get_object();
  if (const auto* given = item.if_contains("id")) {
    if (is_rounded(*given)) {
      throw Refusal{"line.id",
                    "id",
                    {"id 的整数超出 64 位，无法原样返回：请写成文字（加引号）",
                     "id holds a whole number beyond 64 bits, which cannot be given back as it is: write it as text"}};
    }
    id = boost::json::serialize(*given);
  }
  Date on = today_;
  if (const auto* given = item.if_contains("on")) {
    auto read = given->is_string() ? Date::parse(given->get_string()) : std::nullopt;
    if (!read) throw Refusal{"fact.date", "on", {"on 应为日期，如 2024-03-01", "on must be a date such as 2024-03-01"}};
    on = *read;
  }
  const auto* facts = item.if_contains("facts");
  if (!facts || !facts->is_object()) {
    throw Refusal{"fact.type", "facts", {"facts 应为对象，写出已知的事实", "facts must be an object of what is known"}};
  }
  facts_.clear();
  if (auto problem = facts_.set_all(facts->get_object()))
    throw Refusal{problem->code, "facts." + problem->field, problem->text};
  const Scheme& scheme = set_.get(scheme_, on);
  assess(scheme, facts_, on, assessment_);
  write(scheme, id, out);
}

void LineClassifier::write(const Scheme& scheme, std::string_view id, std::string& out) {
  const Verdict& verdict = assessment_.verdict;
  out.append("{\"id\":").append(id).append(",\"scheme\":");
  json::append_quoted(out, scheme.id);
  out.append(",\"version\":");
  json::append_quoted(out, scheme.version);
  static constexpr std::string_view kTruths[] = {"false", "true", "\"unknown\""};
  out.append(",\"eligible\":").append(kTruths[static_cast<int>(verdict.eligible)]);
  if (verdict.declined) out.append(",\"declined\":true");
  out.append(",\"categories\":");
  append_categories(out, scheme, verdict.categories);
  out.append(",\"possible_categories\":");
  append_categories(out, scheme, verdict.possible_categories);
  out.append(",\"tier\":");
  if (verdict.tier < 0) {
    out.append("null");
  } else {
    json::append_quoted(out, scheme.tiers[static_cast<std::size_t>(verdict.tier)].id);
  }
  out.append(",\"possible_tiers\":");
  append_strings(out, tier_ids(scheme, verdict.possible_tiers));
  out.append(",\"missing\":");
  append_strings(out, assessment_.missing);
  out.push_back(',');
  append_obligations(out, verdict);
  append_marks(out, verdict);
  append_because(out, assessment_.reasons);
  out.append("}\n");
}

}  // namespace tanfang::app
