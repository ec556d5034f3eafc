#include "app/json/coverage_json.h"

#include <boost/json.hpp>

#include "platform/json/json.h"

namespace tanfang::app {

namespace js = boost::json;

namespace {

/// 0 and 1 as whole numbers: the JSON library would write 0E0.
js::value rate_of(const std::optional<double>& rate) {
  if (!rate) return nullptr;
  if (*rate == 0 || *rate == 1) return static_cast<std::int64_t>(*rate);
  return *rate;
}

void add_figures(js::object& into, const reports::Figures& figures) {
  into["scheme_fulfilment"] = {{"owed", figures.owed}, {"met", figures.met}, {"rate", rate_of(figures.fulfilment())}};
  into["monthly_visit_rate"] = {
      {"due", figures.due}, {"visited", figures.visited}, {"rate", rate_of(figures.visit_rate())}};
  into["overdue"] = figures.overdue;
  into["declined"] = figures.declined;
  into["suspended"] = figures.suspended;
  into["unknown"] = figures.unknown;
  into["refused_home_visit"] = figures.refused_home_visit;
  into["below_floor"] = figures.below_floor;
}

js::array to_json(const std::vector<reports::Part>& parts, const char* word) {
  js::array array;
  for (const reports::Part& part : parts) {
    js::object made{{word, part.word}};
    if (!part.name.empty()) made["name"] = part.name;
    add_figures(made, part.figures);
    array.push_back(std::move(made));
  }
  return array;
}

js::array to_json(const std::vector<reports::RoundFigures>& rounds) {
  js::array array;
  for (const reports::RoundFigures& round : rounds) {
    array.push_back(js::object{
        {"round", round.label}, {"last_day", round.last_day.iso()}, {"owed", round.owed}, {"met", round.met}});
  }
  return array;
}

js::object part_json(const reports::ForecastPart& part) {
  return {{"area", part.area}, {"name", part.name},         {"owed", part.owed},
          {"open", part.open}, {"expected", part.expected}, {"missed", part.missed()}};
}

}  // namespace

js::object to_json(const reports::Coverage& coverage) {
  js::object made{{"area", coverage.area}, {"month", coverage.month}};
  add_figures(made, coverage.total);
  made["by_tier"] = to_json(coverage.by_tier, "tier");
  made["by_area"] = to_json(coverage.by_area, "area");
  made["by_category"] = to_json(coverage.by_category, "category");
  made["rounds"] = to_json(coverage.rounds);
  js::array closed;
  for (const std::string& county : coverage.not_open) closed.emplace_back(county);
  made["not_open"] = std::move(closed);
  return made;
}

js::object to_json(const reports::PersonCoverage& person) {
  js::array categories;
  for (const std::string& category : person.categories) categories.emplace_back(category);
  return {{"id", format_id(person.person)},
          {"name", person.name},
          {"area", person.area},
          {"tier", person.tier.empty() ? js::value(nullptr) : js::value(person.tier)},
          {"categories", std::move(categories)},
          {"state", person.state},
          {"due", person.due},
          {"visited", person.visited},
          {"declined", person.declined},
          {"suspended", person.suspended},
          {"unknown", person.unknown},
          {"refused_home_visit", person.refused_home_visit},
          {"below_floor", person.below_floor}};
}

js::object to_json(const reports::MonthFigures& month) {
  js::object made{{"month", month.month}};
  add_figures(made, month.figures);
  return made;
}

js::object to_json(const reports::Forecast& forecast) {
  js::object made = part_json(forecast.total);
  made["last_due"] = forecast.last_due.iso();
  made["days_left"] = forecast.days_left;
  js::array villages;
  for (const reports::ForecastPart& part : forecast.by_village) villages.push_back(part_json(part));
  made["by_village"] = std::move(villages);
  return made;
}

js::object to_json(const reports::PersonListed& person) {
  js::array categories;
  for (const std::string& category : person.categories) categories.emplace_back(category);
  return {{"id", format_id(person.person)},
          {"county", person.county},
          {"name", person.name},
          {"area", person.area},
          {"village_name", person.village_name},
          {"town_name", person.town_name},
          {"sex", person.sex},
          {"birth_date", person.birth_date.iso()},
          {"status", person.status},
          {"tier", person.tier.empty() ? js::value(nullptr) : js::value(person.tier)},
          {"categories", std::move(categories)},
          {"state", person.state},
          {"facts", json::parse(person.facts)}};
}

}  // namespace tanfang::app
