// Copies of a PostgreSQL database by its own programs, pg_dump and pg_restore.
#pragma once

#include <string>

namespace tanfang::db {

/// Writes the schema that `address` works in to the new file `path` (custom format, mode 0600). The password travels by
/// environment, never on the command line. Throws Problem `backup.no_pg_dump` where the program is not installed,
/// Failure where it fails or the file is there already.
void dump_postgresql(const std::string& address, const std::string& path);

/// Whether the file is a dump that holds `table` in the schema that `address` works in. Throws as `dump_postgresql`; a
/// damaged file holds nothing.
bool dump_holds_table(const std::string& address, const std::string& path, const std::string& table);

/// Loads a dump in one transaction. The schema must be there and empty. Throws as `dump_postgresql`.
void load_postgresql(const std::string& address, const std::string& path);

}  // namespace tanfang::db
