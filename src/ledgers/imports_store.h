// Rows of `ledger_imports`: what came in, how far it is, and how it ended.
#pragma once

#include <cstdint>
#include <string>

#include "ledgers/ledgers.h"

namespace tanfang::ledgers {

/// What an import is known by besides its counts.
struct ImportMarks {
  std::string file_name;
  Date holds_from;
  std::string former_corrections;  // JSON
  Instant begun;
};
/// As running, with nothing written; or, where it was interrupted or failed, as running again with what stands. False
/// where it ended or is being undone.
bool insert_import(db::Session& session, const LedgerImport& order, Id id, const LedgerResult& result,
                   const std::string& actor, const ImportMarks& marks);
/// `written`: rows that are on the disk with this transaction. False where the import no longer runs.
bool update_import(db::Session& session, const std::string& county, Id id, const LedgerResult& result,
                   std::size_t written, std::string_view state, Instant now);

void begin_undoing(db::Session& session, const std::string& county, Id id, Instant now, const std::string& actor);
/// Adds to what was undone.
void add_undone(db::Session& session, const std::string& county, Id id, std::size_t withdrawn, std::size_t restored,
                std::size_t left_alone, Instant now);
void end_undoing(db::Session& session, const std::string& county, Id id, Instant now);
/// People about whom a difference of the import was decided and whom it neither registered nor changed.
std::int64_t count_decided(db::Session& session, const std::string& county, Id id);

/// The county's mapping says again what it said before the import, where nobody has corrected it since.
void restore_corrections(db::Session& session, const std::string& county, Id id);

/// What the county's mapping says where `corrections` are about to speak: JSON lines of heading, word, what holds now
/// or null, and what will.
std::string former_corrections(db::Session& session, const std::string& county, const Mapping& corrections);

}  // namespace tanfang::ledgers
