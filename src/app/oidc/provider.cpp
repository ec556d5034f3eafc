#include "app/oidc/provider.h"

#include <boost/json.hpp>

#include "app/oidc/oidc_problems.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/signature.h"
#include "platform/http/fetch.h"
#include "platform/http/percent.h"
#include "platform/json/json.h"

namespace tanfang::app::oidc {
namespace {

namespace js = boost::json;

constexpr int kAskingAtOnce = 4;  // each may hold a handler's thread for as long as the provider takes
constexpr std::int64_t kKnownFor = identity::kHour;
constexpr std::int64_t kNotAgainWithin = identity::kMinute;

/// One of the few that may wait for the provider.
class Turn {
 public:
  explicit Turn(std::atomic<int>& asking) : asking_(asking) {
    if (++asking_ <= kAskingAtOnce) return;
    --asking_;
    throw sign_on_busy();
  }
  ~Turn() { --asking_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::atomic<int>& asking_;
};

http::Fetched ask(const http::Fetch& wanted) {
  try {
    return http::fetch(wanted);
  } catch (const Failure&) {
    throw sign_on_unreachable();
  }
}

std::string body_of(const std::string& url) {
  http::Fetched answer = ask({.url = url, .form = {}, .user = {}, .password = {}});
  if (answer.status != 200) throw sign_on_unreachable();
  return std::move(answer.body);
}

js::object object_of(std::string_view text) {
  try {
    js::value value = json::parse(text);
    if (value.is_object()) return value.as_object();
  } catch (const Problem&) {
  }
  throw sign_on_unreachable();
}

std::string text_of(const js::object& object, std::string_view name) {
  const js::value* value = object.if_contains(name);
  if (!value || !value->is_string()) throw sign_on_unreachable();
  return std::string(value->get_string());
}

std::string endpoint_of(const js::object& document, std::string_view name) {
  std::string url = text_of(document, name);
  if (!http::may_fetch(url)) throw sign_on_unreachable();
  return url;
}

std::string form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + std::string(name) + "=" + http::percent_encoded(value);
  }
  return text;
}

bool is_old(Instant read_at, Instant now) {
  return read_at.milliseconds == 0 || now.milliseconds - read_at.milliseconds > kKnownFor;
}

}  // namespace

std::string callback_url(const OidcSettings& settings) { return settings.redirect_base + "/api/v1/sign-on/callback"; }

Provider::Provider(const OidcSettings& settings, std::string secret)
    : settings_(settings), secret_(std::move(secret)) {}

std::string Provider::get(const std::string& url) {
  try {
    return body_of(url);
  } catch (const Problem&) {
    ++failures_;
    throw;
  }
}

std::unique_lock<std::mutex> Provider::own_turn() {
  int before = failures_;
  std::unique_lock lock(mutex_);
  if (failures_ != before) throw sign_on_unreachable();
  return lock;
}

Provider::Metadata Provider::metadata(Instant now) {
  if (!is_on()) throw sign_on_off();
  std::unique_lock lock = own_turn();
  if (!is_old(metadata_.read_at, now)) return metadata_;
  std::string root = settings_.issuer;
  if (root.ends_with('/')) root.pop_back();
  js::object document = object_of(get(root + "/.well-known/openid-configuration"));
  if (text_of(document, "issuer") != settings_.issuer) throw sign_on_unreachable();
  metadata_ = {endpoint_of(document, "authorization_endpoint"), endpoint_of(document, "token_endpoint"),
               endpoint_of(document, "jwks_uri"), now};
  return metadata_;
}

std::vector<PublicKey> Provider::keys(Instant now, const Metadata& metadata, bool again) {
  std::unique_lock lock = own_turn();
  bool just_read = now.milliseconds - keys_read_at_.milliseconds < kNotAgainWithin;
  if (is_old(keys_read_at_, now) || (again && !just_read)) {
    try {
      keys_ = read_keys(get(metadata.keys_endpoint));
    } catch (const Failure&) {
      throw sign_on_unreachable();
    }
    keys_read_at_ = now;
  }
  return keys_;
}

std::string Provider::authorization_url(Instant now, std::string_view state, const Proofs& proofs) {
  Turn turn(asking_);
  std::string url = metadata(now).authorization_endpoint;
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + form_of({{"response_type", "code"},
                        {"scope", "openid"},
                        {"client_id", settings_.client_id},
                        {"redirect_uri", callback_url(settings_)},
                        {"state", state},
                        {"nonce", proofs.nonce},
                        {"code_challenge", crypto::to_base64url(crypto::sha256(proofs.verifier))},
                        {"code_challenge_method", "S256"}});
}

std::string Provider::id_token(const Metadata& metadata, std::string_view code, const Proofs& proofs) const {
  http::Fetch wanted{.url = metadata.token_endpoint, .form = {}, .user = {}, .password = {}};
  wanted.form = form_of({{"grant_type", "authorization_code"},
                         {"code", code},
                         {"redirect_uri", callback_url(settings_)},
                         {"code_verifier", proofs.verifier}});
  if (secret_.empty()) {
    wanted.form += "&" + form_of({{"client_id", settings_.client_id}});
  } else {
    // RFC 6749, 2.3.1: both are encoded like a form's fields first.
    wanted.user = http::percent_encoded(settings_.client_id);
    wanted.password = http::percent_encoded(secret_);
  }
  http::Fetched answer = ask(wanted);
  if (answer.status == 400) throw sign_on_declined();  // the code was used, is over, or is not ours
  if (answer.status != 200) throw sign_on_unreachable();
  return text_of(object_of(answer.body), "id_token");
}

std::string Provider::subject_of(Instant now, std::string_view code, const Proofs& proofs) {
  Turn turn(asking_);
  Metadata found = metadata(now);
  std::string token = id_token(found, code, proofs);
  Expected expected{settings_.issuer, settings_.client_id, proofs.nonce, now};
  try {
    return verified_subject(token, keys(now, found, false), expected);
  } catch (const KeyUnknown&) {
  }
  try {
    return verified_subject(token, keys(now, found, true), expected);
  } catch (const KeyUnknown&) {
    throw token_refused({"没有对应的公钥", "no key of the platform has its name"});
  }
}

}  // namespace tanfang::app::oidc
