// A person's file: shown masked, revealed for a reason, corrected, added to.
#include <algorithm>
#include <array>

#include "base/area_code.h"
#include "base/mask.h"
#include "base/text.h"
#include "registry/changes.h"
#include "registry/file_parts.h"
#include "registry/files_together.h"
#include "registry/for_lists.h"
#include "registry/for_paper.h"
#include "registry/registration.h"
#include "registry/registry_problems.h"
#include "registry/statements_store.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

constexpr std::array<std::string_view, 5> kFields = {"citizen_number", "phone", "address", "contacts", "household"};
constexpr std::array<std::string_view, 7> kContactKinds = {"emergency", "first_contact", "supporter", "child",
                                                           "helper",    "family_doctor", "other"};
constexpr std::array<std::string_view, 5> kConsentKinds = {"service", "data", "home_visit", "photo", "devices"};
constexpr std::size_t kShortestReason = 4;

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string subject_of(const PersonKey& key) { return "person:" + format_id(key.id); }

/// Everything in clear.
Person open_person(db::Session& session, const SealedFields& fields, const PersonKey& key) {
  Person person = open_file(fields, load_file(session, key), load_list(session, ListKind::contacts, key),
                            load_list(session, ListKind::household_members, key));
  person.consents = load_consents(session, fields, key);
  return person;
}

void store_change(audit::Work& work, const File& file, std::string_view kind, const Statement& statement) {
  update_files(work.session, std::span(&file, 1));
  insert_statements(work.session, std::span(&statement, 1), work.actor);
  work.record({file.key.county, std::string(kind), subject_of(file.key),
               "{\"statement\":\"" + format_id(statement.origin.statement) + "\"}"});
}

/// In the person's history: a clerk wrote this list anew.
void note_list(audit::Work& work, const PersonKey& key, const char* list) {
  Statement statement{key, {work.new_id(), Source::clerk, "", work.today()}, work.now, {}, list, ""};
  insert_statements(work.session, std::span(&statement, 1), work.actor);
}

}  // namespace

void mask_person(Person& person, const std::vector<std::string>& shown) {
  if (!is_one_of(shown, "citizen_number")) person.citizen_number = mask_citizen_number(person.citizen_number);
  if (!is_one_of(shown, "phone")) person.phone = mask_phone(person.phone);
  if (!is_one_of(shown, "address") && !person.address.empty()) person.address = mask_address(person.address);
  if (!is_one_of(shown, "contacts")) {
    for (Contact& contact : person.contacts) {
      contact.name = mask_name(contact.name);
      contact.phone = mask_phone(contact.phone);
      contact.note.clear();
    }
  }
  if (!is_one_of(shown, "household")) {
    for (HouseholdMember& member : person.household) {
      member.name = mask_name(member.name);
      member.citizen_number = mask_citizen_number(member.citizen_number);
      member.health.clear();
    }
  }
}

std::optional<PersonKey> find_person(db::Session& session, const crypto::KeyRing& keys, std::string_view county,
                                     std::string_view citizen_number) {
  auto found = find_number(session, SealedFields(keys).citizen_number_hash(citizen_number));
  if (found && !county.empty() && found->county != county) return std::nullopt;
  return found;
}

std::optional<PersonKey> find_person_on(db::Session& session, const crypto::KeyRing& keys, std::string_view county,
                                        std::string_view citizen_number, Date day) {
  auto files = load_numbered_files(session, county, SealedFields(keys).citizen_number_hash(citizen_number));
  if (files.empty()) return std::nullopt;
  auto held =
      std::find_if(files.begin(), files.end(), [&](const NumberedFile& file) { return file.registered_on <= day; });
  return held == files.end() ? files.front().key : held->key;
}

std::optional<PersonKey> find_person(db::Session& session, std::string_view county, Id id) {
  return find_person_by_id(session, county, id);
}

Problem unknown_person() { return problems::person_unknown(); }

std::string area_of(db::Session& session, const PersonKey& key) {
  auto area = find_area_of(session, key);
  if (!area) throw problems::person_unknown();
  return *area;
}

std::string version_of(db::Session& session, const PersonKey& key) {
  FilesTogether files(session, key.county, {key.id});
  if (files.all().empty()) throw problems::person_unknown();
  return files.version_of(files.all().front());
}

Person unmask_person(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key) {
  return open_person(session, SealedFields(keys), key);
}

Person load_person(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key) {
  Person person = open_person(session, SealedFields(keys), key);
  mask_person(person, {});
  return person;
}

Person reveal_person(audit::Work& work, const PersonKey& key, const std::vector<std::string>& fields,
                     std::string_view reason) {
  if (length_of(trimmed(reason)) < kShortestReason) throw problems::reveal_reason_missing();
  std::vector<std::string> shown = fields;
  if (shown.empty()) shown.assign(kFields.begin(), kFields.end());
  std::string names;
  for (const std::string& field : shown) {
    if (!is_one_of(kFields, field)) throw problems::reveal_field(field);
    names += (names.empty() ? "\"" : ",\"") + field + "\"";
  }
  Person person = open_person(work.session, SealedFields(work.keys), key);
  mask_person(person, shown);
  work.record({key.county, "field_revealed", subject_of(key),
               "{\"fields\":[" + names + "],\"reason\":" + quoted(trimmed(reason)) + "}"});
  return person;
}

std::string load_facts(db::Session& session, const PersonKey& key) {
  return load_file(session, key).known.facts_text();
}

std::vector<StatementRecord> load_history(db::Session& session, const PersonKey& key) {
  load_file(session, key);
  return load_statements(session, key);
}

std::optional<std::vector<StatementRecord>> load_history(db::Session& session, const PersonKey& key, Id after,
                                                         int limit) {
  if (after.value != 0 && !has_statement(session, key, after)) return std::nullopt;
  return load_statements(session, key, after, limit);
}

std::vector<std::string> state_facts(audit::Work& work, const Classifier& classifier, const PersonKey& key,
                                     Source source, std::string_view speaker, Date said_on, const FactValues& facts) {
  if (facts.empty()) throw problems::facts_empty();
  if (said_on > work.today()) throw problems::date_future("said_on");
  File file = load_file(work.session, key);
  Judge judge(classifier.policy_of(work.session, key.county));
  Statement statement{key, {work.new_id(), source, std::string(speaker), said_on}, work.now, {}, {}, ""};
  statement.facts = judge.facts().normal(facts, "facts.");
  // A list that says again what it said before says nothing new; a clerk or visitor who says it means it.
  bool repeats = source == Source::ledger || source == Source::department;
  FactValues before = repeats ? load_last_said(work.session, key, source, speaker) : FactValues{};
  KnownFacts::Taken taken = file.known.take(statement.facts, before, statement.origin);
  if (taken.empty() && before == statement.facts) {
    work.unchanged();
    return {};
  }
  if (!taken.empty()) follow_facts(work, judge, file, statement, taken);
  statement.changed = changed_text(taken.all());
  store_change(work, file, "facts_stated", statement);
  return taken.changed;
}

void correct_person(audit::Work& work, const Classifier& classifier, const PersonKey& key,
                    const PersonCorrection& correction) {
  File file = load_file(work.session, key);
  SealedFields fields(work.keys);
  Judge judge(classifier.policy_of(work.session, key.county));
  Statement statement{key, {work.new_id(), Source::clerk, "", work.today()}, work.now, {}, {}, ""};
  std::vector<std::string> changed;
  if (correction.name) {
    if (trimmed(*correction.name).empty()) throw problems::name_missing("name");
    set_name(file, trimmed(*correction.name));
    statement.facts.push_back({"name", quoted(file.name)});
    changed.emplace_back("name");
  }
  if (correction.phone) {
    set_phone(fields, file, *correction.phone);
    changed.emplace_back("phone");
  }
  if (correction.address) {
    set_address(fields, file, *correction.address);
    changed.emplace_back("address");
  }
  if (correction.area) {
    if (*correction.area == key.county) throw problems::area_too_wide("area");
    bool fits =
        is_area_code(*correction.area) && correction.area->size() >= 9 && county_of(*correction.area) == key.county;
    if (!fits) throw problems::area_outside("area");
    FactValues area{{"residence_area", quoted(*correction.area)}};
    statement.facts.push_back(area.front());
    KnownFacts::Taken taken = file.known.take(area, {}, statement.origin);
    if (!taken.empty()) {
      follow_facts(work, judge, file, statement, taken);
      changed.emplace_back("residence_area");
    }
  }
  statement.changed = changed_text(changed);
  store_change(work, file, "person_corrected", statement);
}

void set_contacts(audit::Work& work, const PersonKey& key, const std::vector<Contact>& contacts) {
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    if (!is_one_of(kContactKinds, contacts[i].kind)) {
      throw problems::contact_kind("contacts[" + std::to_string(i) + "].kind");
    }
  }
  load_file(work.session, key);
  note_list(work, key, "contacts");
  SealedList list = seal_contacts(SealedFields(work.keys), key.id, contacts);
  write_lists(work.session, ListKind::contacts, key.county, std::span(&list, 1), false);
  work.record(
      {key.county, "contacts_changed", subject_of(key), "{\"contacts\":" + std::to_string(contacts.size()) + "}"});
}

void set_household(audit::Work& work, const PersonKey& key, const std::vector<HouseholdMember>& members) {
  load_file(work.session, key);
  note_list(work, key, "household");
  SealedList list = seal_household(SealedFields(work.keys), key.id, members);
  write_lists(work.session, ListKind::household_members, key.county, std::span(&list, 1), false);
  work.record(
      {key.county, "household_changed", subject_of(key), "{\"members\":" + std::to_string(members.size()) + "}"});
}

void record_consent(audit::Work& work, const PersonKey& key, const Consent& consent) {
  if (!is_one_of(kConsentKinds, consent.kind)) throw problems::consent_kind();
  if (consent.on > work.today()) throw problems::date_future("on");
  load_file(work.session, key);
  insert_consent(work.session, SealedFields(work.keys), key, work.new_id(), consent, work.now);
  work.record({key.county, "consent_recorded", subject_of(key),
               "{\"kind\":\"" + consent.kind + "\",\"given\":" + (consent.given ? "true" : "false") + "}"});
}

}  // namespace tanfang::registry
