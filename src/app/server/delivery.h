// A request that may come twice: what is answered under the header `Idempotency-Key` is kept for a day, and a second
// delivery is answered like the first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/server/call.h"

namespace tanfang::app::server {

class Delivery {
 public:
  /// nullopt without the header. `content`: what else makes two requests the same, beside route, parameters and a body
  /// in memory. Throws Problem `idempotency.key`.
  static std::optional<Delivery> of(const Call& call, std::string_view content = "");

  /// What the first one was answered; nullopt where this is the first. Throws Problem `idempotency.reused`.
  std::optional<http::Response> answer(db::Session& session) const;
  void keep(db::Session& session, const http::Response& response) const;

 private:
  Delivery(const Call& call, std::string key, std::string digest)
      : call_(call), key_(std::move(key)), digest_(std::move(digest)) {}
  const Call& call_;
  std::string key_;
  std::string digest_;
};

}  // namespace tanfang::app::server
