#include "app/json/obligation_words.h"

#include <algorithm>

#include "app/commands/scheme_text.h"
#include "base/text.h"

namespace tanfang::app {
namespace {

const std::map<std::string, Words>& round_kinds() {
  static const std::map<std::string, Words> kKinds = {{"heat", {"高温专项探访", "heat round"}},
                                                      {"cold", {"低温专项探访", "cold round"}},
                                                      {"rain", {"暴雨专项探访", "heavy rain round"}},
                                                      {"flood", {"洪涝专项探访", "flood round"}},
                                                      {"epidemic", {"疫情专项探访", "epidemic round"}},
                                                      {"festival", {"节日专项探访", "festival round"}},
                                                      {"other", {"专项探访", "extra round"}}};
  return kKinds;
}

bool is_line(const schemes::Owed& owed, const planning::PlannedVisit& planned, schemes::Window window) {
  return owed.window == window && owed.min == planned.min;
}

/// The tier's line that the obligation stands for. Its position counts the lines that hold for the person, so that a
/// tier with conditions is searched for a line of the same window and number.
const schemes::Owed* line_of(const schemes::Tier& tier, const planning::PlannedVisit& planned, schemes::Window window,
                             std::size_t position) {
  if (position < tier.owed.size() && is_line(tier.owed[position], planned, window)) return &tier.owed[position];
  auto found = std::find_if(tier.owed.begin(), tier.owed.end(),
                            [&](const schemes::Owed& owed) { return is_line(owed, planned, window); });
  return found == tier.owed.end() ? nullptr : &*found;
}

schemes::MethodSet methods_of(const planning::PlannedVisit& planned) {
  schemes::MethodSet methods;
  for (const std::string& name : planned.methods) methods.insert(*schemes::parse_method(name));
  return methods;
}

std::size_t number(const std::string& text) {
  bool digits = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && text.size() < 5 ? std::stoul(text) : 0;
}

}  // namespace

ObligationWords::ObligationWords(db::Session& session, const planning::Policies& policies, const std::string& county)
    : county_(county), policy_(policies.classifier.policy_of(session, county)) {
  for (planning::ExtraRound& round : planning::list_rounds(session, county)) {
    rounds_.emplace(format_id(round.id), std::move(round));
  }
}

OwedWords ObligationWords::of(const planning::PlannedVisit& planned) const {
  std::vector<std::string> parts = split(planned.label, '/');
  if (parts.size() == 3) return of_line(planned, parts[0], number(parts[2]));
  if (parts.size() == 4 && parts[0] == "event") return of_line(planned, parts[2], number(parts[3]));
  if (parts.size() == 2 && parts[0] == "round") return of_round(planned, parts[1]);
  if (parts.size() == 2 && parts[0] == "festival") return of_festival(planned, parts[1]);
  Words text{"登记后首次探访", "first visit after registration"};
  return {text, "", text};
}

/// The version that bound on the first day.
const schemes::Scheme* ObligationWords::scheme_on(const std::string& id, Date day) const {
  const schemes::Scheme* found = nullptr;
  for (const auto& scheme : policy_->schemes().all()) {
    if (scheme->id == id && (!found || scheme->in_force <= day)) found = scheme.get();
  }
  return found;
}

OwedWords ObligationWords::of_line(const planning::PlannedVisit& planned, const std::string& id,
                                   std::size_t position) const {
  const schemes::Scheme* scheme = scheme_on(id, planned.first_day);
  const schemes::Tier* tier = scheme ? scheme->find_tier(planned.tier) : nullptr;
  std::vector<std::string> parts = split(planned.label, '/');
  schemes::Window window = planned.kind == "event" ? schemes::Window::after_event
                                                   : schemes::parse_window(parts[1]).value_or(schemes::Window::month);
  schemes::Obligation owed;
  owed.window = window;
  owed.min = planned.min;
  owed.methods = methods_of(planned);
  const schemes::Owed* line = tier ? line_of(*tier, planned, window, position) : nullptr;
  if (line) {
    owed.days = line->days;
    owed.event = line->event;
    owed.hours = line->hours;
  }
  // A version that is known no longer has left its windows behind: they are told without it.
  static const schemes::Scheme kNone;
  const schemes::Scheme& words = scheme ? *scheme : kNone;
  Words often{often_text(words, owed, false), often_text(words, owed, true)};
  if (tier) often = {tier->words.zh + "，" + often.zh, tier->words.en + ", " + often.en};
  return {{owed_text(words, owed, false), owed_text(words, owed, true)}, line ? line->cite : "", often};
}

OwedWords ObligationWords::of_round(const planning::PlannedVisit& planned, const std::string& id) const {
  auto round = rounds_.find(id);
  if (round == rounds_.end()) return {round_kinds().at("other"), "", round_kinds().at("other")};
  Words text = round_kinds().at(round->second.kind);
  const std::string& name = round->second.name;
  if (!name.empty()) text = {text.zh + "：" + name, text.en + ": " + name};
  auto in_force = policy_->in_force(planned.village, planned.first_day);
  return {text, in_force.empty() ? "" : in_force.front()->rounds.cite, text};
}

OwedWords ObligationWords::of_festival(const planning::PlannedVisit& planned, const std::string& festival) const {
  for (const schemes::Scheme* scheme : policy_->in_force(planned.village, planned.first_day)) {
    for (const schemes::Festival& each : scheme->rounds.festivals) {
      if (each.id != festival) continue;
      Words text{each.words.zh + "探访", "visit for " + each.words.en};
      return {text, scheme->rounds.cite, text};
    }
  }
  return {round_kinds().at("festival"), "", round_kinds().at("festival")};
}

}  // namespace tanfang::app
