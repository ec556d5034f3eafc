#include "app/server/call.h"

#include "app/server/delivery.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "platform/http/percent.h"
#include "registry/registry.h"

namespace tanfang::app::server {

void Call::refuse_unread_query() const {
  if (query_read_ || request.query.empty()) return;
  std::vector<FieldProblem> problems;
  for (const http::Field& field : http::parse_query(request.query)) problems.push_back(field_unknown(field.name));
  throw invalid_request(std::move(problems));
}

void Call::change_in(db::Session& session, const std::function<void(audit::Work&)>& use_case) const {
  audit::Work work(session, now, service.ids(), identity::actor_of(principal), service.keys());
  use_case(work);
  if (!work.recorded_or_unchanged()) throw std::logic_error("a write recorded no event: " + request.route);
}

void Call::change(const std::function<void(audit::Work&)>& use_case) const {
  service.database().write([&](db::Session& session) { change_in(session, use_case); });
}

http::Response Call::write_unkept(const std::function<http::Response(audit::Work&)>& use_case) const {
  http::Response response;
  change([&](audit::Work& work) { response = use_case(work); });
  return response;
}

http::Response Call::write(const std::function<http::Response(audit::Work&)>& use_case) const {
  std::optional<Delivery> delivery = Delivery::of(*this);
  http::Response response;
  service.database().write([&](db::Session& session) {
    if (delivery) {
      if (auto before = delivery->answer(session)) {
        response = std::move(*before);
        return;
      }
    }
    change_in(session, [&](audit::Work& work) { response = use_case(work); });
    if (delivery) delivery->keep(session, response);
  });
  return response;
}

std::string Call::county_of_area(std::string_view area) const {
  std::string_view known = area.empty() ? std::string_view(principal.area) : area;
  if (known.size() < 6) throw invalid_request({field_missing("area")});
  return county_of(known);
}

registry::PersonKey person_of(const Call& call, db::Session& session, identity::Permission permission) {
  std::optional<registry::PersonKey> key;
  if (auto id = call.path_id("person")) {
    // Only where the principal may look: elsewhere not even the time of the search depends on who is there.
    std::vector<std::string> areas = {call.principal.area};
    for (const identity::EmergencyGrant& grant : call.principal.emergencies) areas.push_back(grant.area);
    for (const std::string& area : areas) {
      if (!key) key = registry::find_person(session, area, *id);
    }
  }
  if (!key || !identity::reaches(call.principal, registry::area_of(session, *key), permission)) {
    throw registry::unknown_person();
  }
  return *key;
}

void require_match(const http::Request& request, const std::string& etag) {
  const std::string* given = request.header("If-Match");
  if (!given) throw precondition_needed();
  if (!http::names_etag(*given, etag)) throw precondition_failed();
}

std::string etag_of(std::string_view state) {
  return "\"" + crypto::to_hex(crypto::sha256(state).substr(0, 16)) + "\"";
}

}  // namespace tanfang::app::server
