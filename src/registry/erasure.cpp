#include "registry/erasure.h"

#include <algorithm>

#include "base/text.h"
#include "platform/json/json.h"
#include "registry/erasure_store.h"
#include "registry/file_parts.h"
#include "registry/registry_problems.h"
#include "registry/statements_store.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

/// A statement keeps what was said of the person, but not what they are called.
void erase_names(db::Session& session, const PersonKey& key) {
  for (StatementRecord& record : load_statements(session, key)) {
    bool named = false;
    for (FactValue& value : record.facts) {
      if (value.fact != "name") continue;
      value.value = quoted(kErasedName);
      named = true;
    }
    if (named) store::rewrite_statement(session, key, record.id, write_fact_values(record.facts));
  }
}

}  // namespace

bool erase_person(audit::Work& work, const PersonKey& key) {
  File file = load_file(work.session, key);
  Status status = status_on(load_status_history(work.session, key), work.today());
  if (status != Status::deceased && status != Status::moved_out) throw problems::erasure_still_here();
  if (!store::note_erased(work.session, key, work.now)) {
    work.unchanged();
    return false;
  }
  set_name(file, std::string(kErasedName));
  file.pinyin.clear();
  file.initials.clear();
  // Sealed like any other, so that lists, key rotation and looks need not know of erasure.
  file.citizen_number = SealedFields(work.keys).seal("people.citizen_number", key.id, "");
  file.phone.clear();
  file.phone_hash.clear();
  file.address.clear();
  file.ledger_digest.clear();
  update_files(work.session, std::span(&file, 1));
  store::erase_around(work.session, key);
  erase_names(work.session, key);
  work.record({key.county, "person_erased", "person:" + format_id(key.id), "{}"});
  return true;
}

}  // namespace tanfang::registry
