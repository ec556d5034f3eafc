// Registration: statements come in (a ledger by the thousand, a clerk's one by one), files and verdicts follow.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "registry/classification.h"
#include "registry/people.h"

namespace tanfang::registry {

/// Who speaks and when, for all statements of one call.
struct Terms {
  std::string scope;  // the area the speaker answers for (county, town or village); people outside it are elsewhere
  Source source = Source::ledger;
  std::string speaker;  // within the source: `health`, a visitor's id; may be empty
  Date said_on;
  Date registered_on;   // from which day new people count as registered
  std::string subject;  // what the event is about, such as `ledger:<id>`
  Id import{};          // where it can be undone: what it writes to whom is kept under this id
};

enum class Outcome {
  registered,  // a new file
  changed,     // the file says something else now
  unchanged,   // nothing new, or only what a newer statement has overtaken
  elsewhere,   // the citizen number has a file outside the scope; a transfer is proposed there (`registered.elsewhere`)
};

struct Registration {
  Outcome outcome = Outcome::unchanged;
  /// With elsewhere: empty, because the other file is not shown.
  PersonKey person;
  Id transfer;  // with elsewhere
  /// With changed: names of facts, and `name`, `residence_area`, `phone`, `address`, `contacts`, `household`.
  std::vector<std::string> changed;
};

/// Takes statements in order, all in the work's transaction; call it again and again with some thousand rows to keep
/// memory small. A fact that a newer statement holds is not overwritten; a speaker who repeats what they said last says
/// nothing new. Values must be valid facts: Problem `fact.invalid` with the field `rows[i].facts.<name>`. Records one
/// `people_registered` event a call.
std::vector<Registration> register_people(audit::Work& work, const Classifier& classifier, const Terms& terms,
                                          std::span<const PersonStatement> statements);

/// A statement about a person whose file is known (a clerk's entry, a visit's finding, a department's list). Returns
/// the names that changed. Problem `fact.unknown`, `fact.invalid`, `person.unknown`. Records `facts_stated`.
std::vector<std::string> state_facts(audit::Work& work, const Classifier& classifier, const PersonKey& key,
                                     Source source, std::string_view speaker, Date said_on, const FactValues& facts);

/// Corrections of what is not a fact. An absent value stays as it is. Records `person_corrected`.
struct PersonCorrection {
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> address;
  std::optional<std::string> area;  // within the county; another county is a transfer
};
void correct_person(audit::Work& work, const Classifier& classifier, const PersonKey& key,
                    const PersonCorrection& correction);

/// A transfer waits until the county where the number arrived accepts it, or one of the two rejects it.
struct Transfer {
  std::string county;  // that holds the file; empty where it is shown to another
  Id id;
  Id person;  // likewise; zero where it is shown to another
  std::string to_area;
  Date proposed_on;
  std::string status;  // proposed, accepted, rejected
  std::optional<Instant> decided_at;
};
/// Those that arrive in the county and those that leave it: all open ones, and what was decided since `since`. Of what
/// arrives from elsewhere neither holder nor file is shown. In the order in which they were proposed, up to `limit`
/// behind `after`.
std::vector<Transfer> list_transfers(db::Session& session, std::string_view county, Instant since, Id after = {},
                                     std::int64_t limit = 1'000'000);
/// Asks for the file of a citizen number for `to_area`; `person.unknown` where nobody has it. Records
/// `transfer_proposed` in the county that holds it.
Transfer propose_transfer(audit::Work& work, std::string_view citizen_number, std::string_view to_area);

struct Accepted {
  PersonKey from;
  PersonKey now;
};
/// Accepts what arrived in `county` (`transfer.unknown` for any other); who proposed it over the interface may not be
/// who accepts it (`transfer.own`). The file moves: within the county its area
/// changes; into another county a new file goes on there with all that was said, each fact with its source and date,
/// and the old one ends as moved out. What the arriving row said counts like any ledger's: the newest statement of a
/// fact holds. Records `transfer_accepted` where the file was and `person_arrived` where it is.
Accepted accept_transfer(audit::Work& work, const Classifier& classifier, std::string_view county, Id transfer);
/// By either county.
void reject_transfer(audit::Work& work, std::string_view county, Id transfer, std::string_view reason);

}  // namespace tanfang::registry
