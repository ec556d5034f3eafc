// Rows of the ledgers' tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledgers/ledgers.h"

namespace tanfang::ledgers {

/// The corrections remembered for a county, as columns and values of a mapping.
Mapping load_corrections(db::Session& session, const std::string& county);
/// Keeps the columns and values of a mapping; returns how many were new or other.
std::int64_t keep_corrections(db::Session& session, const std::string& county, const Mapping& mapping);

/// Inserts differences; one that is known takes the row and import, and a settled one is open again. Returns how many
/// were new or opened again.
std::int64_t put_differences(db::Session& session, std::span<const Difference> differences, Id from_import);
/// Settles the open claims of `source` about these people that the import no longer found.
std::int64_t settle_claims(db::Session& session, const std::string& county, std::span<const Id> people, Id from_import);
/// Differences about people who are about to go.
void delete_differences_of(db::Session& session, const std::string& county, const std::vector<Id>& people);
/// What the import put, opened again or settled is as before, where nobody decided or another import spoke since.
void restore_differences(db::Session& session, const std::string& county, Id import);
std::optional<Difference> find_difference(db::Session& session, std::string_view county, Id id);
void decide(db::Session& session, std::string_view county, Id id, std::string_view status, Instant now,
            const std::string& actor, std::string_view reason);

std::vector<Difference> select_differences(db::Session& session, const DifferenceFilter& filter);

std::string find_name(db::Session& session, const registry::PersonKey& key);

/// People of a county by name and birth date whose area begins with `area`.
std::vector<Id> find_namesakes(db::Session& session, const std::string& county, const std::string& name,
                               const std::string& birth_date, const std::string& area);

}  // namespace tanfang::ledgers
