#include "registry/imports.h"

#include <algorithm>

#include "registry/changes.h"
#include "registry/former_file.h"
#include "registry/imports_store.h"

namespace tanfang::registry {
namespace {

std::string details_of(Id import) { return "{\"by\":\"ledger:" + format_id(import) + "\"}"; }

void restore(audit::Work& work, const SealedFields& fields, Judge& judge, Id import, Date said_on,
             const ImportedRow& row, File& file) {
  restore_former(work.session, fields, import, row.former, file);
  if (row.statement.value != 0) delete_statement(work.session, file.key, row.statement);
  // As the schemes judge today, which is what they judged before unless the county has chosen others since.
  Date from = std::max(file.registered_on, said_on);
  judge_anew(work, judge, file, from, file.classified_until > from ? file.classified_until : Judge::horizon(from));
  update_files(work.session, std::span(&file, 1));
}

}  // namespace

void withdraw_people(audit::Work& work, const std::string& county, Id import, const std::vector<Id>& people) {
  if (people.empty()) return;
  SealedFields fields(work.keys);
  std::vector<NumberedPerson> gone;
  std::vector<audit::Event> events;
  for (const File& file : load_files(work.session, county, people)) {
    std::string number = fields.open("people.citizen_number", file.key.id, file.citizen_number);
    gone.push_back({file.key.id, fields.citizen_number_hash(number)});
    events.push_back({county, "person_withdrawn", "person:" + format_id(file.key.id), details_of(import)});
  }
  delete_files(work.session, county, gone);
  leave_imported(work.session, county, import, people);
  work.record_many(events);
}

void restore_people(audit::Work& work, const Classifier& classifier, const std::string& county, Id import, Date said_on,
                    const std::vector<Id>& people) {
  if (people.empty()) return;
  SealedFields fields(work.keys);
  Judge judge(classifier.policy_of(work.session, county));
  std::vector<audit::Event> events;
  for (File& file : load_files(work.session, county, people)) {
    auto row = find_imported(work.session, county, import, file.key.id);
    if (!row) continue;
    restore(work, fields, judge, import, said_on, *row, file);
    events.push_back({county, "person_restored", "person:" + format_id(file.key.id), details_of(import)});
  }
  leave_imported(work.session, county, import, people);
  work.record_many(events);
}

void withdraw_transfers(audit::Work& work, const std::string& county, Id import) {
  for (const auto& [row, person] : take_imported_transfers(work.session, county, import)) {
    delete_transfer(work.session, row.holder, row.transfer);
    work.record({row.holder, "transfer_withdrawn", "person:" + format_id(person),
                 "{\"transfer\":\"" + format_id(row.transfer) + "\"}"});
  }
}

}  // namespace tanfang::registry
