// People: who is known, what is known of them, and by whom it was said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/citizen_number.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"

namespace tanfang::registry {

/// One fact as it was said: the name of design vocabulary (`hukou_kind`) and its value as JSON text (`"rural"`, `true`,
/// `["spouse"]`, `[{"alive":true}]`). `null` takes the fact back to unknown. birth_date, sex and residence_area are
/// carried by the statement itself and are not among its facts.
struct FactValue {
  std::string fact;
  std::string value;
  bool operator==(const FactValue&) const = default;
};
using FactValues = std::vector<FactValue>;

enum class Source { ledger, visit, department, clerk, transfer };
std::string_view to_text(Source source);
std::optional<Source> parse_source(std::string_view text);

/// Whom to call. `kind`: emergency, first_contact, supporter, child, helper, family_doctor, other.
struct Contact {
  std::string kind;
  std::string name;
  std::string phone;
  std::string relation;
  std::string note;  // identity or unit as the ledger has it
  bool operator==(const Contact&) const = default;
};

/// A row of the household as the forms keep it (the first is 户主).
struct HouseholdMember {
  std::string name;
  std::string relation;
  std::string sex;             // male, female or empty
  std::string citizen_number;  // or empty
  std::string health;
  std::string welfare;  // low_income, destitute, … or empty
  bool operator==(const HouseholdMember&) const = default;
};

/// `kind`: service, data, home_visit, photo, devices.
struct Consent {
  std::string kind;
  bool given = false;
  Date on;
  std::string note;
};

/// What one row of a ledger (or one entry by a clerk) says of one person. An absent optional or an empty list says
/// nothing; a fact that is not listed stays as it is.
struct PersonStatement {
  std::string citizen_number;  // as read_citizen_number gives it
  Date birth_date;             // of the citizen number
  Sex sex = Sex::male;         // of the citizen number
  std::string name;
  std::string area;  // village (12 digits) or town (9)
  std::optional<std::string> phone;
  std::optional<std::string> address;
  std::vector<Contact> contacts;
  std::vector<HouseholdMember> household;
  FactValues facts;
};

/// Where a person's file is. `county` is the 6 digits that every key begins with.
struct PersonKey {
  std::string county;
  Id id;
  bool operator==(const PersonKey&) const = default;
};

/// A current fact with the statement it rests on.
struct FactOrigin {
  std::string fact;
  std::string value;  // JSON text
  Source source = Source::ledger;
  std::string speaker;
  Date date;
  Id statement;
};

/// A person's file. Citizen number, phone, address and contacts are masked unless revealed.
struct Person {
  PersonKey key;
  std::string area;
  std::string name;
  std::string sex;  // male, female
  Date birth_date;
  std::string citizen_number;
  std::string phone;
  std::string address;
  Date registered_on;
  std::vector<FactOrigin> facts;
  std::vector<Contact> contacts;
  std::vector<HouseholdMember> household;
  std::vector<Consent> consents;
};

/// The file of the citizen number, or nullopt. `county`: only there, or "" for the whole deployment.
std::optional<PersonKey> find_person(db::Session& session, const crypto::KeyRing& keys, std::string_view county,
                                     std::string_view citizen_number);
/// The county's file of the citizen number that a record of `day` belongs to: the one it has, or one that was
/// transferred to another county since.
std::optional<PersonKey> find_person_on(db::Session& session, const crypto::KeyRing& keys, std::string_view county,
                                        std::string_view citizen_number, Date day);
/// The file of the id, or nullopt: one look-up a county. `county` may be a wider area, or empty: all of them.
std::optional<PersonKey> find_person(db::Session& session, std::string_view county, Id id);

/// How a person is refused whose file is not there, or not to be seen: both read alike.
Problem unknown_person();
/// The village or town of the file. Throws Problem `person.unknown`.
std::string area_of(db::Session& session, const PersonKey& key);
/// A text that is another one after every change of the file: what it says, its lists, its status. Throws Problem
/// `person.unknown`.
std::string version_of(db::Session& session, const PersonKey& key);

/// Masked. Throws Problem `person.unknown`.
Person load_person(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key);

/// Unmasked, for a reason of at least 4 characters (`reveal.reason_missing`) which the trail keeps: records
/// `field_revealed` with the fields' names. `fields`: citizen_number, phone, address, contacts, household; empty means
/// all.
Person reveal_person(audit::Work& work, const PersonKey& key, const std::vector<std::string>& fields,
                     std::string_view reason);

/// The current facts as one JSON object in the shape that schemes read (with birth_date, sex and residence_area).
std::string load_facts(db::Session& session, const PersonKey& key);

/// One entry of a person's history.
struct StatementRecord {
  Id id;
  Source source = Source::ledger;
  std::string speaker;
  Date said_on;
  Instant recorded_at;
  std::string actor;
  FactValues facts;                  // as said
  std::vector<std::string> changed;  // what it changed of the file then
};
std::vector<StatementRecord> load_history(db::Session& session, const PersonKey& key);

/// Replaces them all, in order. Refuses `contact.kind`. Records `contacts_changed`.
void set_contacts(audit::Work& work, const PersonKey& key, const std::vector<Contact>& contacts);
/// Replaces them all, in order. Records `household_changed`.
void set_household(audit::Work& work, const PersonKey& key, const std::vector<HouseholdMember>& members);
/// Appends; the latest of a kind holds. The fact `home_visit_consent` is stated apart. Refuses `consent.kind`.
void record_consent(audit::Work& work, const PersonKey& key, const Consent& consent);

}  // namespace tanfang::registry
