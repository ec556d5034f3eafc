#include "audit/chain.h"

namespace tanfang::audit {
namespace {

void append_integer(std::string& out, std::int64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

/// With its length in front, so that no two lists of texts give the same bytes.
void append_text(std::string& out, std::string_view text) {
  append_integer(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

}  // namespace

std::string hash_of(const crypto::Digest& digest, std::string_view previous, const Link& link) {
  thread_local std::string bytes;
  bytes.clear();
  append_text(bytes, previous);
  append_text(bytes, link.county);
  append_integer(bytes, link.number);
  append_integer(bytes, link.id);
  append_integer(bytes, link.at);
  for (std::string_view text : {link.actor, link.kind, link.subject, link.details}) append_text(bytes, text);
  return digest.of(bytes);
}

std::string mac_of(const Head& head, const crypto::KeyRing& keys) {
  std::string bytes;
  append_text(bytes, head.county);
  append_integer(bytes, head.number);
  append_text(bytes, head.digest);
  append_text(bytes, head.hash);
  return keys.keyed_hash("audit_head", bytes);
}

bool is_authentic(const Head& head, const crypto::KeyRing& keys) {
  return crypto::find_digest(head.digest) != nullptr && crypto::same_bytes(head.mac, mac_of(head, keys));
}

std::string chain_subject(std::string_view county) { return "county:" + std::string(county); }

}  // namespace tanfang::audit
