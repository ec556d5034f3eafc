// Rounds that a county switches on, festivals, and declarations that home visits are impossible.
#include <fmt/format.h>

#include <algorithm>

#include "base/area_code.h"
#include "base/text.h"
#include "planning/for_lists.h"
#include "planning/planning.h"
#include "planning/planning_problems.h"
#include "planning/planning_refresh.h"

namespace tanfang::planning {
namespace {

constexpr std::string_view kKinds[] = {"heat", "cold", "rain", "flood", "epidemic", "festival", "other"};

bool lies_in(const std::string& area, const std::string& county) {
  return is_area_code(area) && area.starts_with(county) && area.size() >= 6;
}

bool are_dates(Date first, Date last) { return first <= last && last <= add_months(first, 12); }

void check_round(const schemes::SchemeSet& schemes, const std::string& county, const ExtraRound& round) {
  if (std::find(std::begin(kKinds), std::end(kKinds), round.kind) == std::end(kKinds)) throw problems::round_kind();
  if (!are_dates(round.first_day, round.last_day)) throw problems::round_dates();
  if (!lies_in(round.area, county)) throw problems::round_area();
  auto known = [&](auto test) { return std::any_of(schemes.all().begin(), schemes.all().end(), test); };
  for (const std::string& tier : round.tiers) {
    if (!known([&](const auto& scheme) { return scheme->find_tier(tier) != nullptr; })) {
      throw problems::round_tier(tier);
    }
  }
  for (const std::string& category : round.categories) {
    if (!known([&](const auto& scheme) { return scheme->find_category(category) != nullptr; })) {
      throw problems::round_category(category);
    }
  }
}

/// Whom a round is for must be there, and is said in one way only.
void check_people(db::Session& session, const std::string& county, const ExtraRound& round) {
  if (!round.people.empty() && !(round.tiers.empty() && round.categories.empty())) throw problems::round_people();
  for (Id person : round.people) {
    if (!registry::area_of(session, {county, person}).starts_with(round.area)) throw problems::round_people();
  }
}

std::string details_of(const std::string& area, Date first, Date last) {
  return fmt::format(R"({{"area":"{}","first_day":"{}","last_day":"{}"}})", area, first.iso(), last.iso());
}

/// Whether the scheme's rounds are owed in the county: the floor's are not where local schemes only report what it
/// asks.
bool binds(const schemes::Scheme* scheme, const std::vector<const schemes::Scheme*>& in_force) {
  if (std::find(in_force.begin(), in_force.end(), scheme) == in_force.end()) return false;
  return !scheme->national_floor || std::none_of(in_force.begin(), in_force.end(), [](const schemes::Scheme* other) {
    return !other->national_floor && other->below_floor == schemes::BelowFloor::report;
  });
}

template <typename Item>
std::vector<Item> sorted(std::vector<Item> items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

auto said_of(const ExtraRound& round) {
  return std::tie(round.kind, round.name, round.area, round.first_day, round.last_day, round.tiers, round.categories,
                  round.people);
}

auto said_of(const EpidemicDeclaration& declaration) {
  return std::tie(declaration.area, declaration.first_day, declaration.last_day, declaration.reason);
}

/// The row that says the same.
template <typename Row>
std::optional<Noted> find_same(audit::Work& work, const std::vector<Row>& rows, const Row& said) {
  auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return said_of(row) == said_of(said); });
  if (found == rows.end()) return std::nullopt;
  work.unchanged();
  return Noted{found->id, true};
}

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, Id id) {
  auto found = std::find_if(rows.begin(), rows.end(), [id](const Row& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

/// With whom each is for, where as many were chosen as for `said`.
std::vector<ExtraRound> rounds_like(db::Session& session, const std::string& county, const ExtraRound& said) {
  std::vector<ExtraRound> rounds = store::load_rounds(session, county);
  std::erase_if(rounds, [&](const ExtraRound& round) {
    return round.chosen != static_cast<std::int64_t>(said.people.size()) || round.first_day != said.first_day;
  });
  for (ExtraRound& round : rounds) round.people = store::load_round_people(session, county, round.id);
  return rounds;
}

/// Brings up to date whom the round is for.
void refresh_round(audit::Work& work, const Policies& policies, const std::string& county, const ExtraRound& round,
                   const std::vector<Id>& people) {
  if (people.empty()) {
    refresh_area(work, policies, county, round.area, round.first_day);
  } else {
    refresh_people(work, policies, county, people, round.first_day);
  }
}

}  // namespace

Noted add_round(audit::Work& work, const Policies& policies, const std::string& county, ExtraRound round) {
  check_round(policies.classifier.policy_of(work.session, county)->schemes(), county, round);
  round.tiers = sorted(std::move(round.tiers));
  round.categories = sorted(std::move(round.categories));
  round.people = sorted(std::move(round.people));
  check_people(work.session, county, round);
  if (auto same = find_same(work, rounds_like(work.session, county, round), round)) return *same;
  round.id = work.new_id();
  store::insert_round(work.session, county, round);
  refresh_round(work, policies, county, round, round.people);
  work.record(
      {county, "round_added", "round:" + format_id(round.id), details_of(round.area, round.first_day, round.last_day)});
  return {round.id};
}

void end_round(audit::Work& work, const Policies& policies, const std::string& county, Id id, Date last_day) {
  std::vector<ExtraRound> rounds = store::load_rounds(work.session, county);
  const ExtraRound* round = find_row(rounds, id);
  if (!round) throw problems::round_unknown();
  if (!are_dates(round->first_day, last_day)) throw problems::round_dates();
  store::update_round_end(work.session, county, id, last_day);
  refresh_round(work, policies, county, *round, store::load_round_people(work.session, county, id));
  work.record({county, "round_ended", "round:" + format_id(id), details_of(round->area, round->first_day, last_day)});
}

std::vector<ExtraRound> list_rounds(db::Session& session, const std::string& county) {
  return store::load_rounds(session, county);
}

std::vector<ExtraRound> list_rounds(db::Session& session, const std::string& county, const PlanPage& page) {
  bool known = page.after.value == 0 || store::has_round(session, county, page.after);
  if (!known) throw problems::plan_cursor();
  return store::load_rounds(session, county, page.after, page.limit);
}

std::vector<FestivalRound> list_festivals(db::Session& session, const Policies& policies, const std::string& county,
                                          int year) {
  std::vector<FestivalRound> found;
  auto policy = policies.classifier.policy_of(session, county);
  for (const auto& scheme : policy->schemes().all()) {
    for (const schemes::Festival& festival : scheme->rounds.festivals) {
      auto day = festival.in_year(year);
      if (!day) continue;
      Date first = *day - (scheme->rounds.festival_days - 1);
      if (!binds(scheme.get(), policy->in_force(county, first))) continue;
      found.push_back({festival.id, festival.words, scheme->id, first, *day, scheme->rounds.visit_also_meets_window});
    }
  }
  std::sort(found.begin(), found.end(), [](const FestivalRound& left, const FestivalRound& right) {
    return std::tie(left.last_day, left.scheme) < std::tie(right.last_day, right.scheme);
  });
  return found;
}

Noted declare_epidemic(audit::Work& work, const Policies& policies, const std::string& county,
                       EpidemicDeclaration declaration) {
  if (!are_dates(declaration.first_day, declaration.last_day)) throw problems::declaration_dates();
  if (!lies_in(declaration.area, county)) throw problems::declaration_area();
  if (trimmed(declaration.reason).empty()) throw problems::declaration_reason();
  if (auto same = find_same(work, store::load_declarations(work.session, county), declaration)) return *same;
  declaration.id = work.new_id();
  store::insert_declaration(work.session, county, declaration);
  refresh_area(work, policies, county, declaration.area, declaration.first_day);
  work.record({county, "home_visits_declared_impossible", "declaration:" + format_id(declaration.id),
               details_of(declaration.area, declaration.first_day, declaration.last_day)});
  return {declaration.id};
}

void end_declaration(audit::Work& work, const Policies& policies, const std::string& county, Id id, Date last_day) {
  std::vector<EpidemicDeclaration> declarations = store::load_declarations(work.session, county);
  const EpidemicDeclaration* declaration = find_row(declarations, id);
  if (!declaration) throw problems::declaration_unknown();
  if (!are_dates(declaration->first_day, last_day)) throw problems::declaration_dates();
  store::update_declaration_end(work.session, county, id, last_day);
  refresh_area(work, policies, county, declaration->area, declaration->first_day);
  work.record({county, "declaration_ended", "declaration:" + format_id(id),
               details_of(declaration->area, declaration->first_day, last_day)});
}

std::vector<EpidemicDeclaration> list_declarations(db::Session& session, const std::string& county) {
  return store::load_declarations(session, county);
}

}  // namespace tanfang::planning
