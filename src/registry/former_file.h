// Within the room: a file as it was before an import changed it, as an encrypted text.
#pragma once

#include <string>

#include "audit/audit.h"
#include "registry/files_store.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {

/// Which of what hangs on a file an import is about to change.
struct FormerParts {
  bool contacts = false;
  bool household = false;
  bool willingness = false;
};
/// `file` is what lies in the table, with the parts as they are there.
std::string seal_former(db::Session& session, const SealedFields& fields, Id import, const File& file,
                        const FormerParts& parts);
/// Brings `file` and its parts back to what `sealed` says; the file itself is the caller's to store. Throws Failure
/// where the text is another person's.
void restore_former(db::Session& session, const SealedFields& fields, Id import, std::string_view sealed, File& file);

}  // namespace tanfang::registry
