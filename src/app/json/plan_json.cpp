#include "app/json/plan_json.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>

#include "base/mask.h"

namespace tanfang::app {

namespace js = boost::json;

namespace {

constexpr std::size_t kMostLoads = 100;

js::array list_of(const std::vector<std::string>& words) { return js::array(words.begin(), words.end()); }

js::value visitor_or_null(Id visitor) {
  return visitor.value == 0 ? js::value(nullptr) : js::value(format_id(visitor));
}

using Visitors = std::map<Id, planning::Visitor>;

/// null for nobody.
js::value name_of(const Visitors& visitors, Id visitor) {
  auto found = visitors.find(visitor);
  return found == visitors.end() ? js::value(nullptr) : js::value(found->second.name);
}

js::object figures_json(const planning::AssignmentFigures& figures) {
  return {{"uncovered", figures.uncovered},
          {"strangers", figures.strangers},
          {"changes", figures.changes},
          {"imbalance", figures.imbalance}};
}

}  // namespace

js::object to_json(const planning::PlannedVisit& planned) {
  js::value met_on = nullptr;
  if (planned.met_on) met_on = js::string(planned.met_on->iso());
  return {{"person", format_id(planned.person)},
          {"name", mask_name(planned.name)},
          {"area", planned.village},
          {"kind", planned.kind},
          {"label", planned.label},
          {"first_day", planned.first_day.iso()},
          {"last_day", planned.last_day.iso()},
          {"ends_in_month", planned.ends_in_month},
          {"due_day", planned.due_day.iso()},
          {"min", planned.min},
          {"counted", planned.counted},
          {"methods", list_of(planned.methods)},
          {"tier", planned.tier},
          {"state", planned.state},
          {"met_on", std::move(met_on)}};
}

js::object to_json(const planning::PlannedVisit& planned, const ObligationWords& words) {
  js::object made = to_json(planned);
  OwedWords owed = words.of(planned);
  made["label_text"] = owed.text.zh;
  made["label_text_en"] = owed.text.en;
  made["clause"] = owed.clause.empty() ? js::value(nullptr) : js::value(owed.clause);
  return made;
}

js::object to_json(const planning::ExtraRound& round) {
  return {{"round", format_id(round.id)},
          {"kind", round.kind},
          {"name", round.name},
          {"area", round.area},
          {"first_day", round.first_day.iso()},
          {"last_day", round.last_day.iso()},
          {"tiers", list_of(round.tiers)},
          {"categories", list_of(round.categories)},
          {"chosen", round.chosen}};
}

js::object to_json(const planning::EpidemicDeclaration& declaration) {
  return {{"declaration", format_id(declaration.id)},
          {"area", declaration.area},
          {"first_day", declaration.first_day.iso()},
          {"last_day", declaration.last_day.iso()},
          {"reason", declaration.reason}};
}

js::object to_json(const planning::FestivalRound& round) {
  return {{"festival", round.festival},       {"name", round.name.zh},
          {"scheme", round.scheme},           {"first_day", round.first_day.iso()},
          {"last_day", round.last_day.iso()}, {"visit_also_meets_window", round.visit_also_meets_window}};
}

js::object to_json(const planning::Visitor& visitor) {
  return {{"id", format_id(visitor.id)},
          {"name", visitor.name},
          {"kind", visitor.kind},
          {"login", visitor.login},
          {"home", visitor.home},
          {"villages", list_of(visitor.villages)},
          {"radius_metres", visitor.radius_metres},
          {"capacity", visitor.capacity},
          {"service", visitor.service},
          {"active", visitor.active}};
}

js::object to_json(const planning::AssignedPerson& person, const std::map<Id, planning::Visitor>& visitors) {
  auto known = visitors.find(person.visitor);
  return {{"person", format_id(person.person)},
          {"name", mask_name(person.name)},
          {"village", person.village},
          {"visits", person.visits},
          {"visitor", visitor_or_null(person.visitor)},
          {"visitor_name", name_of(visitors, person.visitor)},
          {"visitor_kind", known == visitors.end() ? js::value(nullptr) : js::value(known->second.kind)},
          {"appointed", person.appointed}};
}

namespace {

/// The town of a county, the village of a town: what a sum is told of.
std::string part_of(const std::string& village, const ProposalPart& told) {
  return village.substr(0, told.within.size() < 9 ? 9 : 12);
}

/// How many people change, their visits, and how many for each reason.
js::array sums_json(const planning::Proposal& proposal, const ProposalPart& told) {
  struct Sum {
    std::int64_t people = 0;
    std::int64_t visits = 0;
    std::map<std::string, std::int64_t> reasons;
  };
  std::map<std::string, Sum> sums;
  for (const auto& change : proposal.changes) {
    if (!change.village.starts_with(told.within)) continue;
    Sum& sum = sums[part_of(change.village, told)];
    ++sum.people;
    sum.visits += change.visits;
    ++sum.reasons[change.reason];
  }
  js::array parts;
  for (const auto& [area, sum] : sums) {
    js::array reasons;
    for (const auto& [reason, people] : sum.reasons) {
      reasons.push_back(js::object{{"reason", reason}, {"people", people}});
    }
    parts.push_back(
        js::object{{"area", area}, {"people", sum.people}, {"visits", sum.visits}, {"reasons", std::move(reasons)}});
  }
  return parts;
}

js::array gaps_json(const planning::Proposal& proposal, const ProposalPart& told) {
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> sums;
  for (const auto& gap : proposal.gaps) {
    if (!gap.village.starts_with(told.within)) continue;
    auto& [people, visits] = sums[{part_of(gap.village, told), gap.reason}];
    people += gap.people;
    visits += gap.visits;
  }
  js::array gaps;
  for (const auto& [where, sum] : sums) {
    gaps.push_back(
        js::object{{"area", where.first}, {"people", sum.first}, {"visits", sum.second}, {"reason", where.second}});
  }
  return gaps;
}

/// By village and person; `next` is null behind the last of them.
void tell_changes(js::object& made, const planning::Proposal& proposal, const ProposalPart& told,
                  const Visitors& visitors) {
  std::vector<const planning::ProposedChange*> listed;
  auto place = [](const planning::ProposedChange* change) { return std::pair(change->village, change->person); };
  for (const auto& change : proposal.changes) {
    if (change.village.starts_with(told.within) && place(&change) > told.after) listed.push_back(&change);
  }
  std::sort(listed.begin(), listed.end(), [&](auto* left, auto* right) { return place(left) < place(right); });
  bool more = listed.size() > told.people;
  if (more) listed.resize(told.people);
  js::array changes;
  for (const auto* change : listed) {
    changes.push_back(js::object{{"person", format_id(change->person)},
                                 {"name", mask_name(change->name)},
                                 {"village", change->village},
                                 {"visits", change->visits},
                                 {"from", visitor_or_null(change->from)},
                                 {"from_name", name_of(visitors, change->from)},
                                 {"to", visitor_or_null(change->to)},
                                 {"to_name", name_of(visitors, change->to)},
                                 {"reason", change->reason}});
  }
  made["changes"] = std::move(changes);
  made["next"] = nullptr;
  if (more && !listed.empty()) made["next"] = listed.back()->village + "." + format_id(listed.back()->person);
}

/// Of those whose load changes most.
js::array loads_json(std::vector<planning::VisitorLoad> loads, const Visitors& visitors) {
  std::stable_sort(loads.begin(), loads.end(), [](const auto& left, const auto& right) {
    return std::abs(left.after - left.before) > std::abs(right.after - right.before);
  });
  if (loads.size() > kMostLoads) loads.resize(kMostLoads);
  js::array told;
  for (const auto& load : loads) {
    const planning::Visitor& visitor = visitors.at(load.visitor);
    told.push_back(js::object{{"visitor", format_id(load.visitor)},
                              {"name", visitor.name},
                              {"capacity", visitor.capacity},
                              {"before", load.before},
                              {"after", load.after}});
  }
  return told;
}

}  // namespace

js::object to_json(const planning::Proposal& proposal, const ProposalPart& told, const Visitors& visitors) {
  js::object made{{"before", figures_json(proposal.before)},
                  {"after", figures_json(proposal.after)},
                  {"parts", sums_json(proposal, told)},
                  {"gaps", gaps_json(proposal, told)},
                  {"loads", loads_json(proposal.loads, visitors)},
                  {"visitors", proposal.loads.size()}};
  tell_changes(made, proposal, told, visitors);
  return made;
}

}  // namespace tanfang::app
