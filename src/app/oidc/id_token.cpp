#include "app/oidc/id_token.h"

#include <algorithm>
#include <boost/json.hpp>

#include "app/oidc/oidc_problems.h"
#include "base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/signature.h"
#include "platform/json/json.h"

namespace tanfang::app::oidc {
namespace {

namespace js = boost::json;

constexpr std::size_t kMostKeys = 32;
constexpr std::size_t kLongestSubject = 255;  // characters of ASCII (Core, 2)
constexpr std::int64_t kSkew = 60;            // seconds that clocks may differ
constexpr std::int64_t kOldest = 600;         // seconds since the token was made

std::string text_of(const js::object& object, std::string_view name) {
  const js::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::int64_t seconds_of(const js::object& object, std::string_view name) {
  const js::value* value = object.if_contains(name);
  js::error_code error;
  auto seconds = value ? value->to_number<std::int64_t>(error) : 0;
  if (!value || error) throw token_refused({std::string(name) + " 缺失", std::string(name) + " is missing"});
  return seconds;
}

js::object object_of(std::string_view part) {
  auto bytes = crypto::from_base64url(part);
  try {
    js::value value = bytes ? json::parse(*bytes) : js::value();
    if (value.is_object()) return value.as_object();
  } catch (const Problem&) {
  }
  throw token_refused({"格式不正确", "it is malformed"});
}

std::optional<PublicKey> read_key(const js::object& key) {
  if (std::string use = text_of(key, "use"); !use.empty() && use != "sig") return std::nullopt;
  bool rsa = text_of(key, "kty") == "RSA";
  if (!rsa && (text_of(key, "kty") != "EC" || text_of(key, "crv") != "P-256")) return std::nullopt;
  auto first = crypto::from_base64url(text_of(key, rsa ? "n" : "x"));
  auto second = crypto::from_base64url(text_of(key, rsa ? "e" : "y"));
  if (!first || !second) return std::nullopt;
  return PublicKey{text_of(key, "kid"), rsa ? "RS256" : "ES256", *first, *second};
}

bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
  return key.algorithm == "RS256" ? crypto::verify_rs256(key.first, key.second, message, signature)
                                  : crypto::verify_es256(key.first, key.second, message, signature);
}

/// The header may choose among our two algorithms and the provider's keys, and nothing else.
void check_signature(std::string_view token, const std::vector<PublicKey>& keys) {
  std::size_t last = token.rfind('.');
  js::object header = object_of(token.substr(0, token.find('.')));
  std::string algorithm = text_of(header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256") {
    throw token_refused({"签名算法不是 RS256 或 ES256", "its algorithm is neither RS256 nor ES256"});
  }
  if (header.contains("crit")) throw token_refused({"含有未知的必要扩展", "it has critical extensions"});
  auto signature = crypto::from_base64url(token.substr(last + 1));
  std::string name = text_of(header, "kid");
  bool named = false;
  for (const PublicKey& key : keys) {
    if (key.algorithm != algorithm || (!name.empty() && key.id != name)) continue;
    named = true;
    if (signature && is_signed_by(key, token.substr(0, last), *signature)) return;
  }
  if (!named) throw KeyUnknown();
  throw token_refused({"签名不正确", "its signature is wrong"});
}

bool is_for(const js::object& claims, const std::string& client) {
  const js::value* audience = claims.if_contains("aud");
  if (audience && audience->is_string()) return text_of(claims, "aud") == client;
  if (!audience || !audience->is_array()) return false;
  const js::array& all = audience->get_array();
  bool named = std::any_of(all.begin(), all.end(), [&](const js::value& each) { return each == js::value(client); });
  return named && (all.size() == 1 || text_of(claims, "azp") == client);
}

void check_claims(const js::object& claims, const Expected& expected) {
  if (text_of(claims, "iss") != expected.issuer) throw token_refused({"签发者不符", "it is of another issuer"});
  if (!is_for(claims, expected.client)) throw token_refused({"不是发给本系统的", "it is for another client"});
  if (std::string azp = text_of(claims, "azp"); !azp.empty() && azp != expected.client) {
    throw token_refused({"不是发给本系统的", "it is for another client"});
  }
  std::int64_t now = expected.now.milliseconds / 1000;
  if (seconds_of(claims, "exp") + kSkew <= now) throw token_refused({"已过期", "it is over"});
  std::int64_t made = seconds_of(claims, "iat");
  if (made > now + kSkew || made < now - kOldest) {
    throw token_refused({"签发时间不符，请核对两边时钟", "it was made at another time; compare the clocks"});
  }
  if (!crypto::same_bytes(text_of(claims, "nonce"), expected.nonce)) {
    throw token_refused({"与本次登录不符", "it answers another sign-on"});
  }
}

}  // namespace

std::vector<PublicKey> read_keys(std::string_view text) {
  js::value set;
  try {
    set = json::parse(text);
  } catch (const Problem&) {
  }
  const js::value* list = set.is_object() ? set.get_object().if_contains("keys") : nullptr;
  if (!list || !list->is_array() || list->get_array().size() > kMostKeys) throw Failure("no set of JSON Web Keys");
  std::vector<PublicKey> keys;
  for (const js::value& each : list->get_array()) {
    auto key = each.is_object() ? read_key(each.get_object()) : std::nullopt;
    if (key) keys.push_back(std::move(*key));
  }
  return keys;
}

std::string verified_subject(std::string_view token, const std::vector<PublicKey>& keys, const Expected& expected) {
  if (std::count(token.begin(), token.end(), '.') != 2) throw token_refused({"格式不正确", "it is malformed"});
  check_signature(token, keys);
  std::size_t first = token.find('.') + 1;
  js::object claims = object_of(token.substr(first, token.rfind('.') - first));
  check_claims(claims, expected);
  std::string subject = text_of(claims, "sub");
  if (subject.empty() || subject.size() > kLongestSubject) throw token_refused({"没有用户标识", "it has no subject"});
  return subject;
}

}  // namespace tanfang::app::oidc
