// What an OpenID Connect provider signed: its public keys and its ID token. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"

namespace tanfang::app::oidc {

/// A key of RFC 7517 for RS256 (modulus and exponent) or ES256 (x and y), as bytes.
struct PublicKey {
  std::string id;
  std::string algorithm;
  std::string first;
  std::string second;
};
/// The signing keys among a JWK set; what cannot be used is left out. Throws Failure where it is no key set.
std::vector<PublicKey> read_keys(std::string_view text);

struct Expected {
  std::string issuer;
  std::string client;
  std::string nonce;
  Instant now;
};

/// Thrown where no key has the token's name: the provider may have changed its keys since.
struct KeyUnknown {};

/// The subject of an ID token (OpenID Connect Core, 3.1.3.7). Only RS256 and ES256 are known, whatever the header says.
/// Throws KeyUnknown, Problem `sign_on.token`.
std::string verified_subject(std::string_view token, const std::vector<PublicKey>& keys, const Expected& expected);

}  // namespace tanfang::app::oidc
