// Emergencies: reported from the field, told at once to who answers for the area, acknowledged, closed.
#include <boost/json.hpp>

#include "app/field/field_reports.h"
#include "app/server/api.h"
#include "app/server/emergency_news.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/field_routes.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// Watches from the first call on.
class News {
 public:
  EmergencyNews& of(Service& service) {
    std::call_once(made_, [&] { news_ = std::make_unique<EmergencyNews>(service); });
    return *news_;
  }

 private:
  std::once_flag made_;
  std::unique_ptr<EmergencyNews> news_;
};

js::value or_null(const std::string& text) { return text.empty() ? js::value(nullptr) : js::value(text); }

js::value position_json(const std::optional<alarms::Position>& position) {
  if (!position) return nullptr;
  js::object made{{"latitude", position->latitude}, {"longitude", position->longitude}, {"accuracy_metres", nullptr}};
  if (position->accuracy_metres) made["accuracy_metres"] = *position->accuracy_metres;
  return made;
}

js::value person_json(const Call& call, db::Session& session, const alarms::Emergency& emergency) {
  if (emergency.person.value == 0) return nullptr;
  auto person = registry::load_person(session, call.service.keys(), {emergency.county, emergency.person});
  return js::object{{"id", format_id(emergency.person)}, {"name", person.name}};
}

js::object to_json(const Call& call, db::Session& session, const alarms::Emergency& emergency) {
  const alarms::Report& report = emergency.report;
  js::array called;
  for (const alarms::Called& each : report.called) {
    called.push_back(js::object{{"who", each.who}, {"at", format_instant(each.at)}});
  }
  return {{"id", format_id(emergency.id)},
          {"area", emergency.area},
          {"state", to_text(emergency.state)},
          {"what", to_text(report.what)},
          {"at", time_or_null(report.at)},
          {"person", person_json(call, session, emergency)},
          {"where", report.where},
          {"note", report.note},
          {"position", position_json(report.position)},
          {"called", std::move(called)},
          {"reported_at", format_instant(emergency.reported_at)},
          {"reported_by", emergency.reported_by},
          {"clock_off_seconds", emergency.clock_off_seconds},
          {"doubt", or_null(emergency.doubt)},
          {"acknowledged_at", time_or_null(emergency.acknowledged_at)},
          {"acknowledged_by", or_null(emergency.acknowledged_by)},
          {"closed_at", time_or_null(emergency.closed_at)},
          {"closed_by", or_null(emergency.closed_by)},
          {"outcome", or_null(emergency.outcome)}};
}

/// The same body as in a phone's parcel; the key of the request is the report's.
http::Response report(const Call& call, News& news) {
  if (call.request.media_type() != "application/json") throw body_type();
  if (call.principal.area.size() < 6) throw invalid_request({field_missing("area")});
  const std::string* key = call.request.header("Idempotency-Key");
  http::Response response = call.write([&](audit::Work& work) {
    field::Sender sender{call.principal, key ? *key : format_id(work.new_id())};
    auto taken = field::take_emergency(work, sender, call.request.body);
    return answer_json(js::object{{"id", format_id(taken.id)}, {"repeated", taken.repeated}},
                       taken.repeated ? 200 : 201);
  });
  news.of(call.service).look();
  return response;
}

std::string area_asked(const Call& call, Query& query) {
  std::string area = query.optional_area("area").value_or(call.principal.area);
  if (area.size() < 6) {
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  }
  return area;
}

http::Response list(const Call& call) {
  Query query(call);
  alarms::Filter filter;
  filter.area = area_asked(call, query);
  filter.state = alarms::parse_state(query.choice("state", {"reported", "acknowledged", "closed"}));
  filter.before = query.optional_id("cursor").value_or(Id{});
  filter.limit = query.limit();
  query.finish();
  call.require(Permission::people_write, filter.area);
  js::array emergencies;
  std::string next;
  call.read([&](db::Session& session) {
    auto found = alarms::list_emergencies(session, call.service.keys(), filter);
    emergencies.clear();
    for (const auto& each : found) emergencies.push_back(to_json(call, session, each));
    bool full = found.size() == static_cast<std::size_t>(filter.limit);
    next = full ? format_id(found.back().id) : "";
  });
  return answer_page("emergencies", std::move(emergencies), next);
}

/// The emergency of the path, in an area that the principal reaches.
alarms::Emergency emergency_of(const Call& call, db::Session& session) {
  Id id = call.path_id("emergency").value_or(Id{});
  auto found = alarms::load_emergency(session, call.service.keys(), call.county_of_area(""), id);
  if (!identity::reaches(call.principal, found.area, Permission::people_write)) {
    throw alarms::unknown_emergency();
  }
  return found;
}

http::Response show(const Call& call) {
  js::object shown;
  call.read([&](db::Session& session) { shown = to_json(call, session, emergency_of(call, session)); });
  return answer_json(shown);
}

http::Response follow(const Call& call, News& news) {
  Query query(call);
  std::string area = area_asked(call, query);
  query.finish();
  call.require(Permission::people_write, area);
  auto stream = news.of(call.service).follow(area, call.principal.area.size() <= 6);
  return http::event_response(call.service.stream_places().take(call.principal.account, std::move(stream)));
}

/// One step of its life; those who watch are told.
http::Response step(const Call& call, News& news,
                    const std::function<void(audit::Work&, const alarms::Emergency&)>& use_case) {
  http::Response response = call.write([&](audit::Work& work) {
    use_case(work, emergency_of(call, work.session));
    return answer_json(to_json(call, work.session, emergency_of(call, work.session)));
  });
  news.of(call.service).look();
  return response;
}

http::Response acknowledge(const Call& call, News& news) {
  return step(call, news, [](audit::Work& work, const alarms::Emergency& emergency) {
    alarms::acknowledge_emergency(work, emergency.county, emergency.id);
  });
}

http::Response close(const Call& call, News& news) {
  Body body(call);
  std::string outcome = body.text("outcome");
  body.finish();
  return step(call, news, [&](audit::Work& work, const alarms::Emergency& emergency) {
    alarms::close_emergency(work, emergency.county, emergency.id, outcome);
  });
}

http::Response answer_telling(const std::string& county, bool told) {
  http::Response response = answer_json(js::object{{"county", county}, {"county_told", told}});
  response.set("ETag", etag_of(response.body));
  return response;
}

http::Response show_telling(const Call& call) {
  std::string county = call.county_of_area(call.principal.area);
  bool told = true;
  call.read([&](db::Session& session) { told = alarms::is_county_told(session, county); });
  return answer_telling(county, told);
}

/// A county decides for its own office.
http::Response change_telling(const Call& call) {
  Body body(call);
  std::optional<bool> told = body.flag("county_told");
  if (!told) body.refuse(field_missing("county_told"));
  body.finish();
  std::string county = call.county_of_area(call.principal.area);
  call.require(Permission::rounds_manage, county);
  return call.write([&](audit::Work& work) {
    bool before = alarms::is_county_told(work.session, county);
    require_match(call.request, *answer_telling(county, before).header("ETag"));
    alarms::tell_county(work, county, *told);
    return answer_telling(county, *told);
  });
}

}  // namespace

void add_emergency_routes(Api& api) {
  auto news = std::make_shared<News>();
  auto with_news = [news](http::Response (*handler)(const Call&, News&)) {
    return [news, handler](const Call& call) { return handler(call, *news); };
  };
  api.post("/emergencies", Permission::visits_record, with_news(report));
  api.get("/emergencies", Permission::people_write, list);
  api.get("/emergencies/events", Permission::people_write, with_news(follow));
  api.get("/emergencies/telling", Permission::people_write, show_telling);
  api.put("/emergencies/telling", Permission::rounds_manage, change_telling);
  api.get("/emergencies/{emergency}", Permission::people_write, show);
  api.post("/emergencies/{emergency}/acknowledgement", Permission::people_write, with_news(acknowledge));
  api.post("/emergencies/{emergency}/closing", Permission::people_write, with_news(close));
}

}  // namespace tanfang::app::server
