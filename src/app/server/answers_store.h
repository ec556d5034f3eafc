// Answers kept by idempotency key, so that a second delivery is answered like the first.
#pragma once

#include <optional>
#include <string>

#include "platform/crypto/crypto.h"
#include "platform/db/database.h"
#include "platform/http/response.h"

namespace tanfang::app::server::store {

struct KeptAnswer {
  std::string digest;  // of the request
  int status = 0;
  std::string sealed_body;
  std::string etag;      // "" where there was none
  std::string location;  // likewise
};
/// Not older than a day.
std::optional<KeptAnswer> find_answer(db::Session& session, Id account, const std::string& key, Instant now);
http::Response open_answer(const KeptAnswer& kept, const crypto::KeyRing& keys, Id account, const std::string& key);
void keep_answer(db::Session& session, const crypto::KeyRing& keys, Id account, const std::string& key,
                 const std::string& digest, Instant now, const http::Response& response);
/// Those older than a day; how many went.
std::int64_t delete_answers(db::Session& session, Instant now);

}  // namespace tanfang::app::server::store
