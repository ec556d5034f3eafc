// The one wrapper around every route of the interface: who asks, what they may, and how it is answered.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/server/call.h"
#include "platform/http/router.h"

namespace tanfang::app::server {

/// Who may come to a route at all; the area is asked by the route, once it knows what it is about.
struct Access {
  enum class Kind { anybody, signed_in, permitted, device };
  Kind kind = Kind::permitted;
  std::vector<identity::Permission> any_of;

  static Access anybody() { return {Kind::anybody, {}}; }
  /// Also those who must still enrol a second factor.
  static Access signed_in() { return {Kind::signed_in, {}}; }
  /// A phone that was bound, by the cookie that opens nothing else; also a revoked one.
  static Access device() { return {Kind::device, {}}; }
  /// Whoever is granted one of them; the route asks for the right one once it knows what is wanted.
  static Access needs(std::vector<identity::Permission> any_of) { return {Kind::permitted, std::move(any_of)}; }

  /// `anybody`, `signed_in`, `device`, or the permissions between bars: as the interface's document has it.
  std::string text() const;
  bool grants(const identity::Principal& principal) const;
};

using CallHandler = std::function<http::Response(const Call&)>;
/// What is left to do once the snapshot is over.
using Finish = std::function<http::Response(const Call&)>;
/// The reading part of a request that comes often, in the snapshot that says who asks: one look at the database, not two.
using Look = std::function<Finish(const Call&, db::Session&)>;

struct Endpoint {
  http::Method method = http::Method::get;
  std::string pattern;  // below /api/v1
  Access access;
  CallHandler handler;
  http::BodyRule body;
  Look look = nullptr;  // in place of the handler
  /// What changes something reads no parameters behind `?`, unless it says so here.
  bool reads_query = false;
};

inline constexpr std::string_view kRoot = "/api/v1";
/// `__Host-tanfang` over TLS; without it (loopback) a browser would not take that name.
std::string session_cookie(bool secure);
/// The Set-Cookie field that gives a browser its session, or takes it away.
std::string session_cookie_for(const http::Request& request, const std::string& token,
                               std::optional<std::chrono::seconds> age);

/// `__Host-tanfang-device`, or `tanfang-device` where there is no TLS.
std::string device_cookie(bool secure);
/// The Set-Cookie field that binds a phone, anew on each look at its state; an empty token takes it away.
std::string device_cookie_for(const http::Request& request, const std::string& token);

class Api {
 public:
  void get(std::string pattern, identity::Permission permission, CallHandler handler) {
    add({http::Method::get, std::move(pattern), Access::needs({permission}), std::move(handler), {}});
  }
  void post(std::string pattern, identity::Permission permission, CallHandler handler,
            http::BodyRule body = http::BodyRule::memory()) {
    add({http::Method::post, std::move(pattern), Access::needs({permission}), std::move(handler), body});
  }
  /// Only for who is signed in.
  void post_looking(std::string pattern, identity::Permission permission, Look look) {
    add({http::Method::post, std::move(pattern), Access::needs({permission}), nullptr, http::BodyRule::memory(),
         std::move(look)});
  }
  void put(std::string pattern, identity::Permission permission, CallHandler handler) {
    add({http::Method::put, std::move(pattern), Access::needs({permission}), std::move(handler),
         http::BodyRule::memory()});
  }
  void patch(std::string pattern, identity::Permission permission, CallHandler handler) {
    add({http::Method::patch, std::move(pattern), Access::needs({permission}), std::move(handler),
         http::BodyRule::memory()});
  }
  void del(std::string pattern, identity::Permission permission, CallHandler handler) {
    add({http::Method::del, std::move(pattern), Access::needs({permission}), std::move(handler), {}});
  }
  void add(Endpoint endpoint);

  const std::vector<Endpoint>& endpoints() const { return endpoints_; }
  /// Every endpoint behind the wrapper. The service must outlive the routes.
  void mount(http::Router& router, Service& service, std::string_view root = kRoot) const;

 private:
  std::vector<Endpoint> endpoints_;
};

/// Each adds the routes of one resource; one file a function in `routes/`.
void add_session_routes(Api& api);
void add_sign_on_routes(Api& api);
void add_account_routes(Api& api);
void add_device_routes(Api& api);
void add_bundle_routes(Api& api);
void add_parcel_routes(Api& api);
void add_area_routes(Api& api);
void add_people_routes(Api& api);
void add_visit_routes(Api& api);
void add_people_list_routes(Api& api);
void add_attachment_routes(Api& api);
void add_coverage_routes(Api& api);
void add_plan_routes(Api& api);
void add_assignment_routes(Api& api);
void add_canvass_routes(Api& api);
void add_document_routes(Api& api);
void add_decision_routes(Api& api);
void add_scheme_routes(Api& api);
void add_vocabulary_routes(Api& api);
void add_view_routes(Api& api);
void add_audit_routes(Api& api);
void add_ledger_routes(Api& api);
void add_job_routes(Api& api);
void add_work_routes(Api& api);
void add_backup_routes(Api& api);
/// All of them.
void add_routes(Api& api);

}  // namespace tanfang::app::server
