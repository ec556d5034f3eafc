// The files of an archive as they are kept, piece by piece, and the ZIP that they make. Inside the folder only.
#pragma once

#include <string>

#include "app/archives/archives.h"

namespace tanfang::app::archives {

/// Of copy `copy` (from 1) the file `part` (0: cover and index); they follow one another by number.
std::int64_t file_of(int copy, std::int64_t part);
/// Its pieces, from 0.
std::int64_t number_of(std::int64_t file, std::int64_t piece);
/// `第1份/003-大寨村.pdf`; of one copy alone without the folder.
std::string name_of(int copies, int copy, std::int64_t part, const std::string& what);

/// A piece before it is kept.
struct Content {
  std::int64_t number = 0;
  std::string name;  // of its file
  const std::string& bytes;
  bool ends = false;  // the file, with this piece
};
/// Encrypts and keeps it: the SHA-256 of its bytes, or nullopt where it is there already.
std::optional<std::string> keep_piece(db::Session& session, const crypto::KeyRing& keys, const Archive& archive,
                                      const Content& content);

/// Every file that should be there, compared with its hashes; the ZIP goes to `sink` and is compared with the archive's.
Verification read_parts(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink);

}  // namespace tanfang::app::archives
