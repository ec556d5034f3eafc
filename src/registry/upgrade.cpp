#include "registry/upgrade.h"

#include <algorithm>

#include "registry/files_store.h"
#include "registry/sealed_fields.h"
#include "registry/upgrade_store.h"

namespace tanfang::registry {

bool needs_upgrade(db::Session& session) {
  auto columns = plain_columns();
  return !load_forgotten_files(session).empty() ||
         std::any_of(columns.begin(), columns.end(),
                     [&](const PlainColumn& column) { return !load_plain_texts(session, column).empty(); });
}

void upgrade_registry(audit::Work& work) {
  SealedFields fields(work.keys);
  std::size_t texts = 0;
  for (const PlainColumn& column : plain_columns()) {
    for (const PlainText& plain : load_plain_texts(work.session, column)) {
      Id row = column.of_person ? plain.person.id : plain.id;
      seal_plain_text(work.session, column, plain, fields.seal(column.name, row, plain.text));
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
