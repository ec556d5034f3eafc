// Rows of people, citizen_numbers, contacts, household_members and consents.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/known_facts.h"
#include "registry/people.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {

/// A person's file as it lies in the table: encrypted fields are as `SealedFields` made them, empty for none.
struct File {
  PersonKey key;
  std::string area;
  std::string name;
  std::string pinyin;
  std::string initials;
  std::string sex;
  Date birth_date;
  std::string citizen_number;
  std::string phone;
  std::string phone_hash;
  std::string address;
  Date registered_on;
  Instant registered_at;
  KnownFacts known;
  std::string ledger_digest;
  Date classified_until;
};

/// A list that hangs on a person (contacts, household members), encrypted row by row.
struct SealedList {
  Id person;
  std::vector<std::string> details;  // by position
};
enum class ListKind { contacts, household_members };

/// Where the citizen number with this hash has its file.
std::optional<PersonKey> find_number(db::Session& session, const std::string& hash);
/// The same for many.
std::unordered_map<std::string, PersonKey> find_numbers(db::Session& session, const std::vector<std::string>& hashes);
void insert_numbers(db::Session& session, std::span<const std::pair<std::string, PersonKey>> numbers);
void move_number(db::Session& session, const std::string& hash, const PersonKey& to);
/// The file stays behind where the number moves to another county.
void insert_former_file(db::Session& session, const std::string& hash, const PersonKey& key);
/// A file that the county has, or had, under a citizen number.
struct NumberedFile {
  PersonKey key;
  Date registered_on;
};
/// Present and former ones, the newest first.
std::vector<NumberedFile> load_numbered_files(db::Session& session, std::string_view county, const std::string& hash);

/// What tells whether a ledger's row is news.
struct Brief {
  std::string area;
  std::string ledger_digest;
};
std::map<Id, Brief> load_briefs(db::Session& session, std::string_view county, const std::vector<Id>& people);

std::vector<File> load_files(db::Session& session, std::string_view county, const std::vector<Id>& people);
/// Throws Problem `person.unknown`.
File load_file(db::Session& session, const PersonKey& key);
/// Up to `limit` files of the county behind `after`, by id, whose verdicts end before `classified_before`.
std::vector<File> load_files_to_classify(db::Session& session, std::string_view county, Date classified_before,
                                         Id after, std::int64_t limit);
void insert_files(db::Session& session, std::span<const File> files);
void update_files(db::Session& session, std::span<const File> files);
/// The county the id belongs to, among all counties.
std::optional<PersonKey> find_person_by_id(db::Session& session, std::string_view within, Id id);
std::optional<std::string> find_area_of(db::Session& session, const PersonKey& key);

/// Replaces the lists of these people.
void write_lists(db::Session& session, ListKind kind, std::string_view county, std::span<const SealedList> lists,
                 bool are_new);
std::vector<std::string> load_list(db::Session& session, ListKind kind, const PersonKey& key);

/// The notes are encrypted.
void insert_consent(db::Session& session, const SealedFields& fields, const PersonKey& key, Id id,
                    const Consent& consent, Instant recorded_at);
std::vector<Consent> load_consents(db::Session& session, const SealedFields& fields, const PersonKey& key);

/// Remembers that the county holds people.
void note_county(db::Session& session, std::string_view county, std::string_view classified_with);
std::vector<std::string> load_counties(db::Session& session);
std::string classified_with(db::Session& session, std::string_view county);
void set_classified_with(db::Session& session, std::string_view county, std::string_view fingerprint);

}  // namespace tanfang::registry
