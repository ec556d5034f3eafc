// What phones send, and what an office does with what a revoked one still sends.
#include <boost/json.hpp>

#include "app/field/deliveries.h"
#include "app/field/field_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/mask.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// Some 750 KB before it is sealed and written in base64.
constexpr std::size_t kLargestBody = 1u << 20;

field::Ground ground_of(const Call& call) {
  return {call.service.database(), call.service.keys(), call.service.ids(), call.service.rooms().visits};
}

std::string bytes_of(Body& body, const js::object* sealed, const char* name) {
  const js::value* given = sealed ? sealed->if_contains(name) : nullptr;
  auto bytes = given && given->is_string() ? crypto::from_base64(std::string_view(given->get_string())) : std::nullopt;
  if (!bytes) body.refuse(field_type("sealed." + std::string(name), {"base64 文字", "base64"}));
  return bytes.value_or("");
}

field::Delivery read_delivery(const Call& call) {
  Body body(call);
  field::Delivery delivery;
  delivery.key = body.text("key");
  delivery.kind = body.text("kind");
  delivery.sealed_on = body.optional_id("device").value_or(Id{});
  std::string sent_at = body.text("sent_at");
  body.integer("saved_order", 0, std::int64_t{1} << 52);
  const js::value* given = body.value("sealed");
  const js::object* sealed = given ? given->if_object() : nullptr;
  delivery.sealed.wrapped_key = bytes_of(body, sealed, "wrapped_key");
  delivery.sealed.iv = bytes_of(body, sealed, "iv");
  delivery.sealed.data = bytes_of(body, sealed, "data");
  const js::value* key = sealed ? sealed->if_contains("key_id") : nullptr;
  if (key && key->is_string()) delivery.key_id = parse_id(std::string_view(key->get_string())).value_or(Id{});
  auto instant = parse_instant(sent_at);
  if (!instant && !sent_at.empty()) body.refuse(field_type("sent_at", {"时间（RFC 3339）", "a time (RFC 3339)"}));
  delivery.sent_at = instant.value_or(Instant{});
  body.finish();
  return delivery;
}

js::array notices_json(const std::vector<FieldProblem>& notices) {
  js::array list;
  for (const FieldProblem& notice : notices) {
    list.push_back(js::object{{"field", notice.field}, {"code", notice.code}, {"words", field::to_json(notice.text)}});
  }
  return list;
}

js::object verdict_json(std::string_view state, const field::Verdict& verdict) {
  js::object told{{"state", state}, {"notices", notices_json(verdict.notices)}};
  if (verdict.id.value != 0) told["id"] = format_id(verdict.id);
  if (verdict.applied) told["applied"] = *verdict.applied;
  return told;
}

/// What a kind refuses is a verdict; what cannot be read at all is a fault of the request.
bool is_fault_of_request(const Problem& problem) {
  return problem.code == "parcel.unreadable" || problem.status >= 500;
}

http::Response receive(const Call& call) {
  field::Delivery delivery = read_delivery(call);
  try {
    field::Receipt receipt = field::receive_parcel(ground_of(call), call.now, *call.device, delivery);
    js::object told = verdict_json(to_text(receipt.state), receipt.verdict);
    if (receipt.clock_off != 0) told["clock_off_seconds"] = receipt.clock_off / 1000;
    return answer_json(told);
  } catch (const Problem& problem) {
    if (is_fault_of_request(problem)) throw;
    js::object told = verdict_json("refused", {});
    told["problem"] = js::parse(http::problem_response(problem, call.request.id).body);
    return answer_json(told);
  }
}

js::object to_json(const Call& call, db::Session& session, const field::SetAside& parcel) {
  js::object told{{"parcel", format_id(parcel.id)},
                  {"device", format_id(parcel.device)},
                  {"account", format_id(parcel.account.id)},
                  {"login", parcel.account.login},
                  {"name", parcel.account.name},
                  {"kind", parcel.kind},
                  {"received_at", format_instant(parcel.received_at)},
                  {"why", parcel.why}};
  auto key =
      parcel.person ? registry::find_person(session, parcel.account.area.substr(0, 6), *parcel.person) : std::nullopt;
  if (key && identity::reaches(call.principal, registry::area_of(session, *key), Permission::people_read)) {
    registry::Person person = registry::load_person(session, call.service.keys(), *key);
    told["person"] = js::object{{"id", format_id(key->id)}, {"name", mask_name(person.name)}};
  }
  return told;
}

http::Response list(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  Id after = query.optional_id("cursor").value_or(Id{});
  int limit = query.limit();
  query.finish();
  call.require(Permission::visits_correct, area);
  js::array parcels;
  std::string next;
  call.read([&](db::Session& session) {
    for (const field::SetAside& parcel : field::list_set_aside(session, area, after, limit)) {
      next = format_id(parcel.id);
      parcels.push_back(to_json(call, session, parcel));
    }
  });
  bool full = parcels.size() == static_cast<std::size_t>(limit);
  return answer_page("set_aside", std::move(parcels), full ? next : "");
}

http::Response accept(const Call& call) {
  return call.write([&](audit::Work& work) {
    field::Verdict verdict = field::accept_set_aside(work, call.service.rooms().visits, call.principal,
                                                     call.path_id("parcel").value_or(Id{}));
    return answer_json(verdict_json(verdict.repeated ? "repeated" : "received", verdict));
  });
}

http::Response reject(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    field::reject_set_aside(work, call.principal, call.path_id("parcel").value_or(Id{}), reason);
    return http::no_content();
  });
}

}  // namespace

void add_parcel_routes(Api& api) {
  http::BodyRule json = http::BodyRule::memory(64u << 10);
  api.add({http::Method::post, "/device/parcels", Access::device(), receive, http::BodyRule::memory(kLargestBody)});
  api.get("/set-aside", Permission::visits_correct, list);
  api.post("/set-aside/{parcel}/acceptance", Permission::visits_correct, accept, json);
  api.post("/set-aside/{parcel}/rejection", Permission::visits_correct, reject, json);
}

}  // namespace tanfang::app::server
