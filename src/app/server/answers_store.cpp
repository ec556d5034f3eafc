#include "app/server/answers_store.h"

namespace tanfang::app::server::store {
namespace {

std::string context_of(Id account, const std::string& key) {
  return "kept_answers.body:" + format_id(account) + ":" + key;
}

Instant day_before(Instant now) { return {now.milliseconds - 86'400'000}; }

std::string header_of(const http::Response& response, std::string_view name) {
  const std::string* value = response.header(name);
  return value ? *value : "";
}

}  // namespace

std::optional<KeptAnswer> find_answer(db::Session& session, Id account, const std::string& key, Instant now) {
  return session.first(
      "select digest, status, body, etag, location from kept_answers where account = $1 and key = $2 and kept_at > $3",
      {account, key, day_before(now)}, [](const db::Row& row) {
        return KeptAnswer{std::string(row.bytes(0)), static_cast<int>(row.integer(1)), std::string(row.bytes(2)),
                          row.string(3), row.string(4)};
      });
}

http::Response open_answer(const KeptAnswer& kept, const crypto::KeyRing& keys, Id account, const std::string& key) {
  std::string body = keys.field_cipher()->decrypt(kept.sealed_body, context_of(account, key));
  http::Response response = body.empty() ? http::no_content() : http::json_response(body);
  response.status = kept.status;
  if (kept.status >= 400) response.set("Content-Type", "application/problem+json");
  if (!kept.etag.empty()) response.set("ETag", kept.etag);
  if (!kept.location.empty()) response.set("Location", kept.location);
  response.set("Idempotency-Replayed", "true");
  return response;
}

void keep_answer(db::Session& session, const crypto::KeyRing& keys, Id account, const std::string& key,
                 const std::string& digest, Instant now, const http::Response& response) {
  std::string body = keys.field_cipher()->encrypt(response.body, context_of(account, key));
  session.execute("delete from kept_answers where account = $1 and key = $2", {account, key});
  session.execute(
      "insert into kept_answers (account, key, digest, status, body, kept_at, etag, location)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8)",
      {account, key, db::Bytes{digest}, response.status, db::Bytes{body}, now, header_of(response, "ETag"),
       header_of(response, "Location")});
}

std::int64_t delete_answers(db::Session& session, Instant now) {
  return session.execute("delete from kept_answers where kept_at <= $1", {day_before(now)});
}

}  // namespace tanfang::app::server::store
