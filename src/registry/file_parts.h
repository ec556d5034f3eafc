// The parts of a file that statements bring along: name, phone, address, lists, and the digest that tells what is news.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/files_store.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {

/// `text` as a JSON string.
std::string quoted(std::string_view text);
/// Adds what the file itself holds and every statement of a whole person carries: birth_date, residence_area, sex.
void add_own_facts(const PersonStatement& said, FactValues& facts);

void set_name(File& file, std::string_view name);
void set_phone(const SealedFields& fields, File& file, std::string_view phone);
void set_address(const SealedFields& fields, File& file, std::string_view address);
std::string phone_of(const SealedFields& fields, const File& file);
std::string address_of(const SealedFields& fields, const File& file);
SealedList seal_contacts(const SealedFields& fields, Id person, const std::vector<Contact>& contacts);
SealedList seal_household(const SealedFields& fields, Id person, const std::vector<HouseholdMember>& members);

/// Tells, by the key only, whether a ledger's row says again what it said last, as a whole and part by part.
std::string digest_of(const SealedFields& fields, const PersonStatement& said, const FactValues& facts);
enum class Part : std::size_t { phone, address, contacts, household };
/// False where the last row of a ledger said the same part. Without digests everything is news.
bool is_news(std::string_view digest, std::string_view digest_before, Part part);

/// Masks every field that is not among `shown` (citizen_number, phone, address, contacts, household).
void mask_person(Person& person, const std::vector<std::string>& shown);

/// Opens or ends the span `declined` as the fact `willing` says now.
void follow_willingness(audit::Work& work, const File& file, Date on);
/// Makes the spans `declined` anew from everything that was said: for what is said late.
void follow_past_willingness(audit::Work& work, const File& file, std::span<const StatementRecord> records);

}  // namespace tanfang::registry
