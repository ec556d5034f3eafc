#include "planning/simulation.h"

#include <algorithm>

#include "planning/assignment_store.h"
#include "planning/capacity.h"
#include "planning/planning_county.h"
#include "planning/planning_discharge.h"
#include "registry/registry.h"

namespace tanfang::planning {
namespace {

constexpr std::int64_t kPage = 500;
constexpr int kMonths = 12;

using Verdicts = std::vector<registry::Classification>;

const registry::Classification* verdict_on(const Verdicts& verdicts, const std::string& scheme, Date on) {
  for (const registry::Classification& verdict : verdicts) {
    if (verdict.scheme == scheme && verdict.valid_from <= on && (!verdict.valid_to || on < *verdict.valid_to)) {
      return &verdict;
    }
  }
  return nullptr;
}

/// What binds the person: the first scheme, from the nearest on, that makes them eligible, else the first that leaves
/// it open, else the first. The floor binds where no local scheme stands over it, or one adds what the floor asks
/// beyond it.
struct Standing {
  const registry::Classification* verdict = nullptr;
  const schemes::Scheme* scheme = nullptr;
};

Standing standing_of(const registry::CountyPolicy& policy, const Verdicts& verdicts, const std::string& area, Date on) {
  Standing found;
  auto rank = [](const registry::Classification& verdict) {
    return verdict.eligible ? (*verdict.eligible ? 2 : 0) : 1;
  };
  bool only_reported = false;
  for (const schemes::Scheme* scheme : policy.in_force(area, on)) {
    const registry::Classification* verdict = verdict_on(verdicts, scheme->id, on);
    if (!verdict || (scheme->national_floor && only_reported)) continue;
    if (!found.verdict || rank(*verdict) > rank(*found.verdict)) found = {verdict, scheme};
    if (scheme->below_floor == schemes::BelowFloor::report) only_reported = true;
  }
  return found;
}

SimulatedVerdict told(const Standing& standing) {
  if (!standing.verdict) return {"no", ""};
  auto eligible = standing.verdict->eligible;
  return {eligible ? (*eligible ? "yes" : "no") : "unknown", standing.verdict->tier};
}

std::string kind_of_tiers(const Standing& before, const Standing& after) {
  const auto& tiers = after.scheme->tiers;
  auto rank = [&](const std::string& id) {
    return std::find_if(tiers.begin(), tiers.end(), [&](const schemes::Tier& tier) { return tier.id == id; });
  };
  auto was = rank(before.verdict->tier);
  auto is = rank(after.verdict->tier);
  if (was == tiers.end() || is == tiers.end()) return "retiered";
  return is < was ? "raised" : "lowered";
}

/// Empty where nothing changes.
std::string kind_of(const Standing& before, const Standing& after) {
  std::string was = told(before).eligible;
  std::string is = told(after).eligible;
  if (was != is) {
    if (is == "yes") return "joins";
    if (was == "yes" && is == "no") return "leaves";
    return is == "unknown" ? "unsettled" : "settled";
  }
  if (is != "yes") return "";
  if (before.verdict->tier != after.verdict->tier) return kind_of_tiers(before, after);
  if (before.verdict->obligations != after.verdict->obligations) return "visits";
  return before.verdict->categories != after.verdict->categories ? "categories" : "";
}

/// The twelve whole months from a day on.
Days months_from(Date on) {
  Month first = month_of(on);
  if (on != first.first_day()) first = add_months(first, 1);
  return {first.first_day(), add_months(first, kMonths - 1).last_day()};
}

bool is_gone(registry::Status status) {
  return status == registry::Status::moved_out || status == registry::Status::deceased;
}

}  // namespace

struct Simulation::Bench {
  std::string code;
  Date on;
  Days days;
  std::shared_ptr<const registry::CountyPolicy> before;
  std::shared_ptr<const registry::CountyPolicy> after;
  County county_before;
  County county_after;
  registry::Trial trial;
  Id last{0};
  std::int64_t people = 0;
  std::map<std::string, std::int64_t> kinds;
  std::map<std::string, BeforeAfter> tiers;
  std::map<std::string, BeforeAfter> villages;
  struct Load {
    std::map<std::string, BeforeAfter>::const_iterator village;
    BeforeAfter visits;
  };
  std::vector<Load> loads;

  /// Visits owed in the months by planning's own counting, without those that were made: what is owed does not hang on
  /// them, but for the days since the last visit, which are then counted from one another.
  std::int64_t visits_owed(const County& county, registry::Standing standing, const Verdicts& verdicts) const {
    standing.classifications = verdicts;
    PersonFile file = county.file_of(standing, {});
    std::int64_t visits = 0;
    for (const Obligation& owed : obligations_of(file, county.circumstances(), days)) {
      if (owed.basis == Basis::owed && days.contains(owed.days.last)) visits += owed.min;
    }
    return visits;
  }

  void look_at(const registry::Tried& tried, std::vector<SimulatedChange>& changes) {
    const registry::Standing& who = tried.standing;
    BeforeAfter visits{visits_owed(county_before, who, tried.verdicts[0]),
                       visits_owed(county_after, who, tried.verdicts[1])};
    auto village = villages.try_emplace(who.area).first;
    village->second.before += visits.before;
    village->second.after += visits.after;
    if (visits.before + visits.after > 0) loads.push_back({village, visits});
    if (is_gone(who.status_on(on))) return;
    ++people;
    planning::Standing was = standing_of(*before, tried.verdicts[0], who.area, on);
    planning::Standing is = standing_of(*after, tried.verdicts[1], who.area, on);
    if (told(was).eligible == "yes") ++tiers[was.verdict->tier].before;
    if (told(is).eligible == "yes") ++tiers[is.verdict->tier].after;
    std::string kind = kind_of(was, is);
    if (kind.empty()) return;
    ++kinds[kind];
    changes.push_back({who.person, who.area, kind, told(was), told(is)});
  }
};

Simulation::Simulation(db::Session& session, const Policies& policies, const std::string& county,
                       std::shared_ptr<const registry::CountyPolicy> before,
                       std::shared_ptr<const registry::CountyPolicy> after, Date on) {
  Days days = months_from(on);
  bench_.reset(new Bench{county,
                         on,
                         days,
                         before,
                         after,
                         County::load(session, policies, before, county, days),
                         County::load(session, policies, after, county, days),
                         registry::Trial(county, {before, after}),
                         {},
                         0,
                         {},
                         {},
                         {},
                         {}});
}

Simulation::~Simulation() = default;

bool Simulation::next(db::Session& session, std::vector<SimulatedChange>& changes) {
  // A window that ends in the months may have begun a year before them.
  auto page = bench_->trial.next(session, bench_->last, kPage, bench_->days.first - 366, bench_->days.last);
  for (const registry::Tried& tried : page) bench_->look_at(tried, changes);
  if (page.empty()) return false;
  bench_->last = page.back().standing.person;
  return true;
}

Date Simulation::first_day() const { return bench_->days.first; }
Date Simulation::last_day() const { return bench_->days.last; }
std::int64_t Simulation::people() const { return bench_->people; }
const std::map<std::string, std::int64_t>& Simulation::kinds() const { return bench_->kinds; }
const std::map<std::string, BeforeAfter>& Simulation::tiers() const { return bench_->tiers; }
const std::map<std::string, BeforeAfter>& Simulation::villages() const { return bench_->villages; }

std::optional<VisitorNeed> Simulation::visitors(db::Session& session) const {
  std::vector<Visitor> visitors = store::load_visitors(session, bench_->code);
  std::erase_if(visitors, [](const Visitor& visitor) { return !visitor.active; });
  if (visitors.empty()) return std::nullopt;
  VisitorNeed need;
  need.visitors = static_cast<std::int64_t>(visitors.size());
  for (Visitor& visitor : visitors) {
    need.capacity += visitor.capacity;
    visitor.capacity *= kMonths;
  }
  std::vector<AreaPoint> points = store::load_points(session, bench_->code);
  auto uncovered = [&](std::int64_t BeforeAfter::*side) {
    std::vector<AssignedPerson> people;
    for (const auto& load : bench_->loads) {
      if (load.visits.*side > 0) people.push_back({Id{}, load.village->first, load.visits.*side, Id{}, false});
    }
    return visits_nobody_can_make(visitors, points, people);
  };
  need.uncovered = {uncovered(&BeforeAfter::before), uncovered(&BeforeAfter::after)};
  auto short_of = [&](std::int64_t visits) {
    std::int64_t year = std::max<std::int64_t>(1, need.capacity * kMonths);
    return (visits * need.visitors + year - 1) / year;
  };
  need.shortage = {short_of(need.uncovered.before), short_of(need.uncovered.after)};
  return need;
}

}  // namespace tanfang::planning
