// What can be asked of a database before it is trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/db/database.h"

namespace tanfang::app {

/// The number of the last migration taken; nullopt where the database was never migrated by this program.
std::optional<std::int64_t> last_step(db::Database& database);
/// The engine's own check of an SQLite file: empty, or the first complaint.
std::string integrity_complaint(db::Database& database);
/// Whether the schema that the connection works in has any table.
bool has_tables(db::Database& database);
/// Empties the schema that the connection works in (PostgreSQL).
void drop_tables(db::Database& database);

}  // namespace tanfang::app
