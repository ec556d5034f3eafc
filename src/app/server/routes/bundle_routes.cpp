// What a phone keeps of its people.
#include <boost/json.hpp>

#include "app/field/bundle.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::server {
namespace {

http::Response bundle(const Call& call) {
  Body body(call);
  std::string cursor = body.optional_text("cursor").value_or("");
  body.finish();
  const std::string* secret = call.request.header("X-Tanfang-Reading");
  identity::check_reading(call.service.identity(), call.now, *call.device,
                          crypto::from_base64(secret ? *secret : "").value_or(""));
  const Service& service = call.service;
  field::PublicKey key = field::public_key(service.database(), service.keys(), service.ids(), call.now);
  boost::json::object told;
  std::int64_t people = 0;
  call.read([&](db::Session& session) {
    people = field::compose_bundle(session, {service.rooms(), service.keys()}, call.now, call.device->account, key,
                                   cursor, told);
  });
  if (people > 0) call.change([&](audit::Work& work) { field::record_bundle(work, *call.device, people); });
  http::Response response = answer_json(told);
  response.add("Set-Cookie", device_cookie_for(call.request, call.session_token));
  return response;
}

}  // namespace

void add_bundle_routes(Api& api) {
  api.add({http::Method::post, "/device/bundle", Access::device(), bundle, http::BodyRule::memory(256u << 10)});
}

}  // namespace tanfang::app::server
