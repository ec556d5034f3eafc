#include "registry/for_exports.h"

#include <algorithm>

#include "registry/file_parts.h"
#include "registry/files_together.h"
#include "registry/together_store.h"

namespace tanfang::registry {

const Classification* ExportedFile::verdict_of(std::string_view scheme) const {
  auto found =
      std::find_if(verdicts.begin(), verdicts.end(), [&](const Classification& one) { return one.scheme == scheme; });
  return found == verdicts.end() ? nullptr : &*found;
}

std::map<Id, ExportedFile> load_exported(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                         const std::vector<Id>& people, Date on, bool masked) {
  SealedFields fields(keys);
  auto contacts = load_lists(session, ListKind::contacts, county, people);
  auto household = load_lists(session, ListKind::household_members, county, people);
  auto verdicts = load_classifications(session, county, people, on);
  std::map<Id, ExportedFile> found;
  for (const File& file : load_files(session, county, people)) {
    Id id = file.key.id;
    ExportedFile made{open_file(fields, file, contacts[id], household[id]), std::move(verdicts[id])};
    if (masked) mask_person(made.person, {});
    found.emplace(id, std::move(made));
  }
  return found;
}

}  // namespace tanfang::registry
