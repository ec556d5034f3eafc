#include "schemes/tiers_reader.h"

#include <algorithm>

namespace tanfang::schemes {

MethodSet read_methods(Table& table, bool required) {
  MethodSet out;
  const toml::Node* given = table.find("methods");
  if (given && given->kind == toml::Kind::array && given->items.empty()) {
    table.mistakes().fatal(table.place("methods"), table.name() + " 的 methods 是空的",
                           table.name() + ": methods are empty");
  }
  for (const std::string& name : table.texts("methods")) {
    auto method = parse_method(name);
    if (method && out.holds(*method)) {
      table.mistakes().error(table.place("methods"), table.name() + " 的方式 “" + name + "” 写了两次",
                             table.name() + ": method \"" + name + "\" stands twice");
    } else if (method) {
      out.insert(*method);
    } else {
      table.mistakes().fatal(
          table.place("methods"), "没有方式 “" + name + "”，可用 home、phone、video、encounter、monitoring、other",
          "there is no method \"" + name + "\"; use home, phone, video, encounter, monitoring, other");
    }
  }
  if (required && !table.find("methods")) {
    table.mistakes().fatal(table.place(), table.name() + " 缺少 methods", table.name() + ": methods are missing");
  }
  return out;
}

std::vector<MethodDraft> read_method_choice(Table& parent, std::string_view key) {
  std::vector<MethodDraft> out;
  for (Table& table : parent.tables(key)) {
    MethodDraft draft;
    draft.place = table.place();
    draft.when = table.rule("when");
    draft.methods = read_methods(table, true);
    draft.mark = table.text("mark");
    draft.mark_place = table.place("mark");
    draft.cite = table.cite();
    table.finish();
    auto same = std::find_if(out.begin(), out.end(), [&](const MethodDraft& other) {
      return !draft.when.text.empty() && other.when.text == draft.when.text;
    });
    if (same != out.end()) {
      std::string line = std::to_string(same->when.place.line);
      table.mistakes().error(draft.when.place, table.name() + " 的 when 重复，第 " + line + " 行已有，这里不会用到",
                             table.name() + ": this when stands twice, see line " + line + "; here it is never used");
    }
    out.push_back(std::move(draft));
  }
  return out;
}

namespace {

void check_window(Table& table, OwedDraft& draft) {
  Mistakes& mistakes = table.mistakes();
  Window window = draft.owed.window;
  if (window == Window::interval && draft.days.text.empty()) {
    mistakes.fatal(table.place(), "window = \"interval\" 需要 days（距上次探访的天数）",
                   "window = \"interval\" needs days (since the last visit)");
  }
  if (window == Window::after_event && (draft.owed.event.empty() || draft.hours.text.empty())) {
    mistakes.fatal(table.place(), "window = \"after_event\" 需要 event 和 hours",
                   "window = \"after_event\" needs event and hours");
  }
  if (window != Window::interval && !draft.days.text.empty()) {
    mistakes.fatal(table.place("days"), "days 只用于 window = \"interval\"",
                   "days belongs to window = \"interval\" only");
  }
  if (window != Window::after_event && (!draft.owed.event.empty() || !draft.hours.text.empty())) {
    mistakes.fatal(table.place(), "event 和 hours 只用于 window = \"after_event\"",
                   "event and hours belong to window = \"after_event\" only");
  }
}

OwedDraft read_owed(Table& table, const Tier& tier) {
  OwedDraft draft;
  table.rename("[[tier.owed]] of " + tier.id);
  draft.place = table.place();
  std::string name = table.text("window", true);
  auto window = parse_window(name);
  if (!window && !name.empty()) {
    table.mistakes().fatal(
        table.place("window"),
        "没有周期 “" + name + "”，可用 week、half_month、month、quarter、half_year、year、interval、after_event",
        "there is no window \"" + name +
            "\"; use week, half_month, month, quarter, half_year, year, interval or after_event");
  }
  draft.owed.window = window.value_or(Window::month);
  draft.min = table.rule("min");
  draft.days = table.rule("days");
  draft.hours = table.rule("hours");
  draft.owed.event = table.text("event");
  draft.event_place = table.place("event");
  draft.when = table.rule("when");
  draft.owed.cite = table.text("cite");
  if (draft.owed.cite.empty()) draft.owed.cite = tier.cite;
  MethodSet methods = read_methods(table, false);
  if (!methods.empty()) {
    MethodDraft only;
    only.methods = methods;
    only.cite = draft.owed.cite;
    only.place = table.place("methods");
    draft.methods.push_back(std::move(only));
  }
  for (MethodDraft& method : read_method_choice(table, "method")) draft.methods.push_back(std::move(method));
  if (window) check_window(table, draft);
  table.finish();
  return draft;
}

/// What an owed line asks, as written; a line without `when` or `min` has their defaults.
std::string asked_by(const OwedDraft& draft) {
  const std::string min = draft.min.text.empty() ? "1" : draft.min.text;
  std::string text = std::string(name_of(draft.owed.window)) + "\n" + min + "\n" + draft.days.text + "\n" +
                     draft.hours.text + "\n" + draft.owed.event + "\n" + draft.when.text;
  for (const MethodDraft& method : draft.methods) {
    text += "\n" + method.when.text + "\n" + join_methods(method.methods) + "\n" + method.mark;
  }
  return text;
}

void read_owed_lines(Table& table, TierDraft& draft) {
  for (Table& owed : table.tables("owed")) {
    draft.owed.push_back(read_owed(owed, draft.tier));
    const OwedDraft& made = draft.owed.back();
    auto same = std::find_if(draft.owed.begin(), draft.owed.end() - 1,
                             [&](const OwedDraft& other) { return asked_by(other) == asked_by(made); });
    if (same == draft.owed.end() - 1) continue;
    std::string line = std::to_string(same->place.line);
    table.mistakes().error(made.place, table.name() + " 的探访义务重复，第 " + line + " 行已有",
                           table.name() + ": the same is owed twice; see line " + line);
  }
  if (draft.owed.empty()) {
    table.mistakes().error(table.place(), table.name() + " 没有规定探访义务 [[tier.owed]]",
                           table.name() + ": nothing is owed; add [[tier.owed]]");
  }
}

}  // namespace

TierDraft read_tier(Table& table) {
  TierDraft draft;
  draft.place = table.place();
  draft.id_place = table.place("id");
  draft.tier.id = table.id();
  if (!draft.tier.id.empty()) table.rename("[[tier]] " + draft.tier.id);
  draft.tier.words = table.words("text");
  draft.tier.cite = table.cite();
  draft.rule = table.rule("rule");
  draft.tier.rule = draft.rule.text;
  read_owed_lines(table, draft);
  table.finish();
  return draft;
}

}  // namespace tanfang::schemes
