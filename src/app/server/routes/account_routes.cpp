// Accounts of one's area: invited, changed, switched off; machines and their tokens.
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object to_json(const identity::Account& account) {
  return {{"id", format_id(account.id)},
          {"login", account.login},
          {"name", account.name},
          {"role", to_text(account.role)},
          {"area", account.area},
          {"enabled", account.enabled},
          {"has_password", account.has_password},
          {"has_second_factor", account.has_second_factor},
          {"created_at", format_instant(account.created_at)},
          {"last_sign_in", time_or_null(account.last_sign_in)}};
}

js::object to_json(const identity::Invitation& invitation) {
  js::object made = to_json(invitation.account);
  made["invitation"] = js::object{{"token", invitation.token}, {"ends_at", format_instant(invitation.ends_at)}};
  return made;
}

js::object to_json(const identity::Token& token) {
  js::array permissions;
  for (std::size_t i = 0; i < identity::kPermissions; ++i) {
    if (token.permissions[i]) permissions.emplace_back(to_text(static_cast<Permission>(i)));
  }
  return {{"id", format_id(token.id)},
          {"account", format_id(token.account)},
          {"name", token.name},
          {"permissions", std::move(permissions)},
          {"area", token.area},
          {"made_at", format_instant(token.made_at)},
          {"ends_at", format_instant(token.ends_at)},
          {"last_used", time_or_null(token.last_used)},
          {"revoked_at", time_or_null(token.revoked_at)}};
}

Id account_of(const Call& call) { return call.path_id("account").value_or(Id{}); }

std::optional<identity::Role> role_of(Input& input) {
  auto text = input.optional_text("role");
  if (!text) return std::nullopt;
  auto role = identity::parse_role(*text);
  if (!role) input.refuse(field_type("role", {"已有的角色", "a role that exists"}));
  return role;
}

identity::NewAccount read_account(Body& body) {
  identity::NewAccount fresh;
  fresh.login = body.text("login");
  fresh.name = body.text("name");
  fresh.area = body.optional_area("area").value_or("");
  return fresh;
}

http::Response list_accounts(const Call& call) {
  Query query(call);
  identity::AccountFilter filter;
  filter.area = query.optional_area("area").value_or("");
  filter.role = role_of(query);
  filter.enabled = query.flag("enabled");
  filter.after = query.optional_id("cursor").value_or(Id{});
  filter.limit = query.limit();
  query.finish();
  js::array accounts;
  std::string next;
  call.read([&](db::Session& session) {
    for (const auto& account : identity::list_accounts(session, call.principal, filter)) {
      next = format_id(account.id);
      accounts.push_back(to_json(account));
    }
  });
  bool full = static_cast<std::int64_t>(accounts.size()) == filter.limit;
  return answer_page("accounts", std::move(accounts), full ? next : "");
}

http::Response invite(const Call& call) {
  Body body(call);
  identity::NewAccount fresh = read_account(body);
  auto role = role_of(body);
  if (!role) body.text("role");
  body.finish();
  fresh.role = *role;
  return call.write([&](audit::Work& work) {
    if (fresh.role == identity::Role::machine) {
      return answer_json(to_json(identity::create_machine(work, call.principal, fresh)), 201);
    }
    return answer_json(to_json(identity::invite_account(work, call.service.settings().identity, call.principal, fresh)),
                       201);
  });
}

/// Signing in changes nothing that an edit could tread on.
std::string tag_of(identity::Account account) {
  account.last_sign_in.reset();
  return etag_of(js::serialize(to_json(account)));
}

http::Response answer_account(const identity::Account& account) {
  http::Response response = answer_json(to_json(account));
  response.set("ETag", tag_of(account));
  return response;
}

http::Response show(const Call& call) {
  identity::Account account;
  call.read([&](db::Session& session) { account = identity::load_account(session, call.principal, account_of(call)); });
  return answer_account(account);
}

http::Response change(const Call& call) {
  Body body(call);
  identity::AccountChange change;
  change.name = body.optional_text("name");
  change.role = role_of(body);
  change.area = body.optional_area("area");
  change.enabled = body.flag("enabled");
  body.finish();
  return call.write([&](audit::Work& work) {
    identity::Account before = identity::load_account(work.session, call.principal, account_of(call));
    require_match(call.request, tag_of(before));
    return answer_account(identity::change_account(work, call.principal, before.id, change));
  });
}

http::Response invite_again(const Call& call) {
  return call.write([&](audit::Work& work) {
    return answer_json(
        to_json(identity::invite_again(work, call.service.settings().identity, call.principal, account_of(call))), 201);
  });
}

http::Response end_sessions(const Call& call) {
  return call.write([&](audit::Work& work) {
    std::int64_t ended = identity::end_sessions(work, call.principal, account_of(call));
    return answer_json(js::object{{"ended", ended}});
  });
}

http::Response lift_wait(const Call& call) {
  return call.write([&](audit::Work& work) {
    identity::lift_wait(work, call.principal, account_of(call));
    return http::no_content();
  });
}

http::Response remove_second_factor(const Call& call) {
  return call.write([&](audit::Work& work) {
    identity::remove_second_factor(work, call.principal, account_of(call));
    return http::no_content();
  });
}

http::Response list_tokens(const Call& call) {
  js::array tokens;
  call.read([&](db::Session& session) {
    for (const auto& token : identity::list_tokens(session, call.principal, account_of(call))) {
      tokens.push_back(to_json(token));
    }
  });
  return answer_page("tokens", std::move(tokens), "");
}

http::Response issue_token(const Call& call) {
  Body body(call);
  identity::NewToken fresh;
  fresh.account = account_of(call);
  fresh.name = body.text("name");
  fresh.area = body.optional_area("area").value_or("");
  fresh.ends_at = china_instant(body.date("last_day") + 1);
  for (const std::string& name : body.texts("permissions")) {
    if (auto permission = identity::parse_permission(name)) {
      fresh.permissions.set(static_cast<std::size_t>(*permission));
    } else {
      body.refuse(field_type("permissions", {"已有的权限", "permissions that exist"}));
    }
  }
  body.finish();
  return call.write([&](audit::Work& work) {
    auto issued = identity::issue_token(work, call.service.settings().identity, call.principal, fresh);
    js::object made = to_json(issued.token);
    made["token"] = issued.text;
    return answer_json(made, 201);
  });
}

http::Response revoke_token(const Call& call) {
  Id token = call.path_id("token").value_or(Id{});
  return call.write([&](audit::Work& work) {
    identity::revoke_token(work, call.principal, token);
    return http::no_content();
  });
}

}  // namespace

void add_account_routes(Api& api) {
  api.get("/accounts", Permission::accounts_read, list_accounts);
  api.post("/accounts", Permission::accounts_manage, invite);
  api.get("/accounts/{account}", Permission::accounts_read, show);
  api.patch("/accounts/{account}", Permission::accounts_manage, change);
  api.post("/accounts/{account}/invitation", Permission::accounts_manage, invite_again);
  api.del("/accounts/{account}/sessions", Permission::security_manage, end_sessions);
  api.del("/accounts/{account}/wait", Permission::security_manage, lift_wait);
  api.del("/accounts/{account}/second-factor", Permission::security_manage, remove_second_factor);
  const Access sees_tokens = Access::needs({Permission::tokens_manage, Permission::security_manage});
  api.add({http::Method::get, "/accounts/{account}/tokens", sees_tokens, list_tokens, {}});
  api.post("/accounts/{account}/tokens", Permission::tokens_manage, issue_token);
  api.add({http::Method::del, "/tokens/{token}", sees_tokens, revoke_token, {}});
}

}  // namespace tanfang::app::server
