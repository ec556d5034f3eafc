// Signing on through a county's own platform (OpenID Connect), and linking accounts to it.
#include <boost/json.hpp>

#include "app/oidc/oidc_problems.h"
#include "app/oidc/provider.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "platform/http/cookies.h"
#include "platform/http/percent.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::chrono::seconds kAttemptLife{600};

std::string attempt_cookie(const http::Request& request) {
  return request.secure ? "__Host-tanfang-sign-on" : "tanfang-sign-on";
}

void set_attempt(const http::Request& request, http::Response& response, const std::string& value) {
  response.add("Set-Cookie", http::set_cookie({.name = attempt_cookie(request),
                                               .value = value,
                                               .max_age = value.empty() ? std::chrono::seconds(0) : kAttemptLife,
                                               .secure = request.secure,
                                               .same_site = http::SameSite::lax}));
}

/// What the browser's secret gives for one attempt; both fit PKCE and a nonce.
oidc::Proofs proofs_of(const Service& service, const std::string& state, const std::string& browser) {
  auto derived = [&](std::string_view purpose) {
    return crypto::to_hex(service.keys().keyed_hash(purpose, state + browser));
  };
  return {derived("sign_on_nonce"), derived("sign_on_verifier")};
}

const std::string& issuer_of(const Call& call) {
  if (!call.service.sign_on().is_on()) throw oidc::sign_on_off();
  return call.service.settings().oidc.issuer;
}

http::Response show_platform(const Call& call) {
  js::value name(nullptr);
  if (call.service.sign_on().is_on()) name = js::value(call.service.settings().oidc.name);
  return answer_json(js::object{{"name", name}});
}

http::Response begin(const Call& call, Id account) {
  issuer_of(call);
  identity::SignOnAttempt attempt;
  call.service.database().write(
      [&](db::Session& session) { attempt = identity::begin_sign_on(session, call.now, account); });
  std::string location = call.service.sign_on().authorization_url(
      call.now, attempt.state, proofs_of(call.service, attempt.state, attempt.browser));
  http::Response response = answer_json(js::object{{"location", location}}, 201);
  set_attempt(call.request, response, attempt.browser);
  return response;
}

http::Response begin_sign_on(const Call& call) { return begin(call, Id{}); }

http::Response begin_link(const Call& call) { return begin(call, call.principal.account); }

/// The subject that the platform vouches for, and whose account is to be linked to it (zero: who signs in).
struct Arrived {
  std::string subject;
  Id links;
};

Arrived arrive(const Call& call) {
  const std::string& issuer = issuer_of(call);
  Query query(call);
  std::string state = query.optional_text("state").value_or("");
  std::string code = query.optional_text("code").value_or("");
  std::string browser = http::find_cookie(call.request, attempt_cookie(call.request)).value_or("");
  Arrived arrived;
  call.service.database().write(
      [&](db::Session& session) { arrived.links = identity::take_sign_on(session, call.now, state, browser); });
  // Not another platform's answer (RFC 9207).
  if (query.optional_text("iss").value_or(issuer) != issuer || code.empty()) throw oidc::sign_on_declined();
  arrived.subject = call.service.sign_on().subject_of(call.now, code, proofs_of(call.service, state, browser));
  return arrived;
}

void link_arrived(const Call& call, const Arrived& arrived) {
  if (call.principal.account != arrived.links) throw oidc::sign_on_other_account();
  call.change(
      [&](audit::Work& work) { identity::link_own_identity(work, call.principal, issuer_of(call), arrived.subject); });
}

http::Response to_page(const std::string& path) {
  http::Response response;
  response.status = 303;
  response.set("Location", path);
  return response;
}

/// The browser comes here itself: it is sent on to a page, also where it is refused.
http::Response finish(const Call& call) {
  http::Response response = to_page("/desk/");
  try {
    Arrived arrived = arrive(call);
    if (arrived.links.value != 0) {
      link_arrived(call, arrived);
    } else {
      auto started = identity::sign_in_linked(call.service.identity(), call.now, issuer_of(call), arrived.subject);
      response.add("Set-Cookie", session_cookie_for(call.request, started.token, std::nullopt));
    }
  } catch (const Problem& problem) {
    response = to_page("/sign-in?refused=" + http::percent_encoded(problem.code));
  }
  set_attempt(call.request, response, "");
  return response;
}

http::Response unlink_own(const Call& call) {
  return call.write([&](audit::Work& work) {
    identity::unlink_own_identity(work, call.principal, issuer_of(call));
    return http::no_content();
  });
}

Id account_of(const Call& call) { return call.path_id("account").value_or(Id{}); }

http::Response link(const Call& call) {
  Body body(call);
  std::string subject = body.text("subject");
  body.finish();
  return call.write([&](audit::Work& work) {
    identity::link_identity(work, call.principal, account_of(call), issuer_of(call), subject);
    return http::no_content();
  });
}

http::Response unlink(const Call& call) {
  return call.write([&](audit::Work& work) {
    identity::unlink_identity(work, call.principal, account_of(call), issuer_of(call));
    return http::no_content();
  });
}

}  // namespace

void add_sign_on_routes(Api& api) {
  using http::Method;
  api.add({Method::get, "/sign-on", Access::anybody(), show_platform, {}});
  api.add({Method::post, "/sign-on", Access::anybody(), begin_sign_on, {}});
  api.add({Method::get, "/sign-on/callback", Access::anybody(), finish, {}});
  api.add({Method::post, "/session/sign-on", Access::signed_in(), begin_link, {}});
  api.add({Method::del, "/session/sign-on", Access::signed_in(), unlink_own, {}});
  api.post("/accounts/{account}/sign-on", Permission::accounts_manage, link);
  api.del("/accounts/{account}/sign-on", Permission::accounts_manage, unlink);
}

}  // namespace tanfang::app::server
