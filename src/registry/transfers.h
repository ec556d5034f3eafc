// Within the room: proposing the transfer of a person whose row arrived elsewhere.
#pragma once

#include <string>

#include "registry/registration.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {

/// What arrived, and who said it when: kept encrypted until the transfer is decided.
struct Arriving {
  PersonStatement said;
  Source source = Source::ledger;
  std::string speaker;
  Date said_on;
};
std::string write_arriving(const Arriving& arriving);
Arriving read_arriving(std::string_view text);

/// Proposes, or refreshes what an open proposal for the same area carries. `arriving` may be nullptr.
Transfer propose(audit::Work& work, const SealedFields& fields, const PersonKey& holder, std::string_view to_area,
                 const Arriving* arriving);

/// Into another county: a new file in `to_area` with all that the old one holds, history included; the citizen number
/// belongs to it, the old one, to which visits belong, ends as moved out. Takes what arrived, where something did.
PersonKey move_across(audit::Work& work, const Classifier& classifier, const SealedFields& fields,
                      const PersonKey& from, const std::string& to_area, const Arriving* arriving);
/// Within one county the file stays: it takes what arrived and its area changes.
void move_within(audit::Work& work, const Classifier& classifier, const PersonKey& key, const std::string& to_area,
                 const Arriving* arriving);

}  // namespace tanfang::registry
