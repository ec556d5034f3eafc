#include "planning/planning_county.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace tanfang::planning {
namespace {

constexpr int kLastDay = 2932896;  // 9999-12-31

/// How many months after the one it touches something may end: a year's window eleven.
int months_of_window(const schemes::Owed& owed) {
  switch (owed.window) {
    case schemes::Window::quarter:
      return 2;
    case schemes::Window::half_year:
      return 5;
    case schemes::Window::year:
      return 11;
    case schemes::Window::interval:
      return owed.days / 28 + 1;
    case schemes::Window::after_event:
      return owed.hours / 24 / 28 + 1;
    default:
      return 1;
  }
}

Standpoint standpoint_of(const Policies& policies, const schemes::Scheme* scheme,
                         const registry::Classification& verdict) {
  Standpoint made;
  made.days = {verdict.valid_from, verdict.valid_to ? *verdict.valid_to - 1 : Date::from_days(kLastDay)};
  made.scheme = scheme;
  made.eligible = verdict.eligible;
  made.tier = verdict.tier;
  made.categories = verdict.categories;
  std::sort(made.categories.begin(), made.categories.end());
  made.owed = policies.rules_of(verdict.obligations);
  return made;
}

/// The parts of `standpoint` on which no local scheme stands over the floor, and those on which one does.
void divide_floor(const Standpoint& standpoint, const std::vector<Days>& local, History& binding, History& reported) {
  Date from = standpoint.days.first;
  auto add = [&](History& history, Date first, Date last) {
    if (last < first) return;
    history.standpoints.push_back(standpoint);
    history.standpoints.back().days = {first, last};
  };
  for (const Days& covered : local) {
    if (covered.last < from || covered.first > standpoint.days.last) continue;
    add(binding, from, covered.first - 1);
    Date end = std::min(covered.last, standpoint.days.last);
    add(reported, std::max(from, covered.first), end);
    from = end + 1;
  }
  add(binding, from, standpoint.days.last);
}

}  // namespace

County County::load(db::Session& session, const Policies& policies, const std::string& code, const Days& days) {
  return load(session, policies, policies.classifier.policy_of(session, code), code, days);
}

County County::load(db::Session& session, const Policies& policies,
                    std::shared_ptr<const registry::CountyPolicy> policy, const std::string& code, const Days& days) {
  County county = load_without_festivals(session, policies, std::move(policy), code, days);
  county.add_festivals();
  return county;
}

County County::load_without_festivals(db::Session& session, const Policies& policies,
                                      std::shared_ptr<const registry::CountyPolicy> policy, const std::string& code,
                                      const Days& days) {
  County county;
  county.code_ = code;
  county.policies_ = &policies;
  county.policy_ = std::move(policy);
  county.months_ = store::load_months(session, code);
  county.measure_windows();
  for (const ExtraRound& round : store::load_rounds(session, code)) {
    county.circumstances_.rounds.push_back({"round/" + format_id(round.id),
                                            {round.first_day, round.last_day},
                                            round.area,
                                            round.tiers,
                                            round.categories,
                                            nullptr,
                                            round.chosen > 0 ? round.id : Id{}});
    county.has_chosen_rounds_ = county.has_chosen_rounds_ || round.chosen > 0;
  }
  for (const EpidemicDeclaration& declaration : store::load_declarations(session, code)) {
    county.circumstances_.declarations.push_back({{declaration.first_day, declaration.last_day}, declaration.area});
  }
  Days wide = days;
  if (!county.months_.empty()) wide.last = std::max(wide.last, county.months_.back().last_day());
  wide.first = county.has_intervals_ ? wide.first - 3660 : wide.first;
  county.festival_days_ = wide;
  return county;
}

/// Over all schemes, as a county may choose any and may have chosen another before: verdicts say which bind whom.
void County::measure_windows() {
  for (const auto& scheme : policy_->schemes().all()) {
    longest_months_ = std::max(longest_months_, scheme->first_visit_days / 28 + 1);
    for (const schemes::Tier& tier : scheme->tiers) {
      for (const schemes::Owed& owed : tier.owed) {
        longest_months_ = std::max(longest_months_, months_of_window(owed));
        has_intervals_ = has_intervals_ || owed.window == schemes::Window::interval;
      }
    }
  }
}

void County::add_festivals() {
  for (const auto& scheme : policy_->schemes().all()) add_festivals_of(*scheme);
  sort_rounds();
}

void County::add_festivals_of(const PersonFile& file) {
  std::set<const schemes::Scheme*> schemes;
  for (const History& history : file.binding) {
    for (const Standpoint& standpoint : history.standpoints) schemes.insert(standpoint.scheme);
  }
  for (const auto& scheme : policy_->schemes().all()) {
    if (schemes.contains(scheme.get())) add_festivals_of(*scheme);
  }
  sort_rounds();
}

/// The rounds at festivals (design, section 6): open festival_days, up to and including the festival.
void County::add_festivals_of(const schemes::Scheme& scheme) {
  for (const schemes::Festival& festival : scheme.rounds.festivals) {
    for (int year = festival_days_.first.year() - 1; year <= festival_days_.last.year() + 1; ++year) {
      auto day = festival.in_year(year);
      if (!day) continue;
      circumstances_.rounds.push_back(
          {"festival/" + festival.id, {*day - (scheme.rounds.festival_days - 1), *day}, code_, {}, {}, &scheme});
    }
  }
}

void County::sort_rounds() {
  std::sort(circumstances_.rounds.begin(), circumstances_.rounds.end(), [](const Round& left, const Round& right) {
    return std::tie(left.days.last, left.days.first, left.label) <
           std::tie(right.days.last, right.days.first, right.label);
  });
}

Date County::horizon(const Days& days) const {
  if (has_intervals_) return *Date::from_ymd(1900, 1, 1);
  return *Date::from_ymd(days.first.year() - 1, 1, 1);
}

std::vector<std::string> County::months_of(const Days& days) const {
  Month last = add_months(month_of(days.last), longest_months_);
  for (const Round& round : circumstances_.rounds) {
    if (round.days.touches(days)) last = std::max(last, month_of(round.days.last));
  }
  std::vector<std::string> months;
  for (Month month = month_of(days.first); month <= last; month = add_months(month, 1)) months.push_back(month.iso());
  return months;
}

std::optional<Days> County::open_days(Date from) const {
  auto first = std::lower_bound(months_.begin(), months_.end(), month_of(from));
  if (first == months_.end()) return std::nullopt;
  return Days{first->first_day(), months_.back().last_day()};
}

const schemes::Scheme* County::find_scheme(const std::string& id, const std::string& version) const {
  for (const auto& scheme : policy_->schemes().all()) {
    if (scheme->id == id && scheme->version == version) return scheme.get();
  }
  return nullptr;
}

std::map<Id, store::Happenings> County::happenings_of(db::Session& session, Id first, Id last, const Days& days) const {
  auto happenings = store::load_happenings(session, code_, first, last, horizon(days));
  if (has_chosen_rounds_) store::add_chosen_rounds(session, code_, first, last, happenings);
  return happenings;
}

PersonFile County::file_of(const registry::Standing& standing, store::Happenings happenings) const {
  PersonFile file;
  file.person = standing.person;
  file.village = standing.area;
  file.registered_on = standing.registered_on;
  file.spans = standing.spans;
  file.visits = std::move(happenings.visits);
  file.events = std::move(happenings.events);
  file.moves = std::move(happenings.moves);
  file.rounds = std::move(happenings.rounds);
  std::vector<Standpoint> floor;
  std::vector<Days> local;
  for (const registry::Classification& verdict : standing.classifications) {
    const schemes::Scheme* scheme = find_scheme(verdict.scheme, verdict.version);
    if (!scheme) continue;
    Standpoint standpoint = standpoint_of(*policies_, scheme, verdict);
    if (scheme->national_floor) {
      floor.push_back(std::move(standpoint));
      continue;
    }
    // A scheme that adds what the floor asks beyond it leaves the floor binding beside it.
    if (scheme->below_floor == schemes::BelowFloor::report) local.push_back(standpoint.days);
    if (file.binding.empty() || file.binding.back().scheme != verdict.scheme) {
      file.binding.push_back({verdict.scheme, {}});
    }
    file.binding.back().standpoints.push_back(std::move(standpoint));
  }
  std::sort(local.begin(), local.end(), [](const Days& left, const Days& right) { return left.first < right.first; });
  History binding;
  History reported;
  for (const Standpoint& standpoint : floor) divide_floor(standpoint, local, binding, reported);
  if (!binding.standpoints.empty()) {
    binding.scheme = binding.standpoints.front().scheme->id;
    file.binding.push_back(std::move(binding));
  }
  if (!reported.standpoints.empty()) {
    reported.scheme = reported.standpoints.front().scheme->id;
    file.floor = std::move(reported);
  }
  return file;
}

}  // namespace tanfang::planning
