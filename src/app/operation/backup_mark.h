// The last line of a backup: by it a restore knows that no byte is missing or altered.
#pragma once

#include <optional>
#include <string>

#include "platform/crypto/crypto.h"

namespace tanfang::app {

/// Appends the line to a file: the SHA-256 of all bytes before it, and that digest authenticated with the hash key.
/// Throws Failure.
void mark_backup(const std::string& path, const crypto::KeyRing& keys);

struct BackupMark {
  std::string digest;  // of the bytes, checked
  std::string code;    // the digest authenticated with the maker's hash key
};
/// As the last line has them, unchecked; nullopt where there is none.
std::optional<BackupMark> read_mark(const std::string& path);
/// Throws Problem `backup.unsound` where the line is missing or the bytes are not those that it was made of, Failure
/// where the file cannot be read.
BackupMark check_mark(const std::string& path);
/// Takes the line off again. Throws Problem `backup.unsound` where it is missing or the bytes are not those that it was
/// made of, Failure where the file cannot be read or cut.
BackupMark unmark_backup(const std::string& path);

/// Whether the mark was made with these keys.
bool is_own(const BackupMark& mark, const crypto::KeyRing& keys);

}  // namespace tanfang::app
