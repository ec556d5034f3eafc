#include "app/json/plan_json.h"

#include <boost/json.hpp>

#include "base/mask.h"

namespace tanfang::app {

namespace js = boost::json;

namespace {

js::array list_of(const std::vector<std::string>& words) { return js::array(words.begin(), words.end()); }

js::value visitor_or_null(Id visitor) {
  return visitor.value == 0 ? js::value(nullptr) : js::value(format_id(visitor));
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

js::object to_json(const planning::AssignedPerson& person) {
  return {{"person", format_id(person.person)},
          {"name", mask_name(person.name)},
          {"village", person.village},
          {"visits", person.visits},
          {"visitor", visitor_or_null(person.visitor)},
          {"appointed", person.appointed}};
}

js::object to_json(const planning::Proposal& proposal) {
  js::array changes;
  for (const auto& change : proposal.changes) {
    changes.push_back(js::object{{"person", format_id(change.person)},
                                 {"name", mask_name(change.name)},
                                 {"village", change.village},
                                 {"visits", change.visits},
                                 {"from", visitor_or_null(change.from)},
                                 {"to", visitor_or_null(change.to)},
                                 {"reason", change.reason}});
  }
  js::array gaps;
  for (const auto& gap : proposal.gaps) {
    gaps.push_back(
        js::object{{"village", gap.village}, {"people", gap.people}, {"visits", gap.visits}, {"reason", gap.reason}});
  }
  js::array loads;
  for (const auto& load : proposal.loads) {
    loads.push_back(js::object{{"visitor", format_id(load.visitor)}, {"before", load.before}, {"after", load.after}});
  }
  return {{"before", figures_json(proposal.before)},
          {"after", figures_json(proposal.after)},
          {"changes", std::move(changes)},
          {"gaps", std::move(gaps)},
          {"loads", std::move(loads)}};
}

}  // namespace tanfang::app
