// Visitors, whom they visit, and the proposal who should visit whom.
#include <algorithm>
#include <boost/json.hpp>

#include "app/json/plan_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/chosen_people.h"
#include "app/server/routes/plan_input.h"
#include "app/server/server_problems.h"
#include "planning/for_lists.h"
#include "planning/for_maps.h"
#include "visits/visits.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr int kMostAtOnce = 5000;  // assigned, or told of a proposal: a town is one answer
constexpr int kFamiliarDays = 366;

std::string own_county(const Call& call) { return call.county_of_area(call.principal.area); }

/// With the tag that an edit needs.
js::object visitor_json(const planning::Visitor& visitor) {
  js::object made = to_json(visitor);
  std::string tag = etag_of(js::serialize(made));
  made["etag"] = tag;
  return made;
}

/// With a month also how many visits are owed in it to the people of each: in the county for who assigns them, who must
/// know whether one is full, else as far as the caller's area goes.
http::Response answer_visitors(const Call& call, Input& asked, const std::string& name) {
  std::optional<std::string> month_given = asked.optional_text("month");
  planning::PlanPage page{asked.optional_id("cursor").value_or(Id{}),
                          static_cast<int>(asked.integer("limit", 1, 200).value_or(50))};
  planning::VisitorFilter filter{asked.optional_area("area").value_or(""), name,
                                 asked.flag("active_only").value_or(false)};
  std::string county = county_asked(call, asked, Permission::plan_read);
  if (!filter.area.empty() && !filter.area.starts_with(county)) {
    throw invalid_request(
        {field_type("area", {"该区县或其中区划的代码", "the code of the county or of an area in it"})});
  }
  if (filter.area.size() > county.size()) call.require(Permission::plan_read, filter.area);
  std::optional<planning::Month> month;
  if (month_given) month = planning::parse_month(*month_given);
  js::array visitors;
  std::string next;
  call.read([&](db::Session& session) {
    std::map<Id, std::int64_t> loads;
    bool whole = identity::may(call.principal, Permission::assignments_manage) || call.principal.area.size() < 6;
    if (month) loads = planning::loads_of_visitors(session, whole ? county : call.principal.area, *month);
    for (const auto& [visitor, comes] : planning::list_visitors(session, county, filter, page)) {
      next = format_id(visitor.id);
      js::object row = visitor_json(visitor);
      if (filter.area.size() > county.size()) row["comes"] = js::array(comes.begin(), comes.end());
      if (month) row["visits"] = loads[visitor.id];
      visitors.push_back(std::move(row));
    }
  });
  return answer_part("visitors", std::move(visitors), page.limit, next);
}

http::Response list_visitors(const Call& call) {
  Query query(call);
  return answer_visitors(call, query, "");
}

/// A name stands in no address.
http::Response search_visitors(const Call& call) {
  Body body(call);
  std::string name = body.text("name");
  return answer_visitors(call, body, name);
}

planning::Visitor read_visitor(Body& body) {
  planning::Visitor visitor;
  visitor.name = body.text("name");
  visitor.kind = body.text("kind");
  visitor.login = body.optional_text("login").value_or("");
  visitor.home = body.optional_text("home").value_or("");
  visitor.villages = body.texts("villages");
  visitor.radius_metres = body.integer("radius_metres", 0, 200'000).value_or(0);
  visitor.capacity = body.integer("capacity", 1, 1000).value_or(0);
  visitor.service = body.optional_text("service").value_or("");
  visitor.active = body.flag("active").value_or(true);
  return visitor;
}

/// A town keeps the visitors of its own villages; whoever comes farther is the county's.
bool manages(const Call& call, const planning::Visitor& visitor) {
  auto reached = [&](const std::string& village) {
    return identity::reaches(call.principal, village, Permission::assignments_manage);
  };
  if (visitor.home.empty() && visitor.villages.empty()) return reached(own_county(call));
  return (visitor.home.empty() || reached(visitor.home)) &&
         std::all_of(visitor.villages.begin(), visitor.villages.end(), reached);
}

http::Response keep_visitor(audit::Work& work, const Call& call, planning::Visitor visitor, int status) {
  visitor.id = planning::put_visitor(work, own_county(call), visitor);
  js::object kept = visitor_json(visitor);
  http::Response response = answer_json(kept, status);
  response.set("ETag", std::string(kept.at("etag").as_string()));
  return response;
}

http::Response add_visitor(const Call& call) {
  Body body(call);
  planning::Visitor visitor = read_visitor(body);
  body.finish();
  if (!manages(call, visitor)) call.require(Permission::assignments_manage, own_county(call));
  return call.write([&](audit::Work& work) { return keep_visitor(work, call, visitor, 201); });
}

http::Response change_visitor(const Call& call) {
  Body body(call);
  planning::Visitor visitor = read_visitor(body);
  body.finish();
  visitor.id = call.path_id("visitor").value_or(Id{-1});
  if (!manages(call, visitor)) call.require(Permission::assignments_manage, own_county(call));
  return call.write([&](audit::Work& work) {
    for (const auto& known : planning::list_visitors(work.session, own_county(call))) {
      if (known.id != visitor.id) continue;
      if (!manages(call, known)) call.require(Permission::assignments_manage, own_county(call));
      require_match(call.request, std::string(visitor_json(known).at("etag").as_string()));
    }
    return keep_visitor(work, call, visitor, 200);
  });
}

std::map<Id, planning::Visitor> visitors_of(db::Session& session, const std::string& county) {
  std::map<Id, planning::Visitor> visitors;
  for (auto& visitor : planning::list_visitors(session, county)) visitors.emplace(visitor.id, std::move(visitor));
  return visitors;
}

/// Of a town or village.
http::Response list_assigned(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  planning::Month month = month_asked(call, query);
  if (area.size() < 9) query.refuse(field_type("area", {"乡镇或村居的代码", "the code of a town or village"}));
  int limit = query.limit();
  Input::Place after = query.cursor().value_or(Input::Place{});
  query.finish();
  call.require(Permission::plan_read, area);
  js::array people;
  std::string next;
  call.read([&](db::Session& session) {
    auto visitors = visitors_of(session, call.county_of_area(area));
    for (const auto& person : planning::list_assigned(session, area, month, after.word, {after.id, limit})) {
      next = person.village + "." + format_id(person.person);
      people.push_back(to_json(person, visitors));
    }
  });
  return answer_part("assignments", std::move(people), limit, next);
}

/// An id, 0 for null, nullopt for anything else.
std::optional<Id> visitor_at(const js::object& item, const char* name) {
  const js::value* given = item.if_contains(name);
  if (!given) return std::nullopt;
  if (given->is_null()) return Id{};
  return given->is_string() ? parse_id(given->get_string()) : std::nullopt;
}

/// `{"person", "visitor": id or null, "appointed", "from": id or null, where it matters who it was}`.
std::optional<planning::Assignment> read_assignment(const js::value& value) {
  const js::object* item = value.if_object();
  if (!item) return std::nullopt;
  auto person = visitor_at(*item, "person");
  auto visitor = visitor_at(*item, "visitor");
  auto from = visitor_at(*item, "from");
  if (!person || person->value == 0 || !visitor || (item->contains("from") && !from)) return std::nullopt;
  const js::value* appointed = item->if_contains("appointed");
  return planning::Assignment{*person, *visitor, appointed && appointed->is_bool() && appointed->get_bool(), from};
}

std::vector<planning::Assignment> read_assignments(Body& body) {
  std::vector<planning::Assignment> read;
  const js::value* list = body.value("assignments");
  if (!list || !list->is_array() || list->get_array().empty() || list->get_array().size() > std::size_t{kMostAtOnce}) {
    body.refuse(field_type("assignments", {"1 至 5000 条分配", "a list of 1 to 5,000 assignments"}));
    return read;
  }
  for (std::size_t i = 0; i < list->get_array().size(); ++i) {
    if (auto assignment = read_assignment(list->get_array()[i])) {
      read.push_back(*assignment);
    } else {
      body.refuse(field_type("assignments[" + std::to_string(i) + "]",
                             {"包含 person 与 visitor 编号的对象", "an object with the ids person and visitor"}));
    }
  }
  return read;
}

http::Response assign(const Call& call) {
  Body body(call);
  auto assignments = read_assignments(body);
  body.finish();
  std::string county = own_county(call);
  return call.write([&](audit::Work& work) {
    for (const auto& assignment : assignments) {
      person_reached(call, work.session, county, assignment.person, Permission::assignments_manage);
    }
    planning::assign_people(work, county, assignments);
    return http::no_content();
  });
}

http::Response show_assignment(const Call& call) {
  js::object made;
  call.read([&](db::Session& session) {
    registry::PersonKey key = person_of(call, session, Permission::plan_read);
    planning::Assignment assignment = planning::assignment_of(session, key.county, key.id);
    made = {{"visitor", id_or_null(assignment.visitor)}, {"appointed", assignment.appointed}};
  });
  return answer_json(made);
}

/// Worked out for the whole area each time, told by its parts: what is told of one never grows with the county.
http::Response propose(const Call& call) {
  Body body(call);
  std::string area = body.optional_area("area").value_or(call.principal.area);
  planning::Month month = month_asked(call, body);
  ProposalPart told{body.optional_area("within").value_or(area)};
  told.people = static_cast<std::size_t>(body.integer("limit", 1, kMostAtOnce).value_or(0));
  if (auto place = body.cursor()) told.after = {place->word, place->id};
  if (area.size() < 6) body.refuse(field_type("area", {"区县、乡镇或村居的代码", "a county, town or village"}));
  if (!told.within.starts_with(area)) {
    body.refuse(field_type("within", {"area 或其中区划的代码", "the code of the area or of one in it"}));
  }
  body.finish();
  call.require(Permission::assignments_manage, area);
  std::string county = call.county_of_area(area);
  js::object made;
  call.read([&](db::Session& session) {
    auto last = visits::last_visitors(session, county, call.today() - kFamiliarDays);
    made = to_json(planning::propose_assignment(session, area, month, last), told, visitors_of(session, county));
  });
  return answer_json(made);
}

js::object point_json(const planning::AreaPoint& point) {
  return {{"area", point.area}, {"latitude", point.latitude}, {"longitude", point.longitude}};
}

std::string tag_of(const planning::AreaPoint& point) { return etag_of(js::serialize(point_json(point))); }

http::Response list_points(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  std::string after = query.optional_area("cursor").value_or("");
  int limit = query.limit();
  query.finish();
  call.require(Permission::areas_read, area);
  std::vector<planning::AreaPoint> found;
  call.read([&](db::Session& session) { found = planning::page_points(session, area, after, limit); });
  js::array points;
  for (const auto& point : found) {
    points.push_back(point_json(point));
    points.back().as_object()["etag"] = tag_of(point);
  }
  bool full = found.size() == static_cast<std::size_t>(limit);
  return answer_page("points", std::move(points), full ? found.back().area : "");
}

double degrees(Body& body, const char* name) {
  const js::value* given = body.value(name);
  if (given && given->is_number()) return given->to_number<double>();
  body.refuse(field_type(name, {"以度为单位的数，例如 29.15", "degrees as a number, such as 29.15"}));
  return 0;
}

http::Response locate(const Call& call) {
  Body body(call);
  planning::AreaPoint point;
  point.latitude = degrees(body, "latitude");
  point.longitude = degrees(body, "longitude");
  body.finish();
  point.area = call.request.path_parameter("area");
  call.require(Permission::areas_write, point.area);
  return call.write([&](audit::Work& work) {
    // The area itself comes before what lies in it.
    auto known = planning::page_points(work.session, point.area, "", 1);
    if (!known.empty() && known.front().area == point.area) require_match(call.request, tag_of(known.front()));
    planning::locate_area(work, point);
    http::Response response = http::no_content();
    response.set("ETag", tag_of(point));
    return response;
  });
}

}  // namespace

void add_assignment_routes(Api& api) {
  api.get("/visitors", Permission::plan_read, list_visitors);
  api.post("/visitors", Permission::assignments_manage, add_visitor);
  api.post("/visitors/search", Permission::plan_read, search_visitors);
  api.put("/visitors/{visitor}", Permission::assignments_manage, change_visitor);
  api.get("/plan/assignments", Permission::plan_read, list_assigned);
  api.post("/plan/assignments", Permission::assignments_manage, assign);
  api.get("/people/{person}/assignment", Permission::plan_read, show_assignment);
  api.post("/plan/proposals", Permission::assignments_manage, propose);
  api.get("/area-points", Permission::areas_read, list_points);
  api.put("/areas/{area}/point", Permission::areas_write, locate);
}

}  // namespace tanfang::app::server
