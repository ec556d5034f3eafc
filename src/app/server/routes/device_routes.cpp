// Phones: invited and revoked by offices, bound by their owners, and what a phone is told of itself.
#include <boost/json.hpp>

#include "app/field/field_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

http::Response invite(const Call& call) {
  return call.write([&](audit::Work& work) {
    identity::Invitation made = identity::invite_device(work, call.principal, call.path_id("account").value_or(Id{}));
    return answer_json(js::object{{"token", made.token}, {"expires_at", format_instant(made.ends_at)}}, 201);
  });
}

/// The token travels in the body, never in a path that logs keep.
http::Response lookup(const Call& call) {
  Body body(call);
  std::string token = body.text("token");
  body.finish();
  std::optional<identity::Invitation> link;
  js::object told;
  call.read([&](db::Session& session) {
    link = identity::find_device_invited(session, call.now, token);
    if (link) told = field::account_json(session, link->account, call.today());
  });
  if (!link) throw device_link_over();
  told.erase("login");
  told["expires_at"] = format_instant(link->ends_at);
  return answer_json(told);
}

js::object state_json(const Call& call, db::Session& session, const identity::Device& device,
                      const field::PublicKey& key) {
  return {{"device", format_id(device.id)},
          {"state", to_text(device.state)},
          {"server_time", format_instant(call.now)},
          {"account", field::account_json(session, device.account, call.today())},
          {"key", field::to_json(key)}};
}

field::PublicKey key_of(const Call& call) {
  return field::public_key(call.service.database(), call.service.keys(), call.service.ids(), call.now);
}

http::Response tell_state(const Call& call, const identity::Device& device, const std::string& token, int status) {
  field::PublicKey key = key_of(call);
  js::object state;
  call.read([&](db::Session& session) { state = state_json(call, session, device, key); });
  http::Response response = answer_json(state, status);
  response.add("Set-Cookie", device_cookie_for(call.request, token));
  return response;
}

http::Response bind(const Call& call) {
  Body body(call);
  identity::NewDevice fresh{body.text("token"), body.text("label"), body.text("reading_digest")};
  body.finish();
  fresh.reading_digest = crypto::from_base64(fresh.reading_digest).value_or("");
  identity::BoundDevice bound = identity::bind_device(call.service.identity(), call.now, fresh);
  return tell_state(call, bound.device, bound.token, 201);
}

http::Response show(const Call& call) { return tell_state(call, *call.device, call.session_token, 200); }

http::Response sign_off(const Call& call) {
  http::Response response = call.write_unkept([&](audit::Work& work) {
    identity::sign_device_off(work, *call.device);
    return http::no_content();
  });
  response.add("Set-Cookie", device_cookie_for(call.request, ""));
  return response;
}

js::object to_json(const identity::Device& device) {
  return {{"id", format_id(device.id)},
          {"account", format_id(device.account.id)},
          {"login", device.account.login},
          {"name", device.account.name},
          {"role", to_text(device.account.role)},
          {"area", device.account.area},
          {"label", device.label},
          {"state", to_text(device.state)},
          {"bound_at", format_instant(device.bound_at)},
          {"last_used", format_instant(device.last_used)},
          {"revoked_at", time_or_null(device.revoked_at)}};
}

http::Response list(const Call& call) {
  Query query(call);
  identity::DeviceFilter filter;
  filter.area = query.optional_area("area").value_or("");
  filter.account = query.optional_id("account").value_or(Id{});
  filter.after = query.optional_id("cursor").value_or(Id{});
  filter.limit = query.limit();
  query.finish();
  js::array devices;
  std::string next;
  call.read([&](db::Session& session) {
    for (const identity::Device& device : identity::list_devices(session, call.principal, filter)) {
      next = format_id(device.id);
      devices.push_back(to_json(device));
    }
  });
  bool full = static_cast<std::int64_t>(devices.size()) == filter.limit;
  return answer_page("devices", std::move(devices), full ? next : "");
}

http::Response revoke(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  Id device = call.path_id("device").value_or(Id{});
  return call.write([&](audit::Work& work) {
    identity::revoke_device(work, call.principal, device, reason);
    return answer_json(to_json(*identity::find_device(work.session, device)));
  });
}

}  // namespace

void add_device_routes(Api& api) {
  using http::Method;
  http::BodyRule json = http::BodyRule::memory(64u << 10);
  api.post("/accounts/{account}/device-invitation", Permission::accounts_manage, invite, json);
  api.add({Method::post, "/device-invitations/lookup", Access::anybody(), lookup, json});
  api.add({Method::post, "/devices", Access::anybody(), bind, json});
  api.get("/devices", Permission::accounts_read, list);
  api.post("/devices/{device}/revocation", Permission::accounts_manage, revoke, json);
  api.add({Method::get, "/device", Access::device(), show, {}});
  api.add({Method::del, "/device", Access::device(), sign_off, {}});
}

}  // namespace tanfang::app::server
