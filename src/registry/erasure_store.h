// The statements that erase. Inside the room only.
#pragma once

#include "registry/people.h"

namespace tanfang::registry::store {

/// False where the person was erased before.
bool note_erased(db::Session& session, const PersonKey& key, Instant now);
/// Everything of the person that hangs on the file: lists, notes, reasons, replaced values, the citizen number's hash.
void erase_around(db::Session& session, const PersonKey& key);
/// `facts` as the statement keeps them from now on.
void rewrite_statement(db::Session& session, const PersonKey& key, Id statement, const std::string& facts);

}  // namespace tanfang::registry::store
