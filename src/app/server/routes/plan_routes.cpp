// The plan: open months, what is owed in them, rounds, declarations and festivals of a county.
#include <boost/json.hpp>

#include "app/json/plan_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/chosen_people.h"
#include "app/server/routes/plan_input.h"
#include "app/server/server_problems.h"
#include "planning/for_lists.h"
#include "reports/reports.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr int kMostMonths = 36;

http::Response list_months(const Call& call) {
  Query query(call);
  std::string county = county_asked(call, query, Permission::plan_read);
  js::array months;
  call.read([&](db::Session& session) {
    for (const planning::Month& month : planning::open_months(session, county)) months.emplace_back(month.iso());
  });
  return answer_page("months", std::move(months), "");
}

http::Response open_month(const Call& call) {
  Body body(call);
  std::string text = body.text("month");
  std::string county = county_asked(call, body, Permission::plan_open);
  planning::Month month = planning::parse_month(text);
  return call.write([&](audit::Work& work) {
    planning::Opening opening = planning::open_month(work, call.service.policies(), county, month);
    return answer_json(js::object{{"county", county},
                                  {"month", month.iso()},
                                  {"people", opening.people},
                                  {"obligations", opening.obligations},
                                  {"opened_before", opening.opened_before}},
                       opening.opened_before ? 200 : 201);
  });
}

/// The village where one is given, which must lie in the area.
std::string place_asked(const Call& call, Query& query) {
  std::string area = query.optional_area("area").value_or(call.principal.area);
  auto village = query.optional_area("village");
  if (area.size() < 6)
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  if (village && (village->size() != 12 || !village->starts_with(area)))
    query.refuse(
        field_type("village", {"该区划内村居的代码（12 位）", "the code of a village, 12 digits, in the area"}));
  return village.value_or(area);
}

http::Response list_obligations(const Call& call) {
  Query query(call);
  planning::PlannedFilter filter;
  filter.area = place_asked(call, query);
  std::string month = query.optional_text("month").value_or(call.today().iso().substr(0, 7));
  bool open_only = query.flag("open_only").value_or(false);
  if (open_only) filter.states = {"owed", "overdue"};
  std::string state = query.choice("state", {"owed", "met", "overdue", "declined", "suspended", "taken_out"});
  if (open_only && !state.empty() && state != "owed" && state != "overdue") {
    query.refuse(field_type("state", {"owed 或 overdue（已选 open_only）", "owed or overdue with open_only"}));
  }
  if (!state.empty()) filter.states = {state};
  filter.after = query.optional_text("cursor").value_or("");
  filter.limit = query.limit();
  query.finish();
  call.require(Permission::plan_read, filter.area);
  filter.month = planning::parse_month(month);
  planning::PlannedPage page;
  js::array obligations;
  call.read([&](db::Session& session) {
    page = planning::list_planned(session, filter, call.now);
    ObligationWords words(session, call.service.policies(), filter.area.substr(0, 6));
    for (const planning::PlannedVisit& planned : page.items) obligations.push_back(to_json(planned, words));
  });
  return answer_page("obligations", std::move(obligations), page.next);
}

js::array visits_json(const planning::PlannedVisit& planned) {
  js::array visits;
  for (const planning::MeetingVisit& visit : planned.visits) {
    visits.push_back(js::object{{"visit", format_id(visit.visit)}, {"day", visit.day.iso()}, {"method", visit.method}});
  }
  return visits;
}

/// Of one person: the year behind where no months are named.
http::Response list_obligations_of(const Call& call) {
  Query query(call);
  planning::Month this_month = planning::month_of(call.today());
  std::string first = query.optional_text("from").value_or(planning::add_months(this_month, -11).iso());
  std::string last = query.optional_text("to").value_or(this_month.iso());
  query.finish();
  planning::Month from = planning::parse_month(first);
  planning::Month to = planning::parse_month(last);
  if (to < from || planning::add_months(from, kMostMonths) <= to) {
    throw invalid_request({field_type(
        "to", {"不早于 from、至多 36 个月的月份", "a month not before `from`, so that they are 36 months at most"})});
  }
  js::array obligations;
  call.read([&](db::Session& session) {
    registry::PersonKey key = person_of(call, session, Permission::plan_read);
    ObligationWords words(session, call.service.policies(), key.county);
    for (const auto& planned :
         planning::list_planned_of(session, call.service.policies(), key.county, key.id, from, to, call.now)) {
      obligations.push_back(to_json(planned, words));
      obligations.back().as_object()["visits"] = visits_json(planned);
    }
  });
  return answer_page("obligations", std::move(obligations), "");
}

js::array days_json(const std::vector<reports::CalendarDay>& days) {
  js::array listed;
  for (const auto& day : days) {
    listed.push_back(js::object{{"day", day.day.iso()},
                                {"due", day.due},
                                {"due_met", day.due_met},
                                {"overdue", day.overdue},
                                {"met", day.met}});
  }
  return listed;
}

http::Response show_calendar(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  std::string month = month_asked(call, query).iso();
  std::string by = query.choice("by", {"area", "visitor"});
  // A county has too many visitors for one answer.
  if (by == "visitor" && area.size() < 9)
    query.refuse(field_type("area", {"乡镇或村居的代码", "the code of a town or village"}));
  query.finish();
  call.require(Permission::plan_read, area);
  auto kind = by.empty()     ? reports::CalendarBy::nothing
              : by == "area" ? reports::CalendarBy::area
                             : reports::CalendarBy::visitor;
  reports::Calendar calendar;
  call.read([&](db::Session& session) { calendar = reports::calendar(session, area, month, kind, call.now); });
  js::array parts;
  for (const auto& part : calendar.parts) {
    parts.push_back(js::object{{"part", part.part}, {"name", part.name}, {"days", days_json(part.days)}});
  }
  return answer_json(
      js::object{{"area", area}, {"month", month}, {"days", days_json(calendar.days)}, {"parts", std::move(parts)}});
}

http::Response list_rounds(const Call& call) {
  Query query(call);
  planning::PlanPage page{query.optional_id("cursor").value_or(Id{}), query.limit()};
  std::string county = county_asked(call, query, Permission::plan_read);
  js::array rounds;
  std::string next;
  call.read([&](db::Session& session) {
    for (const auto& round : planning::list_rounds(session, county, page)) {
      next = format_id(round.id);
      rounds.push_back(to_json(round));
      // How many were chosen one by one is for who reaches them.
      bool reached = identity::reaches(call.principal, round.area, Permission::plan_read);
      if (!reached) rounds.back().as_object()["chosen"] = nullptr;
    }
  });
  return answer_part("rounds", std::move(rounds), page.limit, next);
}

http::Response answer_noted(const planning::Noted& noted) {
  return answer_json(js::object{{"id", format_id(noted.id)}, {"repeated", noted.repeated}}, noted.repeated ? 200 : 201);
}

http::Response add_round(const Call& call) {
  Body body(call);
  planning::ExtraRound round;
  round.kind = body.text("kind");
  round.name = body.optional_text("name").value_or("");
  round.area = body.area("area");
  round.first_day = body.date("first_day");
  round.last_day = body.date("last_day");
  round.tiers = body.texts("tiers");
  round.categories = body.texts("categories");
  round.people = read_chosen(body).value_or(std::vector<Id>());
  body.finish();
  call.require(Permission::rounds_manage, round.area);
  std::string county = call.county_of_area(round.area);
  return call.write([&](audit::Work& work) {
    for (Id person : round.people) person_reached(call, work.session, county, person, Permission::rounds_manage);
    return answer_noted(planning::add_round(work, call.service.policies(), county, round));
  });
}

/// The id of the path, where it is of something switched on for an area that the principal answers for; else one that
/// planning does not know.
template <typename Items>
Id reached(const Call& call, const Items& items, std::string_view name) {
  Id id = call.path_id(name).value_or(Id{});
  for (const auto& item : items) {
    if (item.id == id && identity::reaches(call.principal, item.area, Permission::rounds_manage)) return id;
  }
  return Id{};
}

http::Response end_round(const Call& call) {
  Body body(call);
  Date last_day = body.date("last_day");
  body.finish();
  std::string county = call.county_of_area("");
  return call.write([&](audit::Work& work) {
    Id round = reached(call, planning::list_rounds(work.session, county), "round");
    planning::end_round(work, call.service.policies(), county, round, last_day);
    return http::no_content();
  });
}

http::Response list_declarations(const Call& call) {
  Query query(call);
  std::string county = county_asked(call, query, Permission::plan_read);
  js::array declarations;
  call.read([&](db::Session& session) {
    for (const auto& one : planning::list_declarations(session, county)) declarations.push_back(to_json(one));
  });
  return answer_page("declarations", std::move(declarations), "");
}

http::Response declare(const Call& call) {
  Body body(call);
  planning::EpidemicDeclaration declaration;
  declaration.area = body.area("area");
  declaration.first_day = body.date("first_day");
  declaration.last_day = body.date("last_day");
  declaration.reason = body.text("reason");
  body.finish();
  call.require(Permission::rounds_manage, declaration.area);
  std::string county = call.county_of_area(declaration.area);
  return call.write([&](audit::Work& work) {
    return answer_noted(planning::declare_epidemic(work, call.service.policies(), county, declaration));
  });
}

http::Response end_declaration(const Call& call) {
  Body body(call);
  Date last_day = body.date("last_day");
  body.finish();
  std::string county = call.county_of_area("");
  return call.write([&](audit::Work& work) {
    Id declaration = reached(call, planning::list_declarations(work.session, county), "declaration");
    planning::end_declaration(work, call.service.policies(), county, declaration, last_day);
    return http::no_content();
  });
}

http::Response list_festivals(const Call& call) {
  Query query(call);
  int year = static_cast<int>(query.integer("year", 1949, 2100).value_or(call.today().year()));
  std::string county = county_asked(call, query, Permission::plan_read);
  js::array festivals;
  call.read([&](db::Session& session) {
    for (const auto& round : planning::list_festivals(session, call.service.policies(), county, year)) {
      festivals.push_back(to_json(round));
    }
  });
  return answer_page("festivals", std::move(festivals), "");
}

}  // namespace

std::string county_asked(const Call& call, Input& input, Permission permission) {
  std::string county = input.optional_area("county").value_or(call.principal.area.substr(0, 6));
  if (county.size() != 6) input.refuse(field_type("county", {"区县代码（6 位）", "a county's code of 6 digits"}));
  input.finish();
  // Everybody inside the county may know its plan; changing it is for whoever answers for all of it.
  bool inside = call.principal.area.starts_with(county);
  if (permission != Permission::plan_read || !inside) call.require(permission, county);
  return county;
}

planning::Month month_asked(const Call& call, Input& input) {
  return planning::parse_month(input.optional_text("month").value_or(call.today().iso().substr(0, 7)));
}

void add_plan_routes(Api& api) {
  api.get("/plan/months", Permission::plan_read, list_months);
  api.post("/plan/months", Permission::plan_open, open_month);
  api.get("/plan/obligations", Permission::plan_read, list_obligations);
  api.get("/people/{person}/obligations", Permission::plan_read, list_obligations_of);
  api.get("/plan/calendar", Permission::plan_read, show_calendar);
  api.get("/plan/rounds", Permission::plan_read, list_rounds);
  api.post("/plan/rounds", Permission::rounds_manage, add_round);
  api.post("/plan/rounds/{round}/end", Permission::rounds_manage, end_round);
  api.get("/plan/declarations", Permission::plan_read, list_declarations);
  api.post("/plan/declarations", Permission::rounds_manage, declare);
  api.post("/plan/declarations/{declaration}/end", Permission::rounds_manage, end_declaration);
  api.get("/plan/festivals", Permission::plan_read, list_festivals);
}

}  // namespace tanfang::app::server
