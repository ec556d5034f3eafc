#include "app/server/delivery.h"

#include <algorithm>

#include "app/server/answers_store.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

constexpr std::size_t kLongestKey = 100;

bool is_key(const std::string& key) {
  return !key.empty() && key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// What makes two requests the same: the route with its parameters and what it brings, from one who may as much as
/// before.
std::string digest_of(const Call& call, std::string_view content) {
  const http::Request& request = call.request;
  std::string text = call.principal.area + "\n" + call.principal.permissions.to_string() + "\n";
  text += http::name_of(request.method);
  for (const std::string& segment : request.path) text += "/" + segment;
  text += "?" + request.query + "\n" + request.body;
  return crypto::sha256(text.append(content));
}

}  // namespace

std::optional<Delivery> Delivery::of(const Call& call, std::string_view content) {
  const std::string* key = call.request.header("Idempotency-Key");
  if (!key) return std::nullopt;
  if (!is_key(*key)) throw key_malformed();
  return Delivery(call, *key, digest_of(call, content));
}

std::optional<http::Response> Delivery::answer(db::Session& session) const {
  auto kept = store::find_answer(session, call_.principal.account, key_, call_.now);
  if (!kept) return std::nullopt;
  if (kept->digest != digest_) throw key_taken();
  return store::open_answer(*kept, call_.service.keys(), call_.principal.account, key_);
}

void Delivery::keep(db::Session& session, const http::Response& response) const {
  store::keep_answer(session, call_.service.keys(), call_.principal.account, key_, digest_, call_.now, response);
}

}  // namespace tanfang::app::server
