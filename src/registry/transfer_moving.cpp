// How a file moves when its transfer is accepted: nothing that was said is lost, nothing gets another source or date.
#include "base/area_code.h"
#include "registry/changes.h"
#include "registry/file_parts.h"
#include "registry/statements_store.h"
#include "registry/status_store.h"
#include "registry/transfers.h"

namespace tanfang::registry {
namespace {

/// Copies lists under the new person's key, encrypted for it.
void copy_lists(audit::Work& work, const SealedFields& fields, const PersonKey& from, const PersonKey& to) {
  const std::pair<ListKind, const char*> lists[] = {{ListKind::contacts, "contacts.details"},
                                                    {ListKind::household_members, "household_members.details"}};
  for (const auto& [kind, column] : lists) {
    SealedList list{to.id, {}};
    for (const std::string& sealed : load_list(work.session, kind, from)) {
      list.details.push_back(fields.seal(column, to.id, fields.open(column, from.id, sealed)));
    }
    write_lists(work.session, kind, to.county, std::span(&list, 1), true);
  }
  for (const Consent& consent : load_consents(work.session, fields, from)) {
    insert_consent(work.session, fields, to, work.new_id(), consent, work.now);
  }
}

void copy_history(audit::Work& work, const SealedFields& fields, const PersonKey& from, const PersonKey& to) {
  constexpr const char* kColumn = "statements.replaced";
  copy_statements(work.session, from, to, [&](const std::string& sealed) {
    return fields.seal(kColumn, to.id, fields.open(kColumn, from.id, sealed));
  });
}

/// The new file as the old one stood.
File begin_anew(audit::Work& work, Judge& judge, const SealedFields& fields, const File& old,
                const std::string& to_area) {
  note_county(work.session, county_of(to_area), judge.policy().fingerprint());
  std::string number = fields.open("people.citizen_number", old.key.id, old.citizen_number);
  File file = old;
  file.key = {county_of(to_area), work.new_id()};
  file.area = to_area;
  file.citizen_number = fields.seal("people.citizen_number", file.key.id, number);
  if (!old.phone.empty()) set_phone(fields, file, phone_of(fields, old));
  // The old address lies in the other county.
  file.address.clear();
  file.registered_on = work.today();
  file.registered_at = work.now;
  file.ledger_digest.clear();
  file.classified_until = Judge::horizon(work.today());
  insert_files(work.session, std::span(&file, 1));
  insert_classifications(work.session, file.key.county, judge.judge(file, file.registered_on, file.classified_until));
  follow_willingness(work, file, file.registered_on);
  copy_lists(work, fields, old.key, file.key);
  std::string hash = fields.citizen_number_hash(number);
  move_number(work.session, hash, file.key);
  insert_former_file(work.session, hash, old.key);
  return file;
}

void take_arriving(audit::Work& work, const Classifier& classifier, const PersonKey& key, const Arriving& arriving) {
  Terms terms{key.county, arriving.source, arriving.speaker, arriving.said_on, work.today(), ""};
  register_people(work, classifier, terms, std::span(&arriving.said, 1));
}

/// Where nothing arrived but the number, or a newer statement holds another residence, the transfer itself says it.
void settle(audit::Work& work, Judge& judge, const PersonKey& key, const std::string& to_area) {
  File file = load_file(work.session, key);
  if (file.known.value_of("residence_area") == quoted(to_area)) return;
  Statement statement{key, {work.new_id(), Source::transfer, "", work.today()}, work.now, {}, {}, ""};
  statement.facts = {{"residence_area", quoted(to_area)}};
  KnownFacts::Taken taken = file.known.take(statement.facts, {}, statement.origin);
  statement.changed = changed_text(taken.all());
  follow_facts(work, judge, file, statement, taken);
  update_files(work.session, std::span(&file, 1));
  insert_statements(work.session, std::span(&statement, 1), work.actor);
}

}  // namespace

void move_within(audit::Work& work, const Classifier& classifier, const PersonKey& key, const std::string& to_area,
                 const Arriving* arriving) {
  Judge judge(classifier.policy_of(work.session, key.county));
  if (arriving) take_arriving(work, classifier, key, *arriving);
  settle(work, judge, key, to_area);
}

PersonKey move_across(audit::Work& work, const Classifier& classifier, const SealedFields& fields,
                      const PersonKey& from, const std::string& to_area, const Arriving* arriving) {
  Judge judge(classifier.policy_of(work.session, county_of(to_area)));
  PersonKey key = begin_anew(work, judge, fields, load_file(work.session, from), to_area).key;
  // Before the history: what this county's ledger says is not a repetition of what another county's said.
  if (arriving) take_arriving(work, classifier, key, *arriving);
  copy_history(work, fields, from, key);
  settle(work, judge, key, to_area);
  if (status_on(load_status_history(work.session, from), work.today()) < Status::moved_out) {
    move_out_person(work, from, work.today(), "transfer");
  }
  return key;
}

}  // namespace tanfang::registry
