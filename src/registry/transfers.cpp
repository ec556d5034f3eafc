// Transfers: a citizen number that arrived elsewhere waits until the holder of its file lets it go.
#include "registry/transfers.h"

#include <boost/json.hpp>

#include "base/area_code.h"
#include "base/text.h"
#include "registry/changes.h"
#include "registry/file_parts.h"
#include "registry/registry_problems.h"
#include "registry/statements_store.h"
#include "registry/status_store.h"
#include "registry/transfers_store.h"

namespace tanfang::registry {
namespace {

constexpr std::string_view kSealedColumn = "transfers.statement";

std::string subject_of(Id person) { return "person:" + format_id(person); }

std::string details_of(const Transfer& transfer) {
  return "{\"transfer\":\"" + format_id(transfer.id) + "\",\"to\":\"" + transfer.to_area + "\"}";
}

/// What the new place says of the person, or what the old file holds where only the number was given.
PersonStatement arriving_statement(const SealedFields& fields, const TransferRow& row, const File& file) {
  if (!row.statement.empty()) {
    return read_statement(fields.open(kSealedColumn, row.transfer.id, row.statement));
  }
  PersonStatement said;
  said.citizen_number = fields.open("people.citizen_number", file.key.id, file.citizen_number);
  said.birth_date = file.birth_date;
  said.sex = file.sex == "male" ? Sex::male : Sex::female;
  said.name = file.name;
  said.area = row.transfer.to_area;
  return said;
}

FactValues facts_of(const File& file) {
  FactValues facts;
  for (const KnownFacts::Known& known : file.known.facts()) {
    if (known.value != "null") facts.push_back({known.fact, known.value});
  }
  return facts;
}

/// Takes the new area into the file and states it as a fact of the transfer.
void take_area(File& file, const Origin& origin, const std::string& area, Statement& statement) {
  statement.facts = {{"residence_area", quoted(area)}};
  std::vector<std::string> changed = file.known.take(statement.facts, {}, origin);
  statement.changed = changed_text(changed);
  file.area = area;
}

/// Within one county the file stays and its area changes.
PersonKey move_within(audit::Work& work, const Classifier& classifier, File file, const PersonStatement& said) {
  Judge judge(classifier.policy_of(work.session, file.key.county));
  Statement statement{file.key, {work.new_id(), Source::transfer, "", work.today()}, work.now, {}, {}, ""};
  take_area(file, statement.origin, said.area, statement);
  follow_facts(work, judge, file, {"residence_area"});
  update_files(work.session, std::span(&file, 1));
  insert_statements(work.session, std::span(&statement, 1), work.actor);
  return file.key;
}

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
  for (const Consent& consent : load_consents(work.session, from)) {
    insert_consent(work.session, to, work.new_id(), consent, work.now);
  }
}

/// Into another county: a new file with all that is known; the old one, to which visits belong, ends as moved out.
PersonKey move_across(audit::Work& work, const Classifier& classifier, const SealedFields& fields, const File& old,
                      const PersonStatement& said) {
  std::string county = county_of(said.area);
  Judge judge(classifier.policy_of(work.session, county));
  note_county(work.session, county, judge.policy().fingerprint());
  File file = old;
  file.key = {county, work.new_id()};
  file.citizen_number = fields.seal("people.citizen_number", file.key.id, said.citizen_number);
  if (!old.phone.empty()) set_phone(fields, file, phone_of(fields, old));
  if (said.phone) set_phone(fields, file, *said.phone);
  file.address.clear();
  if (said.address) set_address(fields, file, *said.address);
  file.registered_on = work.today();
  file.registered_at = work.now;
  file.ledger_digest.clear();
  file.area = said.area;

  Statement statement{file.key, {work.new_id(), Source::transfer, old.key.county, work.today()}, work.now, {}, {}, ""};
  file.known = KnownFacts();
  statement.facts = facts_of(old);
  for (FactValue& fact : statement.facts) {
    if (fact.fact == "residence_area") fact.value = quoted(said.area);
  }
  file.known.take(statement.facts, {}, statement.origin);
  statement.facts.push_back({"name", quoted(file.name)});
  file.classified_until = Judge::horizon(work.today());
  insert_files(work.session, std::span(&file, 1));
  insert_statements(work.session, std::span(&statement, 1), work.actor);
  insert_classifications(work.session, county, judge.judge(file, file.registered_on, file.classified_until));
  follow_willingness(work, file, file.registered_on);
  copy_lists(work, fields, old.key, file.key);
  move_number(work.session, fields.citizen_number_hash(said.citizen_number), file.key);
  if (status_on(load_status_history(work.session, old.key), work.today()) < Status::moved_out) {
    move_out_person(work, old.key, work.today(), "transfer");
  }
  return file.key;
}

}  // namespace

std::string write_statement(const PersonStatement& said) {
  boost::json::object text{{"citizen_number", said.citizen_number},
                           {"birth_date", said.birth_date.iso()},
                           {"sex", said.sex == Sex::male ? "male" : "female"},
                           {"name", said.name},
                           {"area", said.area}};
  if (said.phone) text["phone"] = *said.phone;
  if (said.address) text["address"] = *said.address;
  return boost::json::serialize(text);
}

PersonStatement read_statement(std::string_view text) {
  const boost::json::value parsed = boost::json::parse(text);
  const boost::json::object& object = parsed.as_object();
  auto member = [&](const char* name) { return std::string(object.at(name).as_string()); };
  PersonStatement said;
  said.citizen_number = member("citizen_number");
  said.birth_date = Date::parse(member("birth_date")).value();
  said.sex = member("sex") == "male" ? Sex::male : Sex::female;
  said.name = member("name");
  said.area = member("area");
  if (object.contains("phone")) said.phone = member("phone");
  if (object.contains("address")) said.address = member("address");
  return said;
}

Transfer propose(audit::Work& work, const SealedFields& fields, const PersonKey& holder, std::string_view to_area,
                 const PersonStatement* statement) {
  std::optional<TransferRow> open = find_open_transfer(work.session, holder, to_area);
  TransferRow row = open.value_or(
      TransferRow{{holder.county, work.new_id(), holder.id, std::string(to_area), work.today(), "proposed", {}},
                  work.actor,
                  work.now,
                  ""});
  if (statement) row.statement = fields.seal(kSealedColumn, row.transfer.id, write_statement(*statement));
  if (!open) {
    insert_transfer(work.session, row);
    work.record({holder.county, "transfer_proposed", subject_of(holder.id), details_of(row.transfer)});
  } else if (statement) {
    replace_transfer_statement(work.session, row);
  }
  return row.transfer;
}

Transfer propose_transfer(audit::Work& work, std::string_view citizen_number, std::string_view to_area) {
  if (!is_area_code(to_area) || to_area.size() < 9) throw problems::area_unknown(std::string(to_area));
  std::optional<PersonKey> holder = find_person(work.session, work.keys, "", citizen_number);
  if (!holder) throw problems::person_unknown();
  if (load_file(work.session, *holder).area == to_area) throw problems::transfer_needless();
  Transfer transfer = propose(work, SealedFields(work.keys), *holder, to_area, nullptr);
  work.unchanged();
  return transfer;
}

PersonKey accept_transfer(audit::Work& work, const Classifier& classifier, std::string_view county, Id transfer) {
  std::optional<TransferRow> row = load_open_transfer(work.session, county, transfer);
  if (!row) throw problems::transfer_unknown();
  SealedFields fields(work.keys);
  File file = load_file(work.session, {std::string(county), row->transfer.person});
  PersonStatement said = arriving_statement(fields, *row, file);
  Id from = file.key.id;
  bool stays = county_of(said.area) == county;
  PersonKey key =
      stays ? move_within(work, classifier, std::move(file), said) : move_across(work, classifier, fields, file, said);
  decide_transfer(work.session, county, transfer, "accepted", "", work.now, work.actor);
  work.record({std::string(county), "transfer_accepted", subject_of(from), details_of(row->transfer)});
  if (!stays) work.record({key.county, "person_arrived", subject_of(key.id), details_of(row->transfer)});
  return key;
}

void reject_transfer(audit::Work& work, std::string_view county, Id transfer, std::string_view reason) {
  if (trimmed(reason).empty()) throw problems::transfer_reason_missing();
  std::optional<TransferRow> row = load_open_transfer(work.session, county, transfer);
  if (!row) throw problems::transfer_unknown();
  decide_transfer(work.session, county, transfer, "rejected", trimmed(reason), work.now, work.actor);
  work.record({std::string(county), "transfer_rejected", subject_of(row->transfer.person), details_of(row->transfer)});
}

}  // namespace tanfang::registry
