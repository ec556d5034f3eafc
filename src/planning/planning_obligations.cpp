#include "planning/planning_obligations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tanfang::planning {
namespace {

using registry::Status;

constexpr std::array<std::string_view, 4> kKinds = {"window", "event", "first_visit", "round"};
constexpr std::array<std::string_view, 4> kBases = {"owed", "declined", "suspended", "taken_out"};
constexpr std::array<std::string_view, 6> kStates = {"owed", "met", "overdue", "suspended", "declined", "taken_out"};
constexpr std::array kCalendarWindows = {schemes::Window::week,    schemes::Window::half_month, schemes::Window::month,
                                         schemes::Window::quarter, schemes::Window::half_year,  schemes::Window::year};

template <typename Enum, std::size_t count>
std::optional<Enum> find_word(const std::array<std::string_view, count>& words, std::string_view text) {
  auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

bool is_gone(Status status) { return status == Status::moved_out || status == Status::deceased; }

/// The first day of `days` on which `holds` is true for the status, looking only where a span begins or ends.
template <typename Holds>
std::optional<Date> first_day_with(const PersonFile& file, const Days& days, Holds holds) {
  std::optional<Date> found;
  auto look_at = [&](Date day) {
    if (days.contains(day) && holds(file.status_on(day)) && (!found || day < *found)) found = day;
  };
  look_at(days.first);
  for (const registry::StatusSpan& span : file.spans) {
    look_at(span.valid_from);
    if (span.valid_to) look_at(*span.valid_to);
  }
  return found;
}

Obligation obligation_of(const Standpoint& standpoint, const OwedRule& rule, int position, const Days& days,
                         Basis basis) {
  Obligation made;
  made.days = days;
  made.min = rule.min;
  made.methods = rule.methods;
  made.tier = standpoint.tier;
  made.mark = rule.mark;
  made.basis = basis;
  made.scheme = standpoint.scheme;
  made.window = rule.window;
  made.position = position;
  return made;
}

void set_due(Obligation& obligation, Date due_day) {
  obligation.due_day = due_day;
  obligation.overdue_at = china_instant(due_day + 1);
}

void open_window(const PersonFile& file, const Standpoint& standpoint, schemes::Window window, const Days& days,
                 std::vector<Obligation>& out) {
  for (std::size_t i = 0; i < standpoint.owed->size(); ++i) {
    const OwedRule& rule = (*standpoint.owed)[i];
    if (rule.window != window) continue;
    auto basis = basis_of(file, days);
    if (!basis) return;
    Obligation made = obligation_of(standpoint, rule, static_cast<int>(i), days, *basis);
    made.label = fmt::format("{}/{}/{}", standpoint.scheme->id, schemes::name_of(window), i);
    set_due(made, due_day_of(window, days, standpoint.scheme->due_day));
    out.push_back(std::move(made));
  }
}

bool is_ever_owed(const PersonFile& file, schemes::Window window) {
  for (const History& history : file.binding) {
    for (const Standpoint& standpoint : history.standpoints) {
      for (const OwedRule& rule : *standpoint.owed) {
        if (rule.window == window) return true;
      }
    }
  }
  return false;
}

bool fits_round(const PersonFile& file, const Round& round) {
  if (!file.village_on(round.days.first).starts_with(round.area)) return false;
  bool chosen =
      round.chosen == Id{} || std::find(file.rounds.begin(), file.rounds.end(), round.chosen) != file.rounds.end();
  if (!chosen) return false;
  for (const History& history : file.binding) {
    const Standpoint* standpoint = history.on(round.days.first);
    if (!standpoint || standpoint->eligible != true) continue;
    if (round.scheme && standpoint->scheme != round.scheme) continue;
    bool tier =
        round.tiers.empty() || std::find(round.tiers.begin(), round.tiers.end(), standpoint->tier) != round.tiers.end();
    bool category =
        round.categories.empty() ||
        std::any_of(standpoint->categories.begin(), standpoint->categories.end(), [&](const std::string& held) {
          return std::find(round.categories.begin(), round.categories.end(), held) != round.categories.end();
        });
    if (tier && category) return true;
  }
  return false;
}

const Standpoint* first_eligible(const PersonFile& file, Date day) {
  for (const History& history : file.binding) {
    const Standpoint* standpoint = history.on(day);
    if (standpoint && standpoint->eligible == true) return standpoint;
  }
  return nullptr;
}

}  // namespace

std::string_view to_text(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<Kind> parse_kind(std::string_view text) { return find_word<Kind>(kKinds, text); }
std::string_view to_text(Basis basis) { return kBases[static_cast<std::size_t>(basis)]; }
std::optional<Basis> parse_basis(std::string_view text) { return find_word<Basis>(kBases, text); }
std::string_view to_text(State state) { return kStates[static_cast<std::size_t>(state)]; }

bool Obligation::operator==(const Obligation& other) const {
  return kind == other.kind && label == other.label && days == other.days && due_day == other.due_day &&
         overdue_at == other.overdue_at && min == other.min && methods == other.methods && tier == other.tier &&
         mark == other.mark && basis == other.basis && counted == other.counted && met_on == other.met_on;
}

State state_of(const Obligation& obligation, Instant now) {
  switch (obligation.basis) {
    case Basis::declined:
      return State::declined;
    case Basis::suspended:
      return State::suspended;
    case Basis::taken_out:
      // A first visit is owed once, not within a window that the person is taken out of.
      return obligation.kind == Kind::first_visit && obligation.met_on ? State::met : State::taken_out;
    default:
      break;
  }
  if (obligation.met_on) return State::met;
  return now >= obligation.overdue_at ? State::overdue : State::owed;
}

bool in_time(const Obligation& obligation) { return obligation.met_on && *obligation.met_on <= obligation.due_day; }

std::optional<Basis> basis_of(const PersonFile& file, const Days& days) {
  if (days.first < file.registered_on) return std::nullopt;
  Status status = file.status_on(days.first);
  if (is_gone(status)) return std::nullopt;
  if (first_day_with(file, days, is_gone)) return Basis::taken_out;
  if (status == Status::declined) return Basis::declined;
  bool free_day = first_day_with(file, days, [](Status held) { return held != Status::suspended; }).has_value();
  return free_day ? Basis::owed : Basis::suspended;
}

schemes::MethodSet methods_of(const PersonFile& file, Date day) {
  schemes::MethodSet methods;
  for (const History& history : file.binding) {
    const Standpoint* standpoint = history.on(day);
    if (!standpoint) continue;
    for (const OwedRule& rule : *standpoint->owed) {
      methods.bits = static_cast<std::uint8_t>(methods.bits | rule.methods.bits);
    }
  }
  return methods;
}

void open_windows(const PersonFile& file, const Days& days, std::vector<Obligation>& out) {
  for (schemes::Window window : kCalendarWindows) {
    if (!is_ever_owed(file, window)) continue;
    for (const Days& next : windows_touching(window, days)) {
      for (const History& history : file.binding) {
        const Standpoint* standpoint = history.on(next.first);
        if (standpoint) open_window(file, *standpoint, window, next, out);
      }
    }
  }
}

void open_first_visit(const PersonFile& file, const Days& days, std::vector<Obligation>& out) {
  const Standpoint* standpoint = first_eligible(file, file.registered_on);
  if (!standpoint) return;
  bool inside_a_window = std::any_of(standpoint->owed->begin(), standpoint->owed->end(), [&](const OwedRule& rule) {
    return is_calendar_window(rule.window) && window_of(rule.window, file.registered_on).first < file.registered_on;
  });
  if (!inside_a_window) return;
  Days stretch{file.registered_on, file.registered_on + standpoint->scheme->first_visit_days};
  auto basis = basis_of(file, stretch);
  if (!stretch.touches(days) || !basis) return;
  OwedRule rule;
  rule.methods = methods_of(file, file.registered_on);
  Obligation made = obligation_of(*standpoint, rule, 0, stretch, *basis);
  made.kind = Kind::first_visit;
  made.label = "first_visit";
  set_due(made, stretch.last);
  out.push_back(std::move(made));
}

void open_events(const PersonFile& file, const Days& days, std::vector<Obligation>& out) {
  for (const PersonEvent& event : file.events) {
    for (const History& history : file.binding) {
      const Standpoint* standpoint = history.on(china_date(event.at));
      if (!standpoint) continue;
      for (std::size_t i = 0; i < standpoint->owed->size(); ++i) {
        const OwedRule& rule = (*standpoint->owed)[i];
        if (rule.window != schemes::Window::after_event || rule.event != event.event) continue;
        Instant end{event.at.milliseconds + rule.hours * 3'600'000LL};
        Days stretch{china_date(event.at), china_date(end)};
        auto basis = basis_of(file, stretch);
        if (!stretch.touches(days) || !basis) continue;
        Obligation made = obligation_of(*standpoint, rule, static_cast<int>(i), stretch, *basis);
        made.kind = Kind::event;
        made.label = fmt::format("event/{}/{}/{}", format_id(event.id), standpoint->scheme->id, i);
        made.event_at = event.at;
        made.due_day = stretch.last;
        made.overdue_at = Instant{end.milliseconds + 1};
        out.push_back(std::move(made));
      }
    }
  }
}

void open_rounds(const PersonFile& file, const Circumstances& circumstances, const Days& days,
                 std::vector<Obligation>& out) {
  for (const Round& round : circumstances.rounds) {
    if (!round.days.touches(days) || !fits_round(file, round)) continue;
    auto basis = basis_of(file, round.days);
    const Standpoint* standpoint = first_eligible(file, round.days.first);
    bool known = std::any_of(out.begin(), out.end(), [&](const Obligation& other) {
      return other.kind == Kind::round && other.label == round.label && other.days == round.days;
    });
    if (!basis || known) continue;
    OwedRule rule;
    rule.methods = methods_of(file, round.days.first);
    Obligation made = obligation_of(*standpoint, rule, 0, round.days, *basis);
    made.kind = Kind::round;
    made.label = round.label;
    set_due(made, round.days.last);
    out.push_back(std::move(made));
  }
}

}  // namespace tanfang::planning
