// A consistent copy of an open SQLite database.
#pragma once

#include "platform/db/sqlite_connection.h"

namespace tanfang::db {

/// Writes a new file that only its owner can read; writers are not held up. Throws Failure, also where the file exists
/// already, and leaves nothing behind then.
void copy_sqlite(SqliteConnection& source, const std::string& path);

}  // namespace tanfang::db
