#include "planning/planning_discharge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace tanfang::planning {
namespace {

using Claims = std::set<Date>;

/// The methods by which a visit on `day` counts for the obligation: the same line of the verdict that holds on that
/// day; all of that verdict's where the tier has changed; the obligation's own where nothing is owed any more.
schemes::MethodSet methods_on(const PersonFile& file, const Obligation& obligation, Date day) {
  if (obligation.kind == Kind::round || obligation.kind == Kind::first_visit) {
    schemes::MethodSet methods = methods_of(file, day);
    return methods.empty() ? obligation.methods : methods;
  }
  for (const History& history : file.binding) {
    if (history.scheme != obligation.scheme->id) continue;
    const Standpoint* standpoint = history.on(day);
    if (!standpoint || standpoint->owed->empty()) break;
    std::size_t position = static_cast<std::size_t>(obligation.position);
    if (standpoint->tier == obligation.tier && position < standpoint->owed->size() &&
        (*standpoint->owed)[position].window == obligation.window) {
      return (*standpoint->owed)[position].methods;
    }
    schemes::MethodSet methods;
    for (const OwedRule& rule : *standpoint->owed) {
      methods.bits = static_cast<std::uint8_t>(methods.bits | rule.methods.bits);
    }
    return methods;
  }
  return obligation.methods;
}

/// A visit in parts of a full one: a remote visit where home visits are impossible is one part of `multiplier`.
int parts_of(const PersonFile& file, const Circumstances& circumstances, const Obligation& obligation,
             const CountedVisit& visit) {
  int full = obligation.scheme->epidemic_multiplier;
  if (obligation.scheme->epidemic_methods.holds(visit.method) &&
      circumstances.home_impossible(file.village_on(visit.day), visit.day)) {
    return obligation.kind == Kind::window ? 1 : full;
  }
  return methods_on(file, obligation, visit.day).holds(visit.method) ? full : 0;
}

bool falls_into(const Obligation& obligation, const CountedVisit& visit) {
  if (obligation.kind == Kind::event) return obligation.event_at <= visit.at && visit.at < obligation.overdue_at;
  return obligation.days.contains(visit.day);
}

/// Counts the person's visits into the obligation, each day once, without the days that rounds have taken.
void count_visits(const PersonFile& file, const Circumstances& circumstances, const Claims& claims,
                  Obligation& obligation) {
  obligation.counted = 0;
  obligation.met_on.reset();
  obligation.visits.clear();
  int full = obligation.scheme->epidemic_multiplier;
  int total = 0;
  for (std::size_t i = 0; i < file.visits.size();) {
    Date day = file.visits[i].day;
    int best = 0;
    Id counted;
    for (; i < file.visits.size() && file.visits[i].day == day; ++i) {
      if (!falls_into(obligation, file.visits[i]) || claims.contains(day)) continue;
      int parts = parts_of(file, circumstances, obligation, file.visits[i]);
      if (parts <= best) continue;
      best = parts;
      counted = file.visits[i].visit;
    }
    total += best;
    if (best > 0) obligation.visits.push_back(counted);
    if (!obligation.met_on && total >= obligation.min * full) obligation.met_on = day;
  }
  obligation.counted = total / full;
}

bool rounds_are_extra(const Obligation& obligation) { return !obligation.scheme->rounds.visit_also_meets_window; }

/// A round is extra where any scheme that binds the person on its first day says so.
bool is_extra_round(const PersonFile& file, const Obligation& round) {
  return std::any_of(file.binding.begin(), file.binding.end(), [&](const History& history) {
    const Standpoint* standpoint = history.on(round.days.first);
    return standpoint && standpoint->eligible == true && !standpoint->scheme->rounds.visit_also_meets_window;
  });
}

/// How many windows are met with `day` and would not be without it.
int windows_broken(const PersonFile& file, const Circumstances& circumstances, const Claims& claims,
                   const std::vector<Obligation>& open, Date day) {
  Claims without = claims;
  without.insert(day);
  int broken = 0;
  for (Obligation window : open) {
    if (window.kind != Kind::window || !rounds_are_extra(window) || !window.days.contains(day)) continue;
    count_visits(file, circumstances, claims, window);
    bool met = window.met_on.has_value();
    count_visits(file, circumstances, without, window);
    if (met && !window.met_on) ++broken;
  }
  return broken;
}

const CountedVisit* choose_visit(const PersonFile& file, const Circumstances& circumstances, const Claims& claims,
                                 const std::vector<Obligation>& open, const Obligation& round) {
  const CountedVisit* chosen = nullptr;
  int fewest = 0;
  for (const CountedVisit& visit : file.visits) {
    if (!round.days.contains(visit.day) || claims.contains(visit.day) || (chosen && chosen->day == visit.day)) continue;
    if (parts_of(file, circumstances, round, visit) == 0) continue;
    int broken = windows_broken(file, circumstances, claims, open, visit.day);
    if (!chosen || broken < fewest) {
      chosen = &visit;
      fewest = broken;
    }
  }
  return chosen;
}

/// Gives each extra round its day and returns the days taken.
Claims claim_days(const PersonFile& file, const Circumstances& circumstances, std::vector<Obligation>& open) {
  std::vector<Obligation*> rounds;
  for (Obligation& obligation : open) {
    if (obligation.kind == Kind::round && is_extra_round(file, obligation)) rounds.push_back(&obligation);
  }
  std::sort(rounds.begin(), rounds.end(), [](const Obligation* left, const Obligation* right) {
    return std::tie(left->days.last, left->days.first, left->label) <
           std::tie(right->days.last, right->days.first, right->label);
  });
  Claims claims;
  for (Obligation* round : rounds) {
    if (round->basis != Basis::owed) continue;
    const CountedVisit* visit = choose_visit(file, circumstances, claims, open, *round);
    if (!visit) continue;
    round->met_on = visit->day;
    round->counted = 1;
    round->visits = {visit->visit};
    claims.insert(visit->day);
  }
  return claims;
}

/// A run of days in which one line "every n days" binds.
struct Chain {
  Days days;
  int position = 0;
  int interval = 0;
};

std::vector<Chain> chains_of(const History& history) {
  std::vector<Chain> chains;
  for (const Standpoint& standpoint : history.standpoints) {
    for (std::size_t i = 0; i < standpoint.owed->size(); ++i) {
      const OwedRule& rule = (*standpoint.owed)[i];
      if (rule.window != schemes::Window::interval) continue;
      auto goes_on = std::find_if(chains.begin(), chains.end(), [&](const Chain& chain) {
        return chain.position == static_cast<int>(i) && chain.interval == rule.days &&
               chain.days.last + 1 == standpoint.days.first;
      });
      if (goes_on != chains.end()) {
        goes_on->days.last = standpoint.days.last;
      } else {
        chains.push_back({standpoint.days, static_cast<int>(i), rule.days});
      }
    }
  }
  return chains;
}

/// Every n days: a window of n days from the day the line binds, the next from the day after the visit that met it, or
/// after its last day where none did.
void open_chain(const PersonFile& file, const Circumstances& circumstances, const Claims& claims,
                const History& history, const Chain& chain, const Days& days, std::vector<Obligation>& out) {
  Date start = std::max(chain.days.first, file.registered_on);
  while (start <= std::min(chain.days.last, days.last)) {
    Days stretch{start, start + (chain.interval - 1)};
    start = stretch.last + 1;
    auto basis = basis_of(file, stretch);
    if (!basis) continue;
    const Standpoint& standpoint = *history.on(stretch.first);
    const OwedRule& rule = (*standpoint.owed)[static_cast<std::size_t>(chain.position)];
    Obligation made;
    made.label = fmt::format("{}/interval/{}", history.scheme, chain.position);
    made.days = stretch;
    made.due_day = stretch.last;
    made.overdue_at = china_instant(stretch.last + 1);
    made.min = rule.min;
    made.methods = rule.methods;
    made.tier = standpoint.tier;
    made.mark = rule.mark;
    made.basis = *basis;
    made.scheme = standpoint.scheme;
    made.window = schemes::Window::interval;
    made.position = chain.position;
    count_visits(file, circumstances, rounds_are_extra(made) ? claims : Claims{}, made);
    if (made.met_on) start = *made.met_on + 1;
    if (stretch.touches(days)) out.push_back(std::move(made));
  }
}

void open_intervals(const PersonFile& file, const Circumstances& circumstances, const Claims& claims, const Days& days,
                    std::vector<Obligation>& out) {
  for (const History& history : file.binding) {
    for (const Chain& chain : chains_of(history)) {
      open_chain(file, circumstances, claims, history, chain, days, out);
    }
  }
}

void widen(Days& reach, const Days& days) {
  reach.first = std::min(reach.first, days.first);
  reach.last = std::max(reach.last, days.last);
}

}  // namespace

Days reach_of(const PersonFile& file, const Circumstances& circumstances, const Days& days) {
  Days reach = days;
  for (;;) {
    Days wider = reach;
    std::vector<Obligation> open;
    open_windows(file, reach, open);
    std::erase_if(open, [](const Obligation& window) { return !rounds_are_extra(window); });
    for (const Obligation& window : open) widen(wider, window.days);
    std::vector<Obligation> rounds;
    open_rounds(file, circumstances, wider, rounds);
    std::erase_if(rounds, [&](const Obligation& round) { return !is_extra_round(file, round); });
    if (rounds.empty()) return days;
    for (const Obligation& round : rounds) widen(wider, round.days);
    if (wider == reach) return reach;
    reach = wider;
  }
}

std::vector<Obligation> obligations_of(const PersonFile& file, const Circumstances& circumstances, const Days& days) {
  // A chain of intervals hangs on every day that was taken since it began.
  Days depends = days;
  for (const History& history : file.binding) {
    for (const Chain& chain : chains_of(history)) depends.first = std::min(depends.first, chain.days.first);
  }
  depends.first = std::min(std::max(depends.first, file.registered_on), days.first);
  Days reach = reach_of(file, circumstances, depends);
  std::vector<Obligation> open;
  open_windows(file, reach, open);
  open_rounds(file, circumstances, reach, open);
  Claims claims = claim_days(file, circumstances, open);
  open_first_visit(file, days, open);
  open_events(file, days, open);
  for (Obligation& obligation : open) {
    if (obligation.kind == Kind::round && is_extra_round(file, obligation)) continue;
    bool without_claims = obligation.kind == Kind::window && rounds_are_extra(obligation);
    count_visits(file, circumstances, without_claims ? claims : Claims{}, obligation);
  }
  open_intervals(file, circumstances, claims, days, open);
  std::erase_if(open, [&](const Obligation& obligation) { return !obligation.days.touches(days); });
  std::sort(open.begin(), open.end(), [](const Obligation& left, const Obligation& right) {
    return std::tie(left.days.first, left.label) < std::tie(right.days.first, right.label);
  });
  return open;
}

bool method_counts(const PersonFile& file, const Circumstances& circumstances, Date day, schemes::Method method) {
  if (methods_of(file, day).holds(method)) return true;
  if (!circumstances.home_impossible(file.village_on(day), day)) return false;
  return std::any_of(file.binding.begin(), file.binding.end(), [&](const History& history) {
    const Standpoint* standpoint = history.on(day);
    return standpoint && !standpoint->owed->empty() && standpoint->scheme->epidemic_methods.holds(method);
  });
}

}  // namespace tanfang::planning
