// Backup and restore of the whole database, without keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "audit/audit.h"

namespace tanfang::app {

/// Writes a consistent copy, also while others write, to a new file (mode 0600) that appears only when it is whole.
/// PostgreSQL: the schema by pg_dump. Its last line holds the digest of all before it. Refuses (Failure) a damaged
/// SQLite database. Records `backup_made`. Returns its size in bytes. Problems `backup.no_data`, `backup.exists`,
/// `backup.no_pg_dump`.
std::int64_t backup_database(Surroundings& surroundings, const std::string& path);

struct RestoreOptions {
  bool force = false;                // keep an existing SQLite file aside instead of refusing
  bool accept_broken_trail = false;  // restore although the audit chain does not hold
};

struct Restored {
  std::vector<std::string> steps;            // migrations taken, where the backup was older
  std::string kept_aside;                    // the old database file, if there was one
  std::optional<audit::Verification> trail;  // missing where the keys are not here to check it
};

/// Puts a backup in the place of the database, after it was checked: whole, ours, not newer, belonging to the keys
/// here, with a sound audit chain. Records `database_restored` where the keys are here. Problems `backup.*`,
/// `restore.not_empty`, `keys.foreign`; then nothing was changed.
Restored restore_database(Surroundings& surroundings, const std::string& path, RestoreOptions options);

}  // namespace tanfang::app
