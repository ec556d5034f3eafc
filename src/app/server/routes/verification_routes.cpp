// Whose file is to be verified: those of whom the schemes cannot tell, and those of whom somebody asked it.
#include <boost/json.hpp>
#include <map>

#include "app/json/coverage_json.h"
#include "app/server/api.h"
#include "app/server/output.h"
#include "app/server/routes/chosen_people.h"
#include "app/server/routes/work_routes.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/mask.h"
#include "registry/for_lists.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// How the coverage has the person in the month; with name and area alone where it does not count them.
reports::PersonCoverage coverage_of(const Call& call, db::Session& session, const std::string& month,
                                    const registry::VerificationRequest& request) {
  reports::PersonFilter filter;
  filter.after_area = request.area;
  filter.after = Id{request.person.value - 1};
  filter.limit = 1;
  auto found = reports::find_people(session, request.area, month, call.now, filter);
  if (!found.empty() && found.front().person == request.person) return found.front();
  reports::PersonCoverage person;
  person.person = request.person;
  person.name = mask_name(request.name);
  person.area = request.area;
  person.state = "none";
  return person;
}

js::object to_json(const registry::VerificationRequest& request) {
  return {{"asked_at", format_instant(request.asked_at)}, {"asked_by", request.asked_by}, {"reason", request.reason}};
}

/// Both lists are in the order of areas and people: a page is the first rows of the two together.
http::Response list(const Call& call) {
  Query query(call);
  std::string area = work_area_asked(call, query);
  reports::PersonFilter filter;
  filter.unsettled = true;
  filter.limit = query.limit();
  if (auto place = query.cursor()) {
    filter.after_area = place->word;
    filter.after = place->id;
  }
  query.finish();
  call.require(Permission::work_lists_read, area);
  call.require(Permission::people_read, area);
  std::string month = call.today().iso().substr(0, 7);
  std::map<std::pair<std::string, Id>, js::object> rows;
  js::array people;
  std::string next;
  call.read([&](db::Session& session) {
    std::vector<Id> unsettled;
    for (const auto& person : reports::find_people(session, area, month, call.now, filter)) {
      rows[{person.area, person.person}] = app::to_json(person);
      unsettled.push_back(person.person);
    }
    auto missing = registry::missing_facts_of(session, call.service.classifier(), county_of(area), unsettled, call.today());
    for (const auto& request : registry::list_verification_requests(session, call.service.keys(), area,
                                                                    filter.after_area, filter.after, filter.limit)) {
      js::object& row = rows[{request.area, request.person}];
      if (row.empty()) row = app::to_json(coverage_of(call, session, month, request));
      row["request"] = to_json(request);
    }
    for (auto& [place, row] : rows) {
      if (people.size() == static_cast<std::size_t>(filter.limit)) break;
      row.emplace("request", nullptr);
      const std::vector<std::string>& facts = missing[place.second];
      row["missing"] = js::array(facts.begin(), facts.end());
      people.push_back(std::move(row));
      next = place.first + "." + format_id(place.second);
    }
  });
  bool full = people.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("people", std::move(people), full ? next : "");
}

http::Response ask(const Call& call) {
  Body body(call);
  auto people = read_chosen(body);
  if (!people) body.refuse(field_missing("people"));
  std::string reason = body.text("reason");
  body.finish();
  std::string county = call.county_of_area(call.principal.area);
  return call.write([&](audit::Work& work) {
    for (Id person : *people) person_reached(call, work.session, county, person, Permission::people_write);
    auto done = registry::ask_verification(work, county, *people, reason);
    return answer_json(js::object{{"asked", done.asked}, {"repeated", done.repeated}});
  });
}

http::Response confirm(const Call& call) {
  call.change([&](audit::Work& work) {
    registry::confirm_person(work, person_of(call, work.session, Permission::people_write));
  });
  return http::no_content();
}

}  // namespace

void add_verification_routes(Api& api) {
  api.get("/work-lists/verification", Permission::work_lists_read, list);
  api.post("/work-lists/verification", Permission::people_write, ask);
  api.del("/work-lists/verification/{person}", Permission::people_write, confirm);
}

}  // namespace tanfang::app::server
