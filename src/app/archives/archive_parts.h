// The files of an archive as they are kept, and the ZIP that they make. Inside the folder only.
#pragma once

#include <string>

#include "app/archives/archives.h"

namespace tanfang::app::archives {

/// Files stand in the ZIP by number: the index is 0; of copy `copy` (from 1) the piece `part` (from 1) follows.
std::int64_t number_of(int copy, std::int64_t part);
/// `第1份/003-大寨村.pdf`.
std::string name_of(int copies, int copy, std::int64_t part, const std::string& village);

/// Encrypts and keeps it. False where it is there already.
bool keep_part(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, std::int64_t number,
               const std::string& name, const std::string& content);

/// Every file that should be there, compared with its hash; the ZIP goes to `sink` and is compared with the archive's.
Verification read_parts(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink);

}  // namespace tanfang::app::archives
