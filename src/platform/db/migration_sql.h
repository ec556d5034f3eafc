// The words of a migration, written for PostgreSQL, as SQLite understands them.
#pragma once

#include <string>
#include <string_view>

namespace tanfang::db {

/// For `sqlite`: `bigint` becomes integer, `bytea` blob, `double precision` real, `collate "C"` is left out (bytes are
/// compared anyway), `in (…)` in a table's checks becomes comparisons, and each table is strict. A table with a key
/// constraint of its own (`primary key (…)`) and without bytes, so of short rows, is kept in the order of its key: one
/// tree to write instead of two. For `postgresql` the text itself. Text in quotes and comments is kept as it is.
std::string for_engine(std::string_view sql, std::string_view engine);

}  // namespace tanfang::db
