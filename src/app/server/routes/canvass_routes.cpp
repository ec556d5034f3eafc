// The canvass from door to door: households, what was found at each, and how complete it is.
#include <boost/json.hpp>
#include <map>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "canvass/canvass.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::size_t kMostAtOnce = 500;
const std::vector<std::string> kResults = {"nobody_eligible", "registered", "declined", "not_home"};

std::string own_county(const Call& call) { return call.county_of_area(call.principal.area); }

js::object to_json(const canvass::Canvass& canvass) {
  return {{"id", format_id(canvass.id)},
          {"name", canvass.name},
          {"begun_on", canvass.begun_on.iso()},
          {"ended_on", canvass.ended_on ? js::value(canvass.ended_on->iso()) : js::value(nullptr)}};
}

js::object to_json(const canvass::Completeness& counts) {
  return {{"households", counts.households}, {"done", counts.done()},       {"nobody_eligible", counts.nobody_eligible},
          {"registered", counts.registered}, {"declined", counts.declined}, {"not_home", counts.not_home},
          {"differing", counts.differing}};
}

js::value to_json(const std::optional<canvass::Differing>& differs) {
  if (!differs) return nullptr;
  return js::object{
      {"result", canvass::to_text(differs->result)}, {"on", differs->on.iso()}, {"noted_by", differs->noted_by}};
}

js::object to_json(const canvass::Household& household) {
  return {{"id", format_id(household.id)},
          {"village", household.village},
          {"group", household.group},
          {"place", household.place},
          {"listed", household.listed},
          {"result", canvass::to_text(household.result)},
          {"result_on", household.result_on ? js::value(household.result_on->iso()) : js::value(nullptr)},
          {"differs", to_json(household.differs)}};
}

/// Of what an edit could tread on: what was found at the door changes nothing of it.
std::string tag_of(const canvass::Household& household) {
  return etag_of(js::serialize(js::array{household.group, household.place, household.listed}));
}

js::object with_tag(const canvass::Household& household) {
  js::object made = to_json(household);
  made["etag"] = tag_of(household);
  return made;
}

http::Response answer_household(const canvass::Household& household, int status = 200) {
  http::Response response = answer_json(with_tag(household), status);
  response.set("ETag", tag_of(household));
  return response;
}

http::Response list_canvasses(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  query.finish();
  call.require(Permission::coverage_read, area);
  std::string county = call.county_of_area(area);
  js::array canvasses;
  call.read([&](db::Session& session) {
    for (const auto& each : canvass::list_canvasses(session, county)) canvasses.push_back(to_json(each));
  });
  return answer_page("canvasses", std::move(canvasses), "");
}

http::Response begin(const Call& call) {
  Body body(call);
  std::string name = body.text("name");
  Date begun_on = body.optional_date("begun_on").value_or(call.today());
  body.finish();
  std::string county = own_county(call);
  call.require(Permission::rounds_manage, county);
  return call.write([&](audit::Work& work) {
    Id id = canvass::begin_canvass(work, county, name, begun_on);
    return answer_json(to_json(canvass::Canvass{id, name, begun_on, std::nullopt}), 201);
  });
}

http::Response end(const Call& call) {
  std::string county = own_county(call);
  call.require(Permission::rounds_manage, county);
  return call.write([&](audit::Work& work) {
    canvass::end_canvass(work, county, call.path_id("canvass").value_or(Id{}));
    return http::no_content();
  });
}

http::Response completeness(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  if (area.size() < 6) {
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  }
  query.finish();
  call.require(Permission::coverage_read, area);
  js::array parts;
  canvass::Completeness all;
  call.read([&](db::Session& session) {
    std::map<std::string, std::string> names;
    for (const registry::Area& each : registry::load_area_place(session, area, call.today()).below) {
      names[each.code] = each.name;
    }
    for (const auto& part : canvass::completeness_of(session, area, call.path_id("canvass").value_or(Id{}))) {
      js::object one = to_json(part.counts);
      one["part"] = part.part;
      one["name"] = area.size() == 12 ? part.part : names[part.part];
      parts.push_back(std::move(one));
      all.households += part.counts.households;
      all.nobody_eligible += part.counts.nobody_eligible;
      all.registered += part.counts.registered;
      all.declined += part.counts.declined;
      all.not_home += part.counts.not_home;
      all.differing += part.counts.differing;
    }
  });
  js::object answer = to_json(all);
  answer["area"] = area;
  answer["parts"] = std::move(parts);
  return answer_json(answer);
}

http::Response list_of_village(const Call& call) {
  Query query(call);
  canvass::HouseholdFilter filter;
  filter.village = query.area("village");
  filter.group = query.optional_text("group");
  if (query.flag("ungrouped").value_or(false)) {
    if (filter.group)
      query.refuse(field_type("ungrouped", {"false，因为已给出 group", "false where a group is given"}));
    filter.group = "";
  }
  std::vector<std::string> results = kResults;
  results.emplace_back("open");
  if (std::string result = query.choice("result", results); !result.empty()) {
    filter.result = canvass::parse_result(result);
  }
  filter.differing = query.flag("differing").value_or(false);
  filter.limit = query.limit();
  auto cursor = query.cursor();
  if (filter.village.size() != 12) query.refuse(field_type("village", {"村居的代码", "the code of a village"}));
  query.finish();
  call.require(Permission::people_write, filter.village);
  std::vector<canvass::Household> found;
  call.read([&](db::Session& session) {
    // Groups have names of people's choice: the place is looked up by the last household's id.
    if (cursor) {
      auto last = canvass::load_household(session, call.service.keys(), county_of(filter.village), cursor->id);
      if (last.village != filter.village) throw canvass::unknown_household();
      filter.after_group = last.group;
      filter.after = last.id;
    }
    found = canvass::find_households(session, call.service.keys(), filter);
  });
  js::array households;
  for (const auto& household : found) households.push_back(with_tag(household));
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("households", std::move(households), full ? "h." + format_id(found.back().id) : "");
}

http::Response add(const Call& call) {
  Body body(call);
  std::string village = body.area("village");
  std::vector<canvass::Place> places;
  const js::value* list = body.value("households");
  bool good = list && list->is_array() && !list->get_array().empty() && list->get_array().size() <= kMostAtOnce;
  for (std::size_t i = 0; good && i < list->get_array().size(); ++i) {
    const js::object* item = list->get_array()[i].if_object();
    auto text = [&](const char* name) {
      const js::value* given = item ? item->if_contains(name) : nullptr;
      return given && given->is_string() ? std::string(given->get_string()) : std::string();
    };
    places.push_back({text("group"), text("place")});
  }
  if (!good) body.refuse(field_type("households", {"1 至 500 户", "a list of 1 to 500 households"}));
  if (village.size() != 12) body.refuse(field_type("village", {"村居的代码", "the code of a village"}));
  body.finish();
  call.require(Permission::people_write, village);
  return call.write([&](audit::Work& work) {
    auto listing = canvass::list_households(work, village, places);
    return answer_json(js::object{{"added", listing.added}, {"repeated", listing.repeated}}, 201);
  });
}

/// The household of the path, in a village that the principal reaches.
canvass::Household household_of(const Call& call, db::Session& session) {
  Id id = call.path_id("household").value_or(Id{});
  auto found = canvass::load_household(session, call.service.keys(), own_county(call), id);
  if (!identity::reaches(call.principal, found.village, Permission::people_write)) {
    throw canvass::unknown_household();
  }
  return found;
}

http::Response change(const Call& call) {
  Body body(call);
  auto group = body.optional_text("group");
  auto place = body.optional_text("place");
  auto listed = body.flag("listed");
  bool ungrouped = body.value("group") && !group;
  body.finish();
  return call.write([&](audit::Work& work) {
    auto now = household_of(call, work.session);
    require_match(call.request, tag_of(now));
    canvass::Place said{ungrouped ? "" : group.value_or(now.group), place.value_or(now.place)};
    canvass::change_household(work, own_county(call), now.id, said, listed.value_or(now.listed));
    return answer_household(household_of(call, work.session));
  });
}

http::Response note(const Call& call) {
  Body body(call);
  std::string result = body.choice("result", kResults);
  if (result.empty() && !body.optional_text("result")) body.refuse(field_missing("result"));
  Date on = body.optional_date("on").value_or(call.today());
  std::string text = body.optional_text("note").value_or("");
  body.finish();
  return call.write([&](audit::Work& work) {
    auto now = household_of(call, work.session);
    canvass::note_result(work, own_county(call), now.id, *canvass::parse_result(result), on, text);
    return answer_household(household_of(call, work.session), 201);
  });
}

http::Response results(const Call& call) {
  js::array results;
  call.read([&](db::Session& session) {
    auto household = household_of(call, session);
    for (const auto& noted : canvass::list_results(session, call.service.keys(), own_county(call), household.id)) {
      results.push_back(js::object{{"result", canvass::to_text(noted.result)},
                                   {"on", noted.on.iso()},
                                   {"note", noted.note},
                                   {"noted_at", format_instant(noted.noted_at)},
                                   {"noted_by", noted.noted_by}});
    }
  });
  return answer_page("results", std::move(results), "");
}

}  // namespace

void add_canvass_routes(Api& api) {
  api.get("/canvasses", Permission::coverage_read, list_canvasses);
  api.post("/canvasses", Permission::rounds_manage, begin);
  api.post("/canvasses/{canvass}/end", Permission::rounds_manage, end);
  api.get("/canvasses/{canvass}/completeness", Permission::coverage_read, completeness);
  api.get("/households", Permission::people_write, list_of_village);
  api.post("/households", Permission::people_write, add);
  api.patch("/households/{household}", Permission::people_write, change);
  api.get("/households/{household}/results", Permission::people_write, results);
  api.post("/households/{household}/results", Permission::people_write, note);
}

}  // namespace tanfang::app::server
