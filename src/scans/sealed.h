// What stands encrypted in this room's rows, each bound to its row. Inside the room only.
#pragma once

#include <string>
#include <string_view>

#include "base/id.h"
#include "platform/crypto/crypto.h"

namespace tanfang::scans {

inline constexpr std::string_view kName = "scan_batches.name";
inline constexpr std::string_view kContent = "scan_parts.content";
inline constexpr std::string_view kPicture = "scan_pages.picture";
inline constexpr std::string_view kNote = "scan_pages.note";

inline std::string seal(const crypto::KeyRing& keys, std::string_view column, Id row, std::string_view clear) {
  return keys.field_cipher()->encrypt(clear, std::string(column) + ":" + format_id(row));
}
inline std::string open(const crypto::KeyRing& keys, std::string_view column, Id row, std::string_view sealed) {
  return keys.field_cipher()->decrypt(sealed, std::string(column) + ":" + format_id(row));
}

}  // namespace tanfang::scans
