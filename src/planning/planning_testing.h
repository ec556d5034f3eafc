// For tests only: people under invented schemes, put together in a line or two.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "planning/planning_month.h"

namespace tanfang::planning::examples {

inline Date day(const std::string& iso) { return *Date::parse(iso); }
inline Days days(const std::string& first, const std::string& last) { return {day(first), day(last)}; }
inline Date no_end() { return *Date::from_ymd(9999, 12, 31); }

inline schemes::MethodSet methods(std::initializer_list<schemes::Method> held) {
  schemes::MethodSet set;
  for (schemes::Method method : held) set.insert(method);
  return set;
}
inline schemes::MethodSet home() { return methods({schemes::Method::home}); }
inline schemes::MethodSet any() {
  return methods({schemes::Method::home, schemes::Method::phone, schemes::Method::video});
}

/// `min` visits a window, by those methods.
inline OwedRule rule(schemes::Window window, int min = 1, schemes::MethodSet allowed = any()) {
  OwedRule made;
  made.window = window;
  made.min = min;
  made.methods = allowed;
  return made;
}
inline OwedRule every(int days_between, schemes::MethodSet allowed = any()) {
  OwedRule made = rule(schemes::Window::interval, 1, allowed);
  made.days = days_between;
  return made;
}
inline OwedRule after(const std::string& event, int hours, schemes::MethodSet allowed = any()) {
  OwedRule made = rule(schemes::Window::after_event, 1, allowed);
  made.event = event;
  made.hours = hours;
  return made;
}

/// A scheme of two tiers, `key` and `general`.
inline schemes::Scheme scheme_of(const std::string& id) {
  schemes::Scheme scheme;
  scheme.id = id;
  scheme.version = "1";
  scheme.tiers.resize(2);
  scheme.tiers[0].id = "key";
  scheme.tiers[1].id = "general";
  scheme.epidemic_methods = methods({schemes::Method::phone, schemes::Method::video});
  return scheme;
}

inline Standpoint standpoint(const schemes::Scheme& scheme, const Days& held, const std::string& tier,
                             std::vector<OwedRule> owed) {
  return {held, &scheme, true, tier, {"living_alone"}, std::make_shared<const std::vector<OwedRule>>(std::move(owed))};
}

/// Registered on `registered`, in village 370305001001, under one scheme from then on.
inline PersonFile person(const schemes::Scheme& scheme, const std::string& registered, std::vector<OwedRule> owed,
                         const std::string& tier = "general") {
  PersonFile file;
  file.person = Id{1};
  file.village = "370305001001";
  file.registered_on = day(registered);
  file.binding.push_back({scheme.id, {standpoint(scheme, {file.registered_on, no_end()}, tier, std::move(owed))}});
  return file;
}

/// From `on` the scheme says otherwise.
inline void change(PersonFile& file, const std::string& on, const schemes::Scheme& scheme, const std::string& tier,
                   std::vector<OwedRule> owed) {
  History& history = file.binding.front();
  history.standpoints.back().days.last = day(on) - 1;
  history.standpoints.push_back(standpoint(scheme, {day(on), no_end()}, tier, std::move(owed)));
}

inline void visit(PersonFile& file, const std::string& on, schemes::Method method = schemes::Method::home,
                  int minute = 600) {
  file.visits.push_back({china_instant(day(on), minute), day(on), method});
}

/// A status from `first` until `last` (that day included; empty: for good).
inline void status(PersonFile& file, registry::Status held, const std::string& first, const std::string& last = "") {
  registry::StatusSpan span;
  span.status = held;
  span.valid_from = day(first);
  if (!last.empty()) span.valid_to = day(last) + 1;
  file.spans.push_back(span);
}

inline Round round(const std::string& label, const std::string& first, const std::string& last) {
  return {label, days(first, last), "370305", {}, {}, nullptr};
}

/// `2024-03-01..2024-03-31 owed 1/1 2024-03-08` a line; a window that is not met has no day.
inline std::string text_of(const Obligation& obligation) {
  std::string text = obligation.days.first.iso() + ".." + obligation.days.last.iso() + " " +
                     std::string(to_text(obligation.basis)) + " " + std::to_string(obligation.counted) + "/" +
                     std::to_string(obligation.min);
  if (obligation.met_on) text += " " + obligation.met_on->iso();
  return text;
}
inline std::vector<std::string> texts_of(const std::vector<Obligation>& obligations, Kind kind = Kind::window) {
  std::vector<std::string> texts;
  for (const Obligation& obligation : obligations) {
    if (obligation.kind == kind) texts.push_back(text_of(obligation));
  }
  return texts;
}

}  // namespace tanfang::planning::examples
