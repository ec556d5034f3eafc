#include "planning/assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/area_code.h"
#include "base/text.h"
#include "planning/assignment_proposal.h"
#include "planning/assignment_store.h"
#include "planning/capacity.h"
#include "planning/for_lists.h"
#include "planning/for_maps.h"
#include "planning/planning.h"
#include "planning/planning_problems.h"
#include "planning/reach.h"
#include "registry/registry.h"

namespace tanfang::planning {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestService = 200;
constexpr std::size_t kMostVillages = 500;
constexpr std::int64_t kMostVisits = 1000;
constexpr std::int64_t kWidestRadius = 200'000;

bool is_kind(const std::string& kind) {
  return std::any_of(visitor_kinds().begin(), visitor_kinds().end(),
                     [&](const VisitorKind& each) { return each.id == kind; });
}

bool is_village_of(const std::string& county, const std::string& code) {
  return is_area_code(code) && code.size() == 12 && code.starts_with(county);
}

std::vector<FieldProblem> mistakes_of(const std::string& county, const Visitor& visitor,
                                      const std::vector<Visitor>& others) {
  std::vector<FieldProblem> mistakes;
  if (visitor.name.empty() || length_of(visitor.name) > kLongestName) mistakes.push_back(problems::visitor_name());
  if (!is_kind(visitor.kind)) mistakes.push_back(problems::visitor_kind());
  if (!visitor.home.empty() && !is_village_of(county, visitor.home)) mistakes.push_back(problems::visitor_home());
  bool known = std::all_of(visitor.villages.begin(), visitor.villages.end(),
                           [&](const std::string& village) { return is_village_of(county, village); });
  if (!known || visitor.villages.size() > kMostVillages) mistakes.push_back(problems::visitor_villages());
  if (visitor.radius_metres < 0 || visitor.radius_metres > kWidestRadius)
    mistakes.push_back(problems::visitor_radius());
  if (visitor.radius_metres > 0 && visitor.home.empty()) mistakes.push_back(problems::visitor_home());
  if (visitor.capacity < 1 || visitor.capacity > kMostVisits) mistakes.push_back(problems::visitor_capacity());
  if (length_of(visitor.service) > kLongestService) mistakes.push_back(problems::visitor_service());
  bool taken = !visitor.login.empty() && std::any_of(others.begin(), others.end(), [&](const Visitor& other) {
    return other.id != visitor.id && other.login == visitor.login;
  });
  if (taken) mistakes.push_back(problems::visitor_login());
  return mistakes;
}

bool same(const Visitor& left, const Visitor& right) {
  auto said = [](const Visitor& visitor) {
    return std::tie(visitor.name, visitor.kind, visitor.login, visitor.home, visitor.villages, visitor.radius_metres,
                    visitor.capacity, visitor.service, visitor.active);
  };
  return said(left) == said(right);
}

/// The question, and what its numbers stand for.
struct Asked {
  AssignmentQuestion question;
  std::vector<AssignedPerson> people;
  std::vector<Visitor> visitors;
  std::vector<std::string> villages;
  std::vector<std::int64_t> load_elsewhere;
};

class Asking {
 public:
  Asking(std::vector<Visitor> visitors, const std::vector<AreaPoint>& points) : points_(points) {
    for (Visitor& visitor : visitors) {
      if (!visitor.active) continue;
      by_id_[visitor.id] = static_cast<int>(asked_.visitors.size());
      if (!visitor.login.empty()) by_login_[visitor.login] = static_cast<int>(asked_.visitors.size());
      asked_.visitors.push_back(std::move(visitor));
    }
    asked_.load_elsewhere.resize(asked_.visitors.size());
  }

  void add(const AssignedPerson& person, bool inside, const std::string* last_login) {
    int present = number_of(by_id_, person.visitor);
    if (!inside) {
      if (present >= 0) asked_.load_elsewhere[static_cast<std::size_t>(present)] += person.visits;
      return;
    }
    int familiar = last_login ? number_of(by_login_, *last_login) : -1;
    asked_.question.people.push_back({village_number(person.village),
                                      static_cast<int>(std::max<std::int64_t>(1, person.visits)), present,
                                      familiar == present ? -1 : familiar, person.appointed});
    asked_.people.push_back(person);
  }

  Asked finish() {
    asked_.question.villages = static_cast<int>(asked_.villages.size());
    for (std::size_t i = 0; i < asked_.visitors.size(); ++i) {
      const Visitor& visitor = asked_.visitors[i];
      std::int64_t left = std::max<std::int64_t>(0, visitor.capacity - asked_.load_elsewhere[i]);
      asked_.question.visitors.push_back({static_cast<int>(left), villages_reached(visitor, asked_.villages, points_)});
    }
    return std::move(asked_);
  }

 private:
  template <typename Key>
  static int number_of(const std::map<Key, int>& numbers, const Key& key) {
    auto found = numbers.find(key);
    return found == numbers.end() ? -1 : found->second;
  }
  int village_number(const std::string& village) {
    auto [known, fresh] = village_numbers_.emplace(village, static_cast<int>(asked_.villages.size()));
    if (fresh) asked_.villages.push_back(village);
    return known->second;
  }

  const std::vector<AreaPoint>& points_;
  Asked asked_;
  std::map<Id, int> by_id_;
  std::map<std::string, int> by_login_;
  std::map<std::string, int> village_numbers_;
};

AssignmentFigures figures_of(const AssignmentMeasure& measured) {
  return {measured.uncovered, measured.strangers, measured.changes, measured.imbalance};
}

bool comes(const AssignmentQuestion& question, int visitor, int village) {
  const auto& villages = question.visitors[static_cast<std::size_t>(visitor)].villages;
  return std::find(villages.begin(), villages.end(), village) != villages.end();
}

std::string reason_of(const AssignmentQuestion& question, std::size_t person, int to) {
  const auto& who = question.people[person];
  if (who.present < 0) return to >= 0 && to == who.familiar ? "last_visitor" : "nobody_before";
  if (!comes(question, who.present, who.village)) return "cannot_come";
  if (to >= 0 && to == who.familiar) return "last_visitor";
  return "no_room";
}

void tell_people(const Asked& asked, const std::vector<int>& proposed, Proposal& proposal) {
  std::map<std::pair<std::string, std::string>, Gap> gaps;
  auto id_of = [&](int visitor) { return visitor < 0 ? Id{} : asked.visitors[static_cast<std::size_t>(visitor)].id; };
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const AssignedPerson& person = asked.people[i];
    const auto& who = asked.question.people[i];
    if (proposed[i] != who.present) {
      proposal.changes.push_back({person.person, person.village, person.visits, id_of(who.present), id_of(proposed[i]),
                                  reason_of(asked.question, i, proposed[i]), person.name});
    }
    if (proposed[i] >= 0) continue;
    bool somebody = false;
    for (std::size_t v = 0; v < asked.visitors.size() && !somebody; ++v) {
      somebody = comes(asked.question, static_cast<int>(v), who.village);
    }
    std::string reason = somebody ? "all_full" : "nobody_comes";
    Gap& gap = gaps[{person.village, reason}];
    gap.village = person.village;
    gap.reason = reason;
    ++gap.people;
    gap.visits += person.visits;
  }
  for (auto& [key, gap] : gaps) proposal.gaps.push_back(std::move(gap));
}

void tell_loads(const Asked& asked, const std::vector<int>& proposed, Proposal& proposal) {
  std::vector<VisitorLoad> loads;
  for (std::size_t i = 0; i < asked.visitors.size(); ++i) {
    loads.push_back({asked.visitors[i].id, asked.load_elsewhere[i], asked.load_elsewhere[i]});
  }
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const auto& who = asked.question.people[i];
    if (who.present >= 0) loads[static_cast<std::size_t>(who.present)].before += who.visits;
    if (proposed[i] >= 0) loads[static_cast<std::size_t>(proposed[i])].after += who.visits;
  }
  std::erase_if(loads, [](const VisitorLoad& load) { return load.before == 0 && load.after == 0; });
  proposal.loads = std::move(loads);
}

/// Somebody else assigned people between the look and the decision: all of them are told.
void refuse_changed(db::Session& session, const std::string& county, const std::vector<Assignment>& assignments) {
  std::vector<FieldProblem> changed;
  for (std::size_t i = 0; i < assignments.size(); ++i) {
    const Assignment& wanted = assignments[i];
    if (wanted.seen && assignment_of(session, county, wanted.person).visitor != *wanted.seen) {
      changed.push_back(problems::assignment_of_another(i));
    }
  }
  if (!changed.empty()) throw problems::assignment_changed(std::move(changed));
}

}  // namespace

const std::vector<VisitorKind>& visitor_kinds() {
  static const std::vector<VisitorKind> kinds = {
      {"village_cadre", {"村居干部", "village cadre"}},
      {"grid_worker", {"网格员", "grid worker"}},
      {"party_member", {"老党员／党员干部", "party member"}},
      {"volunteer", {"志愿者", "volunteer"}},
      {"young_old_volunteer", {"低龄健康老人", "young-old volunteer"}},
      {"elderly_association", {"基层老年协会", "elderly association"}},
      {"owners_committee", {"业主委员会", "owners' committee"}},
      {"property_company", {"物业", "property company"}},
      {"family_doctor", {"家庭医生／医疗机构", "family doctor or clinic"}},
      {"care_worker", {"养老服务人员", "care worker"}},
      {"social_worker", {"社会工作者", "social worker"}},
      {"student", {"在校生", "student"}},
      {"courier", {"物流快递送餐", "courier"}},
      {"paired_unit", {"结对单位", "paired unit"}},
      {"neighbour", {"邻里", "neighbour"}},
      {"relative", {"亲属", "relative"}},
      {"other", {"其他", "other"}},
  };
  return kinds;
}

Id put_visitor(audit::Work& work, const std::string& county, Visitor visitor) {
  std::vector<Visitor> others = store::load_visitors(work.session, county);
  auto known = std::find_if(others.begin(), others.end(), [&](const Visitor& other) { return other.id == visitor.id; });
  if (visitor.id.value != 0 && known == others.end()) throw problems::visitor_unknown();
  std::sort(visitor.villages.begin(), visitor.villages.end());
  visitor.villages.erase(std::unique(visitor.villages.begin(), visitor.villages.end()), visitor.villages.end());
  if (auto mistakes = mistakes_of(county, visitor, others); !mistakes.empty()) {
    throw problems::visitor_invalid(std::move(mistakes));
  }
  if (known != others.end() && same(*known, visitor)) {
    work.unchanged();
    return visitor.id;
  }
  const char* event = visitor.id.value == 0 ? "visitor_added" : "visitor_changed";
  if (visitor.id.value == 0) visitor.id = work.new_id();
  store::put_visitor(work.session, county, visitor);
  work.record(
      {county, event, "visitor:" + format_id(visitor.id),
       fmt::format(R"({{"kind":"{}","capacity":{},"active":{}}})", visitor.kind, visitor.capacity, visitor.active)});
  return visitor.id;
}

std::vector<Visitor> list_visitors(db::Session& session, const std::string& county) {
  return store::load_visitors(session, county);
}

void locate_area(audit::Work& work, const AreaPoint& point) {
  bool in_range = std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180;
  if (!in_range) throw problems::point_range();
  registry::require_area(work.session, point.area);
  store::put_point(work.session, point);
  std::string county = point.area.size() >= 6 ? point.area.substr(0, 6) : "";
  work.record({county, "area_located", "area:" + point.area,
               fmt::format(R"({{"latitude":{},"longitude":{}}})", point.latitude, point.longitude)});
}

std::vector<AreaPoint> list_points(db::Session& session, const std::string& area) {
  return store::load_points(session, area);
}

std::vector<AreaPoint> page_points(db::Session& session, const std::string& area, const std::string& after, int limit) {
  return store::load_points(session, area, after, limit);
}

std::vector<Assignment> list_people_of(db::Session& session, const std::string& county, const std::string& login) {
  return store::load_people_of(session, county, login);
}

void assign_people(audit::Work& work, const std::string& county, const std::vector<Assignment>& assignments) {
  refuse_changed(work.session, county, assignments);
  std::vector<Visitor> visitors = store::load_visitors(work.session, county);
  std::int64_t changed = 0;
  for (const Assignment& assignment : assignments) {
    if (!registry::find_person(work.session, county, assignment.person)) throw registry::unknown_person();
    if (assignment.visitor.value == 0) {
      changed += store::delete_assignment(work.session, county, assignment.person);
      continue;
    }
    bool comes = std::any_of(visitors.begin(), visitors.end(), [&](const Visitor& visitor) {
      return visitor.id == assignment.visitor && visitor.active;
    });
    if (!comes) throw problems::visitor_unknown();
    changed += store::put_assignment(work.session, county, assignment, work.today());
  }
  if (changed == 0) return work.unchanged();
  work.record({county, "people_assigned", "county:" + county, fmt::format(R"({{"people":{}}})", changed)});
}

std::vector<AssignedPerson> list_assigned(db::Session& session, const std::string& area, const Month& month) {
  return store::load_assigned(session, county_of(area), area, month.iso());
}

std::vector<AssignedPerson> list_assigned(db::Session& session, const std::string& area, const Month& month,
                                          const std::string& after_village, const PlanPage& page) {
  if (page.after.value != 0 && !after_village.starts_with(area)) throw problems::plan_cursor();
  return store::load_assigned(session, area, month.iso(), after_village, page.after, page.limit);
}

std::map<Id, std::int64_t> loads_of_visitors(db::Session& session, const std::string& area, const Month& month) {
  return store::load_visits_by_visitor(session, area, month.iso());
}

Assignment assignment_of(db::Session& session, const std::string& county, Id person) {
  return store::find_assignment(session, county, person).value_or(Assignment{person, Id{}, false});
}

std::int64_t visits_nobody_can_make(std::vector<Visitor> visitors, const std::vector<AreaPoint>& points,
                                    const std::vector<AssignedPerson>& people) {
  Asking asking(std::move(visitors), points);
  for (const AssignedPerson& person : people) asking.add(person, true, nullptr);
  Asked asked = asking.finish();
  return measure(asked.question, propose(asked.question)).uncovered;
}

Proposal propose_assignment(db::Session& session, const std::string& area, const Month& month,
                            const std::map<Id, std::string>& last_visitors) {
  std::string county = county_of(area);
  auto months = open_months(session, county);
  if (std::find(months.begin(), months.end(), month) == months.end()) throw problems::month_not_open(month.iso());
  std::vector<AreaPoint> points = store::load_points(session, county);
  Asking asking(store::load_visitors(session, county), points);
  for (const AssignedPerson& person : store::load_assigned(session, county, county, month.iso())) {
    auto last = last_visitors.find(person.person);
    asking.add(person, person.village.starts_with(area), last == last_visitors.end() ? nullptr : &last->second);
  }
  Asked asked = asking.finish();
  std::vector<int> present;
  for (const auto& person : asked.question.people) present.push_back(person.present);
  std::vector<int> proposed = propose(asked.question);
  Proposal proposal;
  proposal.before = figures_of(measure(asked.question, present));
  proposal.after = figures_of(measure(asked.question, proposed));
  tell_people(asked, proposed, proposal);
  tell_loads(asked, proposed, proposal);
  return proposal;
}

}  // namespace tanfang::planning
