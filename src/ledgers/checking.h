// The first reading of a ledger: everything is counted and checked, nothing written.
#pragma once

#include "ledgers/claims.h"
#include "ledgers/ledger_file.h"
#include "ledgers/ledgers.h"

namespace tanfang::ledgers {

Words load_words(const std::string& shipped);

/// Reads the whole file. `file` is of the same import. `marks`, where given, gets one of every `order.rows_together`
/// rows taken, in order, and of what is left at the end.
LedgerResult check_rows(LedgerFile& file, const LedgerImport& order, Date today,
                        std::vector<std::size_t>* marks = nullptr);

/// Rows of a list of a department are about people in the registry: their place is no reason, and who has a name and a
/// birth date can be looked for without a citizen number.
void drop_reasons_of_lists(LedgerKind kind, CheckedRow& row);

}  // namespace tanfang::ledgers
