#include "app/json/plan_json.h"

#include <boost/json.hpp>

#include "base/mask.h"

namespace tanfang::app {

namespace js = boost::json;

namespace {

js::array list_of(const std::vector<std::string>& words) { return js::array(words.begin(), words.end()); }

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

js::object to_json(const planning::ExtraRound& round) {
  return {{"round", format_id(round.id)},
          {"kind", round.kind},
          {"name", round.name},
          {"area", round.area},
          {"first_day", round.first_day.iso()},
          {"last_day", round.last_day.iso()},
          {"tiers", list_of(round.tiers)},
          {"categories", list_of(round.categories)}};
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

}  // namespace tanfang::app
