// Lists of records and of what is owed. Inside the folder only.
#pragma once

#include "app/exports/exports.h"

namespace tanfang::app::exports {

/// Records and attempts of the period, the newest first; also those corrected or struck out, and so said.
Export visits_list(db::Session& session, const Ground& ground, const Order& order);
/// One row for each finding of the records that count.
Export findings_list(db::Session& session, const Ground& ground, const Order& order);
/// One row for each need that a record that counts tells; masked, what was written in words is left out.
Export needs_list(db::Session& session, const Ground& ground, const Order& order);
/// What is owed in the month, village by village.
Export obligations_list(db::Session& session, const Ground& ground, const Order& order);

}  // namespace tanfang::app::exports
