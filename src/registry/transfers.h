// Within the room: proposing the transfer of a person whose row arrived elsewhere.
#pragma once

#include <string>

#include "registry/registration.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {

/// A statement as one text, to be kept encrypted until the transfer is decided, and back.
std::string write_statement(const PersonStatement& statement);
PersonStatement read_statement(std::string_view text);

/// Proposes, or refreshes what an open proposal for the same area carries. `statement` may be nullptr.
Transfer propose(audit::Work& work, const SealedFields& fields, const PersonKey& holder, std::string_view to_area,
                 const PersonStatement* statement);

}  // namespace tanfang::registry
