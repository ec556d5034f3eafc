// Signing in and out, the second factor, one's own sessions, emergency access and notices.
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

js::object to_json(const identity::Principal& principal) {
  js::array permissions;
  for (std::size_t i = 0; i < identity::kPermissions; ++i) {
    if (principal.permissions[i]) permissions.emplace_back(to_text(static_cast<identity::Permission>(i)));
  }
  js::array emergencies;
  for (const identity::EmergencyGrant& grant : principal.emergencies) {
    emergencies.push_back(js::object{{"area", grant.area}, {"ends_at", format_instant(grant.ends_at)}});
  }
  const Words& role = identity::name_of(principal.role);
  return {{"account", format_id(principal.account)},
          {"login", principal.login},
          {"name", principal.name},
          {"role", to_text(principal.role)},
          {"role_name", js::object{{"zh", role.zh}, {"en", role.en}}},
          {"area", principal.area},
          {"permissions", std::move(permissions)},
          {"must_enrol", principal.must_enrol},
          {"emergencies", std::move(emergencies)}};
}

http::Response sign_in(const Call& call) {
  Body body(call);
  identity::SignIn given{body.text("login"), body.raw_text("password"), body.optional_text("code").value_or(""),
                         call.request.peer};
  body.finish();
  identity::StartedSession started = identity::sign_in(call.service.identity(), call.now, given);
  js::object session = to_json(started.principal);
  session["csrf"] = started.csrf;
  session["ends_at"] = format_instant(started.ends_at);
  http::Response response = answer_json(session, 201);
  response.add("Set-Cookie", session_cookie_for(call.request, started.token, std::nullopt));
  return response;
}

http::Response show_session(const Call& call) {
  js::object session = to_json(call.principal);
  if (!call.session_token.empty()) session["csrf"] = identity::csrf_of(call.service.keys(), call.session_token);
  return answer_json(session);
}

http::Response sign_out(const Call& call) {
  http::Response response = call.write_unkept([&](audit::Work& work) {
    identity::sign_out(work, call.principal);
    return http::no_content();
  });
  response.add("Set-Cookie", session_cookie_for(call.request, "", std::chrono::seconds(0)));
  return response;
}

http::Response list_sessions(const Call& call) {
  js::array sessions;
  call.read([&](db::Session& session) {
    for (const auto& entry : identity::list_sessions(session, call.principal, call.now)) {
      sessions.push_back(js::object{{"id", format_id(entry.id)},
                                    {"current", entry.id == call.principal.arrived_with},
                                    {"started_at", format_instant(entry.started_at)},
                                    {"last_used", format_instant(entry.last_used)},
                                    {"ends_at", format_instant(entry.ends_at)}});
    }
  });
  return answer_page("sessions", std::move(sessions), "");
}

http::Response end_session(const Call& call) {
  Id session = call.path_id("session").value_or(Id{});
  return call.write([&](audit::Work& work) {
    identity::end_session(work, call.principal, session);
    return http::no_content();
  });
}

http::Response change_password(const Call& call) {
  Body body(call);
  std::string old_password = body.raw_text("old_password");
  std::string new_password = body.raw_text("new_password");
  body.finish();
  identity::change_password(call.service.identity(), call.now, call.principal,
                            {old_password, new_password, call.request.peer});
  return http::no_content();
}

http::Response begin_second_factor(const Call& call) {
  return call.write_unkept([&](audit::Work& work) {
    auto enrolment = identity::begin_second_factor(work, call.service.settings().identity, call.principal);
    return answer_json(js::object{{"secret", enrolment.secret}, {"uri", enrolment.uri}}, 201);
  });
}

http::Response confirm_second_factor(const Call& call) {
  Body body(call);
  std::string code = body.text("code");
  body.finish();
  return call.write_unkept([&](audit::Work& work) {
    js::array codes;
    for (const std::string& recovery : identity::confirm_second_factor(work, call.principal, code)) {
      codes.emplace_back(recovery);
    }
    return answer_json(js::object{{"recovery_codes", std::move(codes)}});
  });
}

/// The token travels in the body, never in a path that logs keep.
http::Response show_invitation(const Call& call) {
  Body body(call);
  std::string token = body.text("token");
  body.finish();
  std::optional<identity::Account> account;
  call.read([&](db::Session& session) { account = identity::find_invited(session, call.now, token); });
  if (!account) throw invitation_over();
  return answer_json(js::object{{"login", account->login}, {"name", account->name}, {"role", to_text(account->role)}});
}

http::Response accept_invitation(const Call& call) {
  Body body(call);
  std::string token = body.text("token");
  std::string password = body.raw_text("password");
  body.finish();
  identity::Account account = identity::accept_invitation(call.service.identity(), call.now, token, password);
  return answer_json(js::object{{"login", account.login}}, 201);
}

http::Response open_emergency(const Call& call) {
  Body body(call);
  std::string area = body.area("area");
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    Instant ends = identity::open_emergency(work, call.service.settings().identity, call.principal, area, reason);
    return answer_json(js::object{{"area", area}, {"ends_at", format_instant(ends)}}, 201);
  });
}

http::Response list_notices(const Call& call) {
  Query query(call);
  int limit = query.limit();
  Id before = query.optional_id("cursor").value_or(Id{});
  query.finish();
  js::array notices;
  std::string next;
  call.read([&](db::Session& session) {
    for (const auto& notice : identity::list_notices(session, call.principal, before, limit)) {
      next = format_id(notice.id);
      notices.push_back(js::object{{"id", next},
                                   {"area", notice.area},
                                   {"kind", notice.kind},
                                   {"login", notice.login},
                                   {"name", notice.name},
                                   {"reason", notice.reason},
                                   {"at", format_instant(notice.at)},
                                   {"ends_at", format_instant(notice.ends_at)}});
    }
  });
  bool full = notices.size() == static_cast<std::size_t>(limit);
  return answer_page("notices", std::move(notices), full ? next : "");
}

}  // namespace

void add_session_routes(Api& api) {
  using http::Method;
  using identity::Permission;
  http::BodyRule json = http::BodyRule::memory(64u << 10);
  api.add({Method::post, "/sessions", Access::anybody(), sign_in, json});
  api.add({Method::get, "/session", Access::signed_in(), show_session, {}});
  api.add({Method::del, "/session", Access::signed_in(), sign_out, {}});
  api.add({Method::get, "/sessions", Access::signed_in(), list_sessions, {}});
  api.add({Method::del, "/sessions/{session}", Access::signed_in(), end_session, {}});
  api.add({Method::put, "/session/password", Access::signed_in(), change_password, json});
  api.add({Method::post, "/session/second-factor", Access::signed_in(), begin_second_factor, json});
  api.add({Method::post, "/session/second-factor/confirmation", Access::signed_in(), confirm_second_factor, json});
  api.add({Method::post, "/invitations/lookup", Access::anybody(), show_invitation, json});
  api.add({Method::post, "/invitations/acceptance", Access::anybody(), accept_invitation, json});
  api.post("/emergency-access", Permission::emergency_access, open_emergency, json);
  api.get("/notices", Permission::notices_read, list_notices);
}

}  // namespace tanfang::app::server
