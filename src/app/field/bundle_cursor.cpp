#include "app/field/bundle_cursor.h"

#include "platform/crypto/crypto.h"
#include "platform/crypto/signature.h"

namespace tanfang::app::field {
namespace {

constexpr std::size_t kIdLength = 8;
constexpr std::size_t kDigestLength = 6;
constexpr std::size_t kEntryLength = kIdLength + kDigestLength;

}  // namespace

BundleCursor::BundleCursor(std::string_view text) {
  std::string bytes = crypto::from_base64url(text).value_or("");
  if (bytes.size() % kEntryLength != 0) return;
  for (std::size_t at = 0; at < bytes.size(); at += kEntryLength) {
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < kIdLength; ++i) id = id << 8 | static_cast<unsigned char>(bytes[at + i]);
    entries_[Id{static_cast<std::int64_t>(id)}] = bytes.substr(at + kIdLength, kDigestLength);
  }
}

std::string BundleCursor::digest_of(std::string_view entry) { return crypto::sha256(entry).substr(0, kDigestLength); }

bool BundleCursor::has(Id id, const std::string& digest) const {
  auto found = entries_.find(id);
  return found != entries_.end() && found->second == digest;
}

std::string BundleCursor::text() const {
  std::string bytes;
  for (const auto& [id, digest] : entries_) {
    for (int shift = 56; shift >= 0; shift -= 8)
      bytes += static_cast<char>(static_cast<std::uint64_t>(id.value) >> shift & 0xff);
    bytes += digest;
  }
  return crypto::to_base64url(bytes);
}

}  // namespace tanfang::app::field
