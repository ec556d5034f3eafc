#include "registry/for_phones.h"

#include "registry/files_together.h"
#include "registry/together_store.h"

namespace tanfang::registry {

std::map<Id, OpenFile> open_files(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                  const std::vector<Id>& people, Date on) {
  SealedFields fields(keys);
  FilesTogether files(session, county, people);
  auto verdicts = load_classifications(session, county, people, on);
  std::map<Id, OpenFile> opened;
  for (const File& file : files.all()) {
    Id id = file.key.id;
    OpenFile made{
        open_file(fields, file, files.list(ListKind::contacts, id), files.list(ListKind::household_members, id)),
        files.version_of(file),
        {id, file.area, file.name, file.registered_on, files.spans(id), std::move(verdicts[id])}};
    opened.emplace(id, std::move(made));
  }
  return opened;
}

}  // namespace tanfang::registry
