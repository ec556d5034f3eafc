// Visits: records and attempts, corrections, strikes, and looking them up.
#include <boost/json.hpp>

#include "app/json/visits_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/record_names.h"
#include "app/server/routes/visit_reached.h"
#include "app/server/server_problems.h"
#include "platform/json/json.h"
#include "visits/for_scans.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// The part of its county that the principal works in; who is above all counties records no visits.
std::string recording_area(const Call& call) {
  if (call.principal.area.size() < 6) throw invalid_request({field_missing("area")});
  return call.principal.area;
}

/// A visitor speaks for nobody else; an office enters what is on paper.
void name_visitor(const Call& call, visits::VisitEntry& entry) {
  if (entry.visitor.empty() || call.principal.role == identity::Role::visitor) entry.visitor = call.principal.login;
}

visits::PreparedVisit prepare(const Call& call, db::Session& session, visits::VisitEntry entry) {
  name_visitor(call, entry);
  return visits::prepare_visit(session, call.service.rooms().visits, call.service.keys(), call.service.ids(), call.now,
                               recording_area(call), entry);
}

/// What was checked in a snapshot, in a short transaction.
http::Response store(const Call& call, const visits::PreparedVisit& prepared) {
  visits::Recorded recorded{prepared.repeats, visits::Recording::repeated, {}};
  if (prepared.repeats.value == 0) {
    const visits::Ground& ground = call.service.rooms().visits;
    call.change([&](audit::Work& work) { recorded = visits::record_visit(work, ground, prepared); });
  }
  bool repeated = recorded.status == visits::Recording::repeated;
  http::Response response = http::json_response(recorded_json(prepared.key, recorded), repeated ? 200 : 201);
  response.set("Location", std::string(kRoot) + "/visits/" + format_id(recorded.id));
  return response;
}

visits::VisitEntry read_entry(const Call& call) {
  if (call.request.media_type() != "application/json") throw body_type();
  std::string key;
  return visits::read_entry(call.request.body, key);
}

Finish record(const Call& call, db::Session& session) {
  return [prepared = prepare(call, session, read_entry(call))](const Call& same) { return store(same, prepared); };
}

/// The body is the new record, with the `reason` beside it.
http::Response correct(const Call& call) {
  if (call.request.media_type() != "application/json") throw body_type();
  js::value body = json::parse(call.request.body);
  std::string reason;
  if (js::object* object = body.if_object()) {
    if (const js::value* given = object->if_contains("reason"); given && given->is_string()) {
      reason = std::string(given->get_string());
    }
    object->erase("reason");
  }
  std::string key;
  visits::VisitEntry entry = visits::read_entry(js::serialize(body), key);
  visits::PreparedVisit prepared;
  call.read([&](db::Session& session) {
    try {
      prepared = prepare(call, session, entry);
    } catch (const Problem& problem) {
      // A picture that is in the county no more may have been taken out of this record, which says more.
      if (problem.code != "visit.invalid") throw;
      visits::Visit wrong = visit_of(call, session, Permission::visits_correct);
      visits::require_not_taken_out(session, wrong.county, wrong.id, entry.attachments);
      throw;
    }
    if (prepared.repeats.value != 0) return;
    visits::make_correction(prepared, visit_of(call, session, Permission::visits_correct).id, reason);
  });
  return store(call, prepared);
}

http::Response strike(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    visits::Visit visit = visit_of(call, work.session, Permission::visits_strike);
    visits::strike_visit(work, call.service.rooms().visits, visit.county, visit.id, reason);
    return http::json_response(visit_json(visits::load_visit(work.session, work.keys, visit.county, visit.id)));
  });
}

http::Response reveal(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write_unkept([&](audit::Work& work) {
    visits::Visit visit = visit_of(call, work.session, Permission::reveal);
    identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
    return http::json_response(visit_json(visits::reveal_visit(work, visit.county, visit.id, reason)));
  });
}

http::Response show(const Call& call) {
  http::Response response;
  call.read([&](db::Session& session) {
    visits::Visit visit = visit_of(call, session, Permission::visits_read);
    response = http::json_response(RecordNames(session, {visit}).named(visit));
  });
  return response;
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (int i = 0; i < schemes::kMethodCount; ++i) names.emplace_back(name_of(static_cast<schemes::Method>(i)));
  return names;
}

/// Records and attempts, or attempts only.
/// Bytes of a record in a list, roughly.
constexpr std::size_t kBesideFindings = 700;

http::Response list_records(const Call& call, bool attempts) {
  Query query(call);
  visits::VisitFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  filter.from = query.optional_date("from").value_or(call.today() - 366);
  filter.to = query.optional_date("to").value_or(call.today());
  filter.person = query.optional_id("person").value_or(Id{});
  filter.visitor = query.optional_text("visitor").value_or("");
  if (filter.to < filter.from) {
    query.refuse(field_type("to", {"不早于 from 的日期", "a date that is not before `from`"}));
  }
  filter.method = query.choice("method", method_names());
  if (attempts) {
    filter.outcome = query.choice("outcome", {"not_home", "refused"});
    if (filter.outcome.empty()) filter.outcome = visits::kAnyAttempt;
  } else {
    filter.outcome = query.choice("outcome", {"met", "not_home", "refused"});
  }
  filter.limit = query.limit();
  bool named = query.flag("names").value_or(false);
  // The last record of the page before, with its day.
  if (auto place = query.cursor()) {
    filter.before_day = Date::parse(place->word);
    if (!filter.before_day) throw cursor_malformed();
    filter.before = place->id;
  }
  if (filter.area.size() < 6)
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  query.finish();
  call.require(Permission::visits_read, filter.area);
  std::vector<visits::Visit> found;
  std::optional<RecordNames> names;
  call.read([&](db::Session& session) {
    found = visits::find_visits(session, call.service.keys(), filter);
    if (named) names.emplace(session, found);
  });
  std::string text = attempts ? "{\"attempts\":[" : "{\"visits\":[";
  std::size_t size = 0;
  for (const visits::Visit& visit : found) size += kBesideFindings + 2 * visit.findings.size();
  text.reserve(size);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0) text += ',';
    names ? void(text += names->named(found[i])) : append_visit(text, found[i]);
  }
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  std::string next = "null";
  if (full) next = "\"" + china_date(found.back().started_at).iso() + "." + format_id(found.back().id) + "\"";
  text.append("],\"next\":").append(next).append("}");
  return http::json_response(std::move(text));
}

}  // namespace

visits::Visit visit_of(const Call& call, db::Session& session, Permission permission) {
  Id id = call.path_id("visit").value_or(Id{});
  auto county = visits::find_county_of_visit(session, call.principal.area, id);
  if (!county) throw visits::unknown_record();
  visits::Visit visit = visits::load_visit(session, call.service.keys(), *county, id);
  std::string area = registry::area_of(session, {visit.county, visit.person});
  if (!identity::reaches(call.principal, area, permission)) throw visits::unknown_record();
  return visit;
}

void add_visit_routes(Api& api) {
  api.post_looking("/visits", Permission::visits_record, record);
  api.get("/visits", Permission::visits_read, [](const Call& call) { return list_records(call, false); });
  api.get("/attempts", Permission::visits_read, [](const Call& call) { return list_records(call, true); });
  api.get("/visits/{visit}", Permission::visits_read, show);
  api.post("/visits/{visit}/corrections", Permission::visits_correct, correct);
  api.post("/visits/{visit}/strike", Permission::visits_strike, strike);
  api.post("/visits/{visit}/reveal", Permission::reveal, reveal);
}

}  // namespace tanfang::app::server
