// One request on its way through the wrapper: who asks, when, and the one transaction it may have.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/server/service.h"
#include "identity/identity.h"
#include "platform/http/request.h"
#include "platform/http/response.h"

namespace tanfang::app::server {

class Call {
 public:
  Call(Service& service, const http::Request& request, identity::Principal principal, std::string session_token)
      : service(service),
        request(request),
        principal(std::move(principal)),
        session_token(std::move(session_token)),
        now(service.now()) {}

  Service& service;
  const http::Request& request;
  const identity::Principal principal;
  const std::string session_token;  // "" where it came otherwise
  const Instant now;
  /// Where the route is a phone's: which one. Revoked ones come so far as well.
  std::optional<identity::Device> device = std::nullopt;

  Date today() const { return china_date(now); }
  /// One consistent snapshot.
  void read(const std::function<void(db::Session&)>& look) const { service.database().read(look); }
  /// One transaction in which a use case changes something and records it. With the header `Idempotency-Key` a second
  /// delivery gets the first one's answer and changes nothing. Throws Problem `idempotency.key`, `idempotency.reused`.
  http::Response write(const std::function<http::Response(audit::Work&)>& use_case) const;

  /// The same without the header: for what was revealed and the secrets of who asks, which nobody keeps.
  http::Response write_unkept(const std::function<http::Response(audit::Work&)>& use_case) const;
  /// The same for what is idempotent by itself.
  void change(const std::function<void(audit::Work&)>& use_case) const;

  /// Throws Problem `identity.forbidden`, `identity.outside_area`.
  void require(identity::Permission permission, std::string_view area) const {
    identity::require(principal, permission, area);
  }
  /// The parameters behind `?` are being read: Query says so.
  void note_query() const { query_read_ = true; }
  /// Parameters to a route that reads none: told, so that a misspelt filter does not pass for one that finds everything.
  /// Throws Problem `request.invalid`.
  void refuse_unread_query() const;
  /// The id in the path; nullopt where it is none.
  std::optional<Id> path_id(std::string_view name) const { return parse_id(request.path_parameter(name)); }
  /// The county that the principal works in, or that the area lies in. Throws Problem `request.invalid` where neither
  /// names one.
  std::string county_of_area(std::string_view area) const;

 private:
  void change_in(db::Session& session, const std::function<void(audit::Work&)>& use_case) const;

  mutable bool query_read_ = false;
};

/// The person of the path (`{person}`), where the principal reaches them for `permission`; anybody else is unknown.
/// Throws Problem `person.unknown`.
registry::PersonKey person_of(const Call& call, db::Session& session, identity::Permission permission);

/// The header `If-Match` against the present tag. Throws Problem `precondition.needed`, `precondition.failed`.
void require_match(const http::Request& request, const std::string& etag);
/// `"…"` around a digest of `state`.
std::string etag_of(std::string_view state);

}  // namespace tanfang::app::server
