// What one link of the chain hashes and what a head authenticates. Pure; the bytes must never change for a digest name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/crypto/crypto.h"

namespace tanfang::audit {

/// An entry of the chain as it lies in the database; views of the row that holds it.
struct Link {
  std::string_view county;
  std::int64_t number = 0;
  std::int64_t id = 0;
  std::int64_t at = 0;
  std::string_view actor;
  std::string_view kind;
  std::string_view subject;
  std::string_view details;
};

/// The end of a county's chain. An empty chain has number 0 and an empty hash.
struct Head {
  std::string county;
  std::int64_t number = 0;
  std::string digest;
  std::string hash;
  std::string mac;
};

/// The hash of `link` after `previous` (empty before the first).
std::string hash_of(const crypto::Digest& digest, std::string_view previous, const Link& link);

std::string mac_of(const Head& head, const crypto::KeyRing& keys);
/// Whether the head is as this ring left it and its digest is one the program knows.
bool is_authentic(const Head& head, const crypto::KeyRing& keys);

/// The kind of the event that county '' keeps of the first entry of another chain, so that no chain vanishes whole.
inline constexpr std::string_view kChainOpened = "chain_opened";
/// Its subject: `county:<code>`.
std::string chain_subject(std::string_view county);

}  // namespace tanfang::audit
