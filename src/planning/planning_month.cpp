#include "planning/planning_month.h"

#include <algorithm>
#include <set>

namespace tanfang::planning {
namespace {

using registry::Status;

constexpr std::string_view kRefusedHomeVisit = "refused_home_visit";

/// Full visits a year that a verdict asks for, the most of its lines.
int visits_a_year(const Standpoint& standpoint) {
  int most = 0;
  for (const OwedRule& rule : *standpoint.owed) {
    int windows = 0;
    switch (rule.window) {
      case schemes::Window::week:
        windows = 52;
        break;
      case schemes::Window::half_month:
        windows = 24;
        break;
      case schemes::Window::month:
        windows = 12;
        break;
      case schemes::Window::quarter:
        windows = 4;
        break;
      case schemes::Window::half_year:
        windows = 2;
        break;
      case schemes::Window::year:
        windows = 1;
        break;
      case schemes::Window::interval:
        windows = 365 / std::max(rule.days, 1);
        break;
      case schemes::Window::after_event:
        break;
    }
    most = std::max(most, windows * rule.min);
  }
  return most;
}

/// What the binding schemes say of the person on one day, taken together.
struct Position {
  bool eligible = false;
  bool unknown = false;
  bool refused_home_visit = false;
  std::string tier;
  std::set<std::string> categories;
  int visits = 0;
};

Position position_on(const PersonFile& file, Date day) {
  Position position;
  for (const History& history : file.binding) {
    const Standpoint* standpoint = history.on(day);
    if (!standpoint) continue;
    position.unknown = position.unknown || !standpoint->eligible;
    position.categories.insert(standpoint->categories.begin(), standpoint->categories.end());
    if (standpoint->eligible != true) continue;
    if (!position.eligible) position.tier = standpoint->tier;
    position.eligible = true;
    position.visits = std::max(position.visits, visits_a_year(*standpoint));
    for (const OwedRule& rule : *standpoint->owed) {
      position.refused_home_visit = position.refused_home_visit || rule.mark == kRefusedHomeVisit;
    }
  }
  if (position.eligible) position.unknown = false;
  return position;
}

bool is_unsettled(const PersonFile& file, Date day) {
  if (file.registered_on > day || file.status_on(day) != Status::active) return false;
  bool unknown = false;
  for (const History& history : file.binding) {
    const Standpoint* standpoint = history.on(day);
    if (!standpoint) continue;
    if (standpoint->eligible == true) return false;
    unknown = unknown || !standpoint->eligible;
  }
  return unknown;
}

/// The rank of the obligation's tier in its scheme, 0 is the highest.
std::ptrdiff_t rank_of(const Obligation& obligation) {
  const auto& tiers = obligation.scheme->tiers;
  return std::find_if(tiers.begin(), tiers.end(),
                      [&](const schemes::Tier& tier) { return tier.id == obligation.tier; }) -
         tiers.begin();
}

/// Scheme fulfilment: the windows that end in the month.
void add_windows(const std::vector<const Obligation*>& ending, PersonMonth& made) {
  std::ptrdiff_t best = -1;
  Instant last_due;
  Instant first_unmet;
  made.met = true;
  for (const Obligation* window : ending) {
    made.declined = made.declined || window->basis == Basis::declined;
    made.suspended = made.suspended || window->basis == Basis::suspended;
    if (window->basis != Basis::owed) continue;
    made.owed = true;
    made.refused_home_visit = made.refused_home_visit || window->mark == kRefusedHomeVisit;
    if (best < 0 || rank_of(*window) < best) {
      best = rank_of(*window);
      made.owed_tier = window->tier;
    }
    last_due = std::max(last_due, window->overdue_at);
    if (window->met_on) continue;
    made.met = false;
    first_unmet = first_unmet == Instant{} ? window->overdue_at : std::min(first_unmet, window->overdue_at);
  }
  made.met = made.met && made.owed;
  made.overdue_at = made.owed && !made.met ? first_unmet : last_due;
}

bool has_counted_visit(const PersonFile& file, const Circumstances& circumstances, const Days& month) {
  return std::any_of(file.visits.begin(), file.visits.end(), [&](const CountedVisit& visit) {
    if (!month.contains(visit.day)) return false;
    if (method_counts(file, circumstances, visit.day, visit.method)) return true;
    // Who is owed nothing on the day itself is judged as on the first day, when they counted as due.
    return methods_of(file, visit.day).empty() && methods_of(file, month.first).holds(visit.method);
  });
}

/// The monthly visit rate and what is shown beside it: all as on the first day.
void add_first_day(const PersonFile& file, const Circumstances& circumstances, const Days& month,
                   const Position& position, PersonMonth& made) {
  if (file.registered_on > month.first) return;
  Status status = file.status_on(month.first);
  bool may_be_eligible = position.eligible || position.unknown;
  made.due = status == Status::active && position.eligible;
  made.visited = made.due && has_counted_visit(file, circumstances, month);
  made.declined = made.declined || (status == Status::declined && may_be_eligible);
  made.suspended = made.suspended || (status == Status::suspended && may_be_eligible);
  made.unknown = status == Status::active && position.unknown;
  made.refused_home_visit = made.refused_home_visit || (made.due && position.refused_home_visit);
  const Standpoint* floor = file.floor ? file.floor->on(month.first) : nullptr;
  made.below_floor =
      status == Status::active && floor && floor->eligible == true && position.visits < visits_a_year(*floor);
}

}  // namespace

bool PersonMonth::empty() const {
  return !owed && !due && !declined && !suspended && !unknown && !unsettled && !refused_home_visit && !below_floor &&
         rounds.empty();
}

PersonMonth person_month(const PersonFile& file, const Circumstances& circumstances,
                         const std::vector<Obligation>& obligations, const Days& month) {
  PersonMonth made;
  made.person = file.person;
  made.village = file.village_on(month.last);
  std::vector<const Obligation*> ending;
  std::optional<Date> first_day;
  for (const Obligation& obligation : obligations) {
    if (!month.contains(obligation.days.last)) continue;
    if (obligation.kind == Kind::round && obligation.basis == Basis::owed) {
      made.rounds.push_back({obligation.label, obligation.days.last, obligation.met_on.has_value()});
    }
    if (obligation.kind != Kind::window && obligation.kind != Kind::event) continue;
    ending.push_back(&obligation);
    first_day = first_day ? std::min(*first_day, obligation.days.first) : obligation.days.first;
  }
  add_windows(ending, made);
  bool known_then = file.registered_on <= month.first;
  Position position = position_on(file, known_then || !first_day ? month.first : std::max(*first_day, month.first));
  add_first_day(file, circumstances, month, position, made);
  made.unsettled = is_unsettled(file, month.last);
  if (made.empty()) return PersonMonth{};
  made.tier = position.tier;
  if (!made.owed) made.owed_tier = made.tier;
  made.categories.assign(position.categories.begin(), position.categories.end());
  return made;
}

}  // namespace tanfang::planning
