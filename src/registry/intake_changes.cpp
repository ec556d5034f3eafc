// What a statement changes of a file that is there already.
#include <algorithm>

#include "base/text.h"
#include "registry/changes.h"
#include "registry/former_file.h"
#include "registry/intake.h"

namespace tanfang::registry {
namespace {

std::string_view value_in(const FactValues& values, std::string_view fact) {
  auto found = std::find_if(values.begin(), values.end(), [&](const FactValue& value) { return value.fact == fact; });
  return found == values.end() ? std::string_view() : std::string_view(found->value);
}

/// Whether the file has everybody who is named, and all that is said of them: who says less takes nothing away.
bool has_contacts(db::Session& session, const SealedFields& fields, const PersonKey& key,
                  const std::vector<Contact>& said) {
  std::vector<Contact> kept;
  for (const std::string& sealed : load_list(session, ListKind::contacts, key)) {
    kept.push_back(read_contact(fields.open("contacts.details", key.id, sealed)));
  }
  auto says = [](const std::string& now, const std::string& before) { return now.empty() || now == before; };
  return std::all_of(said.begin(), said.end(), [&](const Contact& one) {
    return std::any_of(kept.begin(), kept.end(), [&](const Contact& known) {
      return one.kind == known.kind && says(one.name, known.name) && says(one.relation, known.relation) &&
             says(one.note, known.note) && (one.phone.empty() || plain_phone(one.phone) == plain_phone(known.phone));
    });
  });
}

}  // namespace

void Intake::continue_files(const std::vector<const Arrival*>& known, const std::vector<Id>& people,
                            std::vector<Registration>& out) {
  std::map<Id, File> files;
  for (File& file : load_files(work_.session, county_, people)) files.insert_or_assign(file.key.id, std::move(file));
  for (std::size_t i = 0; i < known.size(); ++i) {
    continue_file(*known[i], files.at(people[i]), out[known[i]->place]);
  }
}

std::string Intake::change_parts(const Arrival& arrival, File& file, std::vector<std::string>& changed) {
  const PersonStatement& said = *arrival.said;
  auto is_new = [&](Part part) { return is_news(arrival.digest, file.ledger_digest, part); };
  std::string replaced;
  auto note = [&](const char* name, std::string_view old) {
    changed.emplace_back(name);
    replaced += (replaced.empty() ? "\"" : ",\"") + std::string(name) + "\":" + quoted(old);
  };
  if (said.phone && is_new(Part::phone) && plain_phone(phone_of(fields_, file)) != plain_phone(*said.phone)) {
    note("phone", phone_of(fields_, file));
    set_phone(fields_, file, *said.phone);
  }
  if (said.address && is_new(Part::address) && address_of(fields_, file) != *said.address) {
    note("address", address_of(fields_, file));
    set_address(fields_, file, *said.address);
  }
  if (!said.contacts.empty() && is_new(Part::contacts) &&
      !has_contacts(work_.session, fields_, file.key, said.contacts)) {
    waiting_.changed_contacts.push_back(seal_contacts(fields_, file.key.id, said.contacts));
    changed.emplace_back("contacts");
  }
  if (!said.household.empty() && is_new(Part::household)) {
    waiting_.changed_household.push_back(seal_household(fields_, file.key.id, said.household));
    changed.emplace_back("household");
  }
  return replaced;
}

void Intake::keep_former(const File& former, Id statement, const std::vector<std::string>& changed) {
  auto is_changed = [&](std::string_view name) {
    return std::find(changed.begin(), changed.end(), name) != changed.end();
  };
  FormerParts parts{is_changed("contacts"), is_changed("household"), is_changed("willing")};
  waiting_.imported.push_back(
      {former.key.id, statement, seal_former(work_.session, fields_, terms_.import, former, parts)});
}

void Intake::continue_file(const Arrival& arrival, File& file, Registration& result) {
  FactValues before = load_last_said(work_.session, file.key, terms_.source, terms_.speaker);
  const std::optional<File> former = terms_.import.value != 0 ? std::optional(file) : std::nullopt;
  Statement statement{file.key, {work_.new_id(), terms_.source, terms_.speaker, terms_.said_on}, work_.now, {}, {}, ""};
  statement.facts = arrival.facts;
  KnownFacts::Taken taken = file.known.take(arrival.facts, before, statement.origin);
  result.changed = taken.all();
  std::string name = trimmed(arrival.said->name);
  std::string replaced = change_parts(arrival, file, result.changed);
  if (name != file.name && quoted(name) != value_in(before, "name")) {
    result.changed.emplace_back("name");
    set_name(file, name);
  }
  file.ledger_digest = arrival.digest.empty() ? file.ledger_digest : arrival.digest;
  statement.facts.push_back({"name", quoted(name)});
  const bool is_kept = before != statement.facts || !result.changed.empty();
  if (former) keep_former(*former, is_kept ? statement.origin.statement : Id{}, result.changed);
  if (!taken.empty()) follow_facts(work_, judge_, file, statement, taken);

  statement.changed = changed_text(result.changed);
  if (!replaced.empty()) {
    statement.replaced = fields_.seal("statements.replaced", file.key.id, "{" + replaced + "}");
  }
  if (!result.changed.empty()) {
    result.outcome = Outcome::changed;
    waiting_.events.push_back(
        {county_, "person_changed", "person:" + format_id(file.key.id), event_details(statement.origin.statement)});
  }
  if (is_kept) waiting_.statements.push_back(std::move(statement));
  waiting_.changed_files.push_back(std::move(file));
}

}  // namespace tanfang::registry
