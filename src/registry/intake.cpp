#include "registry/intake.h"

#include <algorithm>

#include "base/area_code.h"
#include "base/text.h"
#include "registry/registry_problems.h"
#include "registry/transfers.h"

namespace tanfang::registry {
Intake::Intake(audit::Work& work, const Classifier& classifier, const Terms& terms)
    : work_(work),
      terms_(terms),
      county_(county_of(terms.scope)),
      fields_(work.keys),
      judge_(classifier.policy_of(work.session, county_)) {
  note_county(work.session, county_, judge_.policy().fingerprint());
}

std::vector<Intake::Arrival> Intake::receive(std::span<const PersonStatement> statements, std::size_t first_row) {
  std::vector<Arrival> arrivals;
  arrivals.reserve(statements.size());
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const PersonStatement& said = statements[i];
    std::string path = "rows[" + std::to_string(first_row + i) + "].";
    if (trimmed(said.name).empty()) throw problems::name_missing(path + "name");
    if (!said.area.starts_with(county_)) throw problems::area_outside(path + "area");
    Arrival arrival{&said, judge_.facts().normal(said.facts, path + "facts."), "", "", first_row + i};
    add_own_facts(said, arrival.facts);
    arrival.hash = fields_.citizen_number_hash(said.citizen_number);
    if (terms_.source == Source::ledger) arrival.digest = digest_of(fields_, said, arrival.facts);
    arrivals.push_back(std::move(arrival));
  }
  return arrivals;
}

void Intake::take(std::span<const PersonStatement> statements, std::size_t first_row, std::vector<Registration>& out) {
  std::vector<Arrival> arrivals = receive(statements, first_row);
  sort_out(arrivals, out);
  write_down();
}

void Intake::sort_out(const std::vector<Arrival>& arrivals, std::vector<Registration>& out) {
  std::vector<std::string> hashes;
  for (const Arrival& arrival : arrivals) hashes.push_back(arrival.hash);
  auto places = find_numbers(work_.session, hashes);
  std::vector<Id> here;
  for (const auto& [hash, key] : places) {
    if (key.county == county_) here.push_back(key.id);
  }
  std::map<Id, Brief> briefs = load_briefs(work_.session, county_, here);
  std::vector<const Arrival*> known;
  std::vector<Id> people;
  for (const Arrival& arrival : arrivals) {
    Registration& result = out[arrival.place];
    auto place = places.find(arrival.hash);
    if (place == places.end()) {
      begin_file(arrival, result);
      continue;
    }
    const PersonKey& key = place->second;
    if (key.county != county_ || !briefs.at(key.id).area.starts_with(terms_.scope)) {
      result.outcome = Outcome::elsewhere;
      Arriving arriving{*arrival.said, terms_.source, terms_.speaker, terms_.said_on};
      const Id before = work_.new_id();
      Transfer transfer = propose(work_, fields_, key, arrival.said->area, &arriving);
      result.transfer = transfer.id;
      // Ids rise: one that was open already is another's.
      waiting_.transfers.push_back({transfer.county, transfer.id, transfer.id > before});
    } else if (result.person = key; !arrival.digest.empty() && briefs.at(key.id).ledger_digest == arrival.digest) {
      result.outcome = Outcome::unchanged;
    } else {
      known.push_back(&arrival);
      people.push_back(key.id);
    }
  }
  continue_files(known, people, out);
}

void Intake::begin_file(const Arrival& arrival, Registration& result) {
  const PersonStatement& said = *arrival.said;
  File file;
  file.key = {county_, work_.new_id()};
  file.area = said.area;
  set_name(file, trimmed(said.name));
  file.sex = said.sex == Sex::male ? "male" : "female";
  file.birth_date = said.birth_date;
  file.citizen_number = fields_.seal("people.citizen_number", file.key.id, said.citizen_number);
  if (said.phone) set_phone(fields_, file, *said.phone);
  if (said.address) set_address(fields_, file, *said.address);
  file.registered_on = terms_.registered_on;
  file.registered_at = work_.now;
  file.ledger_digest = arrival.digest;
  file.classified_until = Judge::horizon(std::max(work_.today(), terms_.registered_on));

  Statement statement{file.key, {work_.new_id(), terms_.source, terms_.speaker, terms_.said_on}, work_.now, {}, {}, ""};
  file.known.take(arrival.facts, {}, statement.origin);
  statement.facts = arrival.facts;
  statement.facts.push_back({"name", quoted(file.name)});
  if (file.known.value_of("willing") == "false") {
    waiting_.new_spans.push_back(
        {file.key, work_.new_id(), {Status::declined, file.registered_on, {}, "", work_.now}, {}});
  }
  for (ClassificationRow& row : judge_.judge(file, file.registered_on, file.classified_until)) {
    waiting_.new_verdicts.push_back(std::move(row));
  }
  if (!said.contacts.empty()) waiting_.new_contacts.push_back(seal_contacts(fields_, file.key.id, said.contacts));
  if (!said.household.empty()) waiting_.new_household.push_back(seal_household(fields_, file.key.id, said.household));
  waiting_.new_numbers.emplace_back(arrival.hash, file.key);
  waiting_.events.push_back(
      {county_, "person_registered", "person:" + format_id(file.key.id), event_details(statement.origin.statement)});
  waiting_.imported.push_back({file.key.id, statement.origin.statement, ""});
  result.outcome = Outcome::registered;
  result.person = file.key;
  waiting_.statements.push_back(std::move(statement));
  waiting_.new_files.push_back(std::move(file));
}

std::string Intake::event_details(Id statement) const {
  std::string details = "{\"statement\":\"" + format_id(statement) + "\"";
  if (!terms_.subject.empty()) details += ",\"by\":" + quoted(terms_.subject);
  return details + "}";
}

void Intake::write_down() {
  db::Session& session = work_.session;
  insert_files(session, waiting_.new_files);
  insert_numbers(session, waiting_.new_numbers);
  insert_classifications(session, county_, waiting_.new_verdicts);
  write_lists(session, ListKind::contacts, county_, waiting_.new_contacts, true);
  write_lists(session, ListKind::household_members, county_, waiting_.new_household, true);
  insert_spans(session, waiting_.new_spans);
  update_files(session, waiting_.changed_files);
  write_lists(session, ListKind::contacts, county_, waiting_.changed_contacts, false);
  write_lists(session, ListKind::household_members, county_, waiting_.changed_household, false);
  insert_statements(session, waiting_.statements, work_.actor);
  if (!waiting_.events.empty()) work_.record_many(waiting_.events);
  if (terms_.import.value != 0) {
    insert_imported(session, county_, terms_.import, work_.new_id(), waiting_.imported);
    insert_imported_transfers(session, county_, terms_.import, waiting_.transfers);
  }
  waiting_ = {};
}

}  // namespace tanfang::registry
