#include "registry/upgrade.h"

#include "registry/files_store.h"
#include "registry/sealed_fields.h"
#include "registry/upgrade_store.h"

namespace tanfang::registry {

bool needs_upgrade(db::Session& session) {
  return !load_plain_texts(session, PlainColumn::note).empty() ||
         !load_plain_texts(session, PlainColumn::reason).empty() || !load_forgotten_files(session).empty();
}

void upgrade_registry(audit::Work& work) {
  SealedFields fields(work.keys);
  std::size_t texts = 0;
  for (PlainColumn column : {PlainColumn::note, PlainColumn::reason}) {
    for (const PlainText& plain : load_plain_texts(work.session, column)) {
      seal_plain_text(work.session, column, plain, fields.seal(name_of(column), plain.person.id, plain.text));
      ++texts;
    }
  }
  std::vector<ForgottenFile> files = load_forgotten_files(work.session);
  for (const ForgottenFile& file : files) {
    std::string number = fields.open("people.citizen_number", file.person.id, file.citizen_number);
    insert_former_file(work.session, fields.citizen_number_hash(number), file.person);
  }
  if (texts == 0 && files.empty()) return work.unchanged();
  work.record({"", "registry_upgraded", "registry",
               "{\"texts\":" + std::to_string(texts) + ",\"files\":" + std::to_string(files.size()) + "}"});
}

}  // namespace tanfang::registry
