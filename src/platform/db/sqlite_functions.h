// Functions that PostgreSQL has and SQLite lacks, so that one SQL text serves both.
#pragma once

#include <sqlite3.h>

namespace tanfang::db {

/// `least(…)` and `greatest(…)`: nulls are ignored; null where all are null.
void add_common_functions(sqlite3* connection);

}  // namespace tanfang::db
