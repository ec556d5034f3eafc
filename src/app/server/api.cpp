#include "app/server/api.h"

#include <algorithm>
#include <cstdlib>

#include "app/server/routes/export_routes.h"
#include "app/server/routes/field_routes.h"
#include "app/server/routes/paper_routes.h"
#include "app/server/routes/report_routes.h"
#include "app/server/routes/scan_routes.h"
#include "app/server/server_problems.h"
#include "base/outage.h"
#include "base/text.h"
#include "platform/http/cookies.h"
#include "platform/http/network.h"

namespace tanfang::app::server {
namespace {

bool changes(http::Method method) { return method != http::Method::get && method != http::Method::head; }

/// Browsers say so themselves; machines do not send the header.
void refuse_other_sites(const http::Request& request) {
  const std::string* site = request.header("Sec-Fetch-Site");
  if (site && *site != "same-origin" && *site != "none") throw cross_site();
}

std::string bearer_of(const http::Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string* header = request.header("Authorization");
  if (!header || lower_ascii(header->substr(0, kScheme.size())) != kScheme) return {};
  return trimmed(std::string_view(*header).substr(kScheme.size()));
}

/// What of a request says who sends it.
struct Credentials {
  std::string bearer;
  std::string session;
  std::string device;

  bool any() const { return !bearer.empty() || !session.empty() || !device.empty(); }
};

/// A phone is known by its device's cookie alone.
Credentials credentials_of(const http::Request& request, const Access& access) {
  auto cookie = [&](const std::string& name) { return http::find_cookie(request, name).value_or(""); };
  Credentials found;
  if (access.kind == Access::Kind::device) {
    found.device = cookie(device_cookie(request.secure));
  } else if (found.bearer = bearer_of(request); found.bearer.empty()) {
    found.session = cookie(session_cookie(request.secure));
  }
  return found;
}

/// Who sends it, as the snapshot knows them.
struct Sender {
  std::optional<identity::Principal> principal;
  std::optional<identity::Device> device;
};

Sender sender_of(db::Session& session, const Credentials& credentials, Instant now) {
  Sender sender;
  if (!credentials.device.empty()) {
    sender.device = identity::authenticate_device(session, now, credentials.device);
    if (sender.device) sender.principal = identity::principal_of(*sender.device);
  } else if (!credentials.bearer.empty()) {
    sender.principal = identity::authenticate_token(session, now, credentials.bearer);
  } else if (!credentials.session.empty()) {
    sender.principal = identity::authenticate_session(session, now, credentials.session);
  }
  return sender;
}

/// How long a use that a reader made may stay unnoted while others write.
constexpr std::int64_t kUnnoted = 5 * identity::kMinute;
constexpr std::int64_t kPartOfIdle = 4;

/// Whoever only reads does not wait for somebody's long write.
bool may_wait(const Call& call) {
  if (changes(call.request.method)) return false;
  const identity::Settings& identity = call.service.settings().identity;
  std::int64_t unnoted =
      std::min({kUnnoted, identity.office_session.idle / kPartOfIdle, identity.field_session.idle / kPartOfIdle});
  if (std::abs(call.now.milliseconds - call.principal.last_used.milliseconds) >= unnoted) return false;
  db::TransactionCounts writes = call.service.database().writes();
  return writes.running + writes.waiting > 0;
}

/// Nothing that is asked fails by it: on a full disk there is still reading, and a change says so itself. A note that
/// was not kept is one of the failed writes among the figures.
void note_use(const Call& call) try {
  db::Database& database = call.service.database();
  if (call.principal.account.value == 0 || !identity::use_is_due(call.principal, call.now) || may_wait(call)) return;
  if (call.device) return identity::note_use(database, *call.device, call.now);
  database.write([&](db::Session& session) { identity::note_use(session, call.principal, call.now); });
} catch (const Outage&) {
}

Problem too_many_of_account() {
  return Problem("request.too_many_of_account", 429,
                 {"本账号的请求过于频繁，请稍后再试", "too many requests of this account; wait and try again"});
}

/// Who is signed in has a limit of their own, wherever they come from: a county sits behind one address.
constexpr std::int64_t kAccountTimesAddress = 100;

/// How often who may ask. Counted once who it is is known; an upload also before its body is taken.
struct Limits {
  AddressLimit& addresses;
  AddressLimit accounts;

  Limits(AddressLimit& addresses, std::int64_t of_account) : addresses(addresses), accounts(of_account) {}

  /// An address with many more requests than it may have is not looked up at all: whose session a made-up one would be
  /// costs a look at the database. Those who are signed in are not shut out by a neighbour who only asks too often.
  void refuse_flood(const http::Request& request, Instant now) {
    std::int64_t wait = addresses.wait_of_flood(http::network_of(request.peer), now);
    if (wait > 0) throw identity::TooManyTries(too_many_requests(), wait);
  }

  void count(const http::Request& request, const std::optional<identity::Principal>& principal, Instant now) {
    std::int64_t wait = principal ? accounts.wait_of(std::to_string(principal->account.value), now)
                                  : addresses.wait_of(http::network_of(request.peer), now);
    if (wait == 0) return;
    throw identity::TooManyTries(principal ? too_many_of_account() : too_many_requests(), wait);
  }
};

void require_access(const Access& access, const std::optional<identity::Principal>& principal) {
  if (access.kind == Access::Kind::anybody) return;
  if (!principal) throw sign_in_needed();
  if (access.kind == Access::Kind::permitted && !access.grants(*principal)) {
    identity::require(*principal, access.any_of.front());
  }
}

/// Every change that a phone sends names the device, which no page of another site can.
void require_device(const http::Request& request, const std::optional<identity::Device>& device) {
  if (!device) throw device_needed();
  const std::string* named = request.header("X-Tanfang-Device");
  if (changes(request.method) && (!named || *named != format_id(device->id))) throw device_header();
}

void require_csrf(Service& service, const http::Request& request, const Credentials& credentials) {
  const std::string* csrf = request.header("X-CSRF-Token");
  if (!csrf || !identity::csrf_matches(service.keys(), credentials.session, *csrf)) throw csrf_wrong();
}

Call admit(Service& service, Limits& limits, const Access& access, const http::Request& request,
           const Credentials& credentials, Sender sender) {
  std::optional<identity::Principal>& principal = sender.principal;
  limits.count(request, principal, service.now());
  if (access.kind == Access::Kind::device) {
    require_device(request, sender.device);
    Call call(service, request, *principal, credentials.device);
    call.device = std::move(sender.device);
    return call;
  }
  require_access(access, principal);
  bool by_cookie = principal && !credentials.session.empty();
  if (by_cookie && changes(request.method) && access.kind != Access::Kind::anybody) {
    require_csrf(service, request, credentials);
  }
  return Call(service, request, principal.value_or(identity::Principal{}), by_cookie ? credentials.session : "");
}

/// Makes the call of who asks, and in the same snapshot reads what `look` reads for it.
void enter(Service& service, Limits& limits, const Access& access, const http::Request& request,
           std::optional<Call>& call, const std::function<void(const Call&, db::Session&)>& look = nullptr) {
  if (changes(request.method)) refuse_other_sites(request);
  Credentials credentials = credentials_of(request, access);
  auto admit_sender = [&](Sender sender) {
    call.emplace(admit(service, limits, access, request, credentials, std::move(sender)));
  };
  if (credentials.any()) {
    limits.refuse_flood(request, service.now());
    service.database().read([&](db::Session& session) {
      admit_sender(sender_of(session, credentials, service.now()));
      if (look) look(*call, session);
    });
  } else {
    admit_sender({});
  }
  note_use(*call);
}

http::Response handle(const Endpoint& endpoint, const Call& call) {
  bool changing = changes(endpoint.method);
  if (changing && !endpoint.reads_query) call.refuse_unread_query();
  http::Response response = endpoint.handler(call);
  if (!changing && response.status < 300) call.refuse_unread_query();
  return response;
}

http::Response answer(Service& service, Limits& limits, const Endpoint& endpoint, const http::Request& request) {
  try {
    std::optional<Call> call;
    if (!endpoint.look) {
      enter(service, limits, endpoint.access, request, call);
      return handle(endpoint, *call);
    }
    Finish finish;
    enter(service, limits, endpoint.access, request, call, [&](const Call& entered, db::Session& session) {
      entered.refuse_unread_query();
      finish = endpoint.look(entered, session);
    });
    return finish(*call);
  } catch (const identity::TooManyTries& problem) {
    http::Response response = http::problem_response(problem, request.id);
    response.set("Retry-After", std::to_string(problem.retry_after));
    return response;
  }
}

}  // namespace

std::string Access::text() const {
  if (kind == Kind::anybody) return "anybody";
  if (kind == Kind::signed_in) return "signed_in";
  if (kind == Kind::device) return "device";
  std::string words;
  for (identity::Permission permission : any_of) {
    words += (words.empty() ? "" : "|") + std::string(to_text(permission));
  }
  return words;
}

bool Access::grants(const identity::Principal& principal) const {
  return std::any_of(any_of.begin(), any_of.end(),
                     [&](identity::Permission permission) { return identity::may(principal, permission); });
}

std::string session_cookie(bool secure) { return secure ? "__Host-tanfang" : "tanfang"; }

std::string session_cookie_for(const http::Request& request, const std::string& token,
                               std::optional<std::chrono::seconds> age) {
  return http::set_cookie({.name = session_cookie(request.secure),
                           .value = token,
                           .max_age = age,
                           .secure = request.secure,
                           .same_site = http::SameSite::lax});
}

std::string device_cookie(bool secure) { return secure ? "__Host-tanfang-device" : "tanfang-device"; }

std::string device_cookie_for(const http::Request& request, const std::string& token) {
  return http::set_cookie({.name = device_cookie(request.secure),
                           .value = token,
                           .max_age = std::chrono::seconds(token.empty() ? 0 : identity::kDeviceLife / 1000),
                           .secure = request.secure,
                           .same_site = http::SameSite::strict});
}

void Api::add(Endpoint endpoint) { endpoints_.push_back(std::move(endpoint)); }

void Api::mount(http::Router& router, Service& service, std::string_view root) const {
  auto limits = std::make_shared<Limits>(service.address_limit(),
                                         kAccountTimesAddress * service.settings().limits.requests_a_minute);
  for (const Endpoint& endpoint : endpoints_) {
    http::Route route{endpoint.method, std::string(root) + endpoint.pattern, {}, endpoint.body, {}};
    route.handler = [&service, limits, endpoint](const http::Request& request) {
      return answer(service, *limits, endpoint, request);
    };
    // A route that names more than what is ordinary has its reason for it.
    if (endpoint.body.kind == http::BodyKind::memory && endpoint.body.bytes <= http::BodyRule::memory().bytes) {
      auto most = static_cast<std::uint64_t>(service.settings().limits.body_bytes);
      route.body.bytes = std::min(route.body.bytes, most);
    }
    // A large body is not taken from a stranger.
    bool file = endpoint.body.kind == http::BodyKind::file;
    if (file || endpoint.body.kind == http::BodyKind::multipart) {
      const LimitSettings& sizes = service.settings().limits;
      auto allowed = static_cast<std::uint64_t>(file ? sizes.attachment_bytes : sizes.upload_bytes);
      route.body.bytes = endpoint.body.bytes > 0 ? endpoint.body.bytes : allowed;
      route.admit = [&service, limits, access = endpoint.access](const http::Request& request) {
        std::optional<Call> call;
        enter(service, *limits, access, request, call);
      };
    }
    router.add(std::move(route));
  }
}

void add_routes(Api& api) {
  add_session_routes(api);
  add_sign_on_routes(api);
  add_account_routes(api);
  add_device_routes(api);
  add_bundle_routes(api);
  add_parcel_routes(api);
  add_area_routes(api);
  add_people_routes(api);
  add_visit_routes(api);
  add_people_list_routes(api);
  add_attachment_routes(api);
  add_coverage_routes(api);
  add_plan_routes(api);
  add_assignment_routes(api);
  add_canvass_routes(api);
  add_document_routes(api);
  add_export_routes(api);
  add_report_routes(api);
  add_decision_routes(api);
  add_proposal_routes(api);
  add_emergency_routes(api);
  add_scheme_routes(api);
  add_vocabulary_routes(api);
  add_view_routes(api);
  add_audit_routes(api);
  add_ledger_routes(api);
  add_job_routes(api);
  add_work_routes(api);
  add_scan_routes(api);
  add_backup_routes(api);
  add_paper_routes(api);
  add_archive_routes(api);
}

}  // namespace tanfang::app::server
