#include "app/commands/classify_lines.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <thread>

#include "base/problem.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

using namespace schemes;

constexpr std::size_t kLongestLine = 1u << 20;

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
    : set_(set), scheme_(std::move(scheme)), today_(today), facts_(set.vocabulary(), scheme_) {}

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
  boost::json::value value = json::parse(line);
  if (!value.is_object())
    throw Refusal{"line.not_object", "", {"每行应为一个 JSON 对象", "each line must be one JSON object"}};
  const boost::json::object& item = value.get_object();
  if (const auto* given = item.if_contains("id")) id = boost::json::serialize(*given);
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
  classify(scheme, facts_, on, verdict_);
  write(scheme, on, id, out);
}

void LineClassifier::write(const Scheme& scheme, Date on, std::string_view id, std::string& out) {
  out.append("{\"id\":").append(id).append(",\"scheme\":");
  json::append_quoted(out, scheme.id);
  out.append(",\"version\":");
  json::append_quoted(out, scheme.version);
  static constexpr std::string_view kTruths[] = {"false", "true", "\"unknown\""};
  out.append(",\"eligible\":").append(kTruths[static_cast<int>(verdict_.eligible)]);
  if (verdict_.declined) out.append(",\"declined\":true");
  out.append(",\"categories\":");
  append_categories(out, scheme, verdict_.categories);
  out.append(",\"possible_categories\":");
  append_categories(out, scheme, verdict_.possible_categories);
  out.append(",\"tier\":");
  if (verdict_.tier < 0) {
    out.append("null");
  } else {
    json::append_quoted(out, scheme.tiers[static_cast<std::size_t>(verdict_.tier)].id);
  }
  out.append(",\"possible_tiers\":");
  append_strings(out, tier_ids(scheme, verdict_.possible_tiers));
  out.append(",\"missing\":");
  append_strings(out, missing_facts(scheme, facts_, on, verdict_));
  out.push_back(',');
  append_obligations(out, verdict_);
  append_marks(out, verdict_);
  append_because(out, reasons(scheme, facts_, on, verdict_));
  out.append("}\n");
}

std::string answer_lines(std::vector<LineClassifier>& workers, const std::vector<std::string_view>& lines,
                         std::size_t& refused) {
  std::vector<std::string> parts(workers.size());
  std::vector<std::size_t> bad(workers.size());
  auto work = [&](std::size_t worker) {
    std::size_t end = lines.size() * (worker + 1) / workers.size();
    for (std::size_t i = lines.size() * worker / workers.size(); i < end; ++i) {
      if (!workers[worker].answer(lines[i], parts[worker])) ++bad[worker];
    }
  };
  bool few = lines.size() < 64;
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < workers.size(); ++worker) {
    if (few) {
      work(worker);
    } else {
      threads.emplace_back(work, worker);
    }
  }
  work(0);
  for (std::thread& thread : threads) thread.join();
  std::string out;
  for (std::size_t worker = 0; worker < workers.size(); ++worker) {
    refused += bad[worker];
    out.empty() ? out = std::move(parts[worker]) : out += parts[worker];
  }
  return out;
}

}  // namespace tanfang::app
