// An OpenID Connect provider as a relying party sees it: authorization code flow with PKCE (RFC 6749, 7636, 9207).
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/oidc/id_token.h"
#include "app/settings/settings.h"
#include "base/date.h"

namespace tanfang::app::oidc {

/// Derived from what only the browser and we have, so that nothing secret has to be kept.
struct Proofs {
  std::string nonce;
  std::string verifier;
};

class Provider {
 public:
  /// `secret` authenticates us at the provider; "" for a public client.
  Provider(const OidcSettings& settings, std::string secret);

  bool is_on() const { return !settings_.issuer.empty(); }
  /// Where the browser is sent. Throws Problem `sign_on.off`, `sign_on.busy`, `sign_on.unreachable`.
  std::string authorization_url(Instant now, std::string_view state, const Proofs& proofs);
  /// Who signed on there. Throws as above, and Problem `sign_on.declined`, `sign_on.token`.
  std::string subject_of(Instant now, std::string_view code, const Proofs& proofs);

 private:
  struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string keys_endpoint;
    Instant read_at;
  };
  Metadata metadata(Instant now);
  /// The keys, read again where they are old, or unknown to somebody and not from this very minute.
  std::vector<PublicKey> keys(Instant now, const Metadata& metadata, bool again);
  std::string get(const std::string& url);
  /// One asks for document and keys at a time; who waited while that failed need not find out again.
  std::unique_lock<std::mutex> own_turn();
  std::string id_token(const Metadata& metadata, std::string_view code, const Proofs& proofs) const;

  const OidcSettings settings_;
  const std::string secret_;
  std::atomic<int> asking_ = 0;
  std::mutex mutex_;
  std::atomic<int> failures_ = 0;
  Metadata metadata_;
  std::vector<PublicKey> keys_;
  Instant keys_read_at_;
};

/// Where the provider sends the browser back to.
std::string callback_url(const OidcSettings& settings);

}  // namespace tanfang::app::oidc
