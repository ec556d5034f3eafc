// Ledgers: the tables that counties and departments keep, taken row by row. The one header that other rooms include.
//
// A ledger is read as a whole before anything is written: its table is found, its columns recognised, every row
// repaired in form and checked in substance. What is right is registered in one transaction, what is wrong goes back
// with reasons. What a ledger claims and a scheme decides otherwise, and what a department's list says otherwise than
// the registry, is kept as a difference for a person to decide.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/audit.h"
#include "ledgers/mapping.h"
#include "registry/registry.h"

namespace tanfang::ledgers {

/// Whose table it is. Lists of the health department (`health`: special families) and of the disabled persons'
/// federation (`disabled`: grades) register nobody; they are matched with the registry.
enum class LedgerKind { ledger, health, disabled };
std::string_view to_text(LedgerKind kind);
std::optional<LedgerKind> parse_ledger_kind(std::string_view text);

struct LedgerImport {
  LedgerKind kind = LedgerKind::ledger;
  std::string path;
  std::string area;     // county (6 digits), town (9) or village (12)
  std::string shipped;  // folder with `data/areas.csv` and `data/ledgers`
  Mapping mapping;
  std::optional<Date> registered_from;      // new people count as registered from this day; absent: the day of import
  const schemes::Scheme* scheme = nullptr;  // claims are compared with its verdicts; nullptr: they are not
  const schemes::Vocabulary* vocabulary = nullptr;  // of the scheme's set
  /// `check` while the file is read, `checked` once before anything is written, `write` while people are registered.
  std::function<void(std::string_view step, std::int64_t rows)> progress = {};
};

struct RefusedRow {
  int row = 0;
  std::vector<std::string> reasons;
  int sheet = 0;  // its place in LedgerResult::sheets
};

/// A taken row with cells that could not be read (`value.unknown`): those facts stay unknown.
struct RemarkedRow {
  int row = 0;
  std::vector<std::string> headings;
  int sheet = 0;
};

struct LedgerResult {
  std::int64_t rows = 0;      // people's rows
  std::int64_t accepted = 0;  // rows taken
  std::int64_t registered = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  std::int64_t repaired = 0;  // taken rows whose form was mended
  std::vector<RefusedRow> refused;
  std::vector<RemarkedRow> remarked;
  std::int64_t differences = 0;                              // contradictions found in this file
  std::vector<std::pair<std::string, std::string>> mapping;  // heading -> field, left to right
  std::string sheet;                                         // the first that was read
  std::vector<std::string> sheets;                           // all that were read, in order
  std::vector<std::string> sheets_left;                      // with people, but with other columns: not read
  int heading_row = 0;
  Mapping used;  // with what was remembered
};

/// Reads and checks, writes nothing. Areas come from the shipped list. Throws Problem `ledger.…`, `mapping.…`.
LedgerResult check_ledger(const LedgerImport& order, Date today);

/// Reads, checks and, where the whole file could be read, registers all rows taken: all or nothing. The corrections of
/// the mapping are remembered for the county, earlier ones are used. `classifier` as registration needs it. Records
/// `ledger_imported` beside what registration records.
LedgerResult import_ledger(audit::Work& work, const registry::Classifier& classifier, const LedgerImport& order);

/// What the county corrected in earlier imports, below `mapping`: an import uses it by itself, a check only when given.
Mapping with_remembered(db::Session& session, std::string_view area, Mapping mapping);

/// Throws Problem `refused.is_ledger` or `refused.not_writable` where no sheet of refused rows could be written there.
void check_refused_path(const std::string& path, const std::string& ledger);

/// Writes the refused rows of a ledger as a sheet like it, with the reasons in a column at the end, for its owner only.
/// A file of that name stays beside it under a number. The mended sheet can be imported. Returns the number of rows;
/// writes no file where none is refused.
std::int64_t write_refused_rows(const LedgerImport& order, Date today, const LedgerResult& result,
                                const std::string& path);
/// Records that such a sheet is made (`refused_rows_written`); call it before.
void record_refused_rows(audit::Work& work, const LedgerImport& order, std::int64_t rows);

// ---- Differences -------------------------------------------------------------------------------------------------

/// `claim`: the ledger's claim against the scheme's verdict; `fact`: a department's list against the registry; `match`:
/// an entry of a list that may be this person.
struct Difference {
  std::string county;
  Id id;
  Id person;
  std::string kind;    // claim, fact, match
  std::string source;  // ledger, health, disabled
  std::string topic;   // category, tier, eligible; or the fact's name
  std::string said;    // as said: a category, a tier, a fact's JSON value
  std::string found;   // the verdict's or the registry's, may be empty
  int row = 0;         // of the file that brought it last
  std::string status;  // open, accepted, rejected, settled
  Date found_on;
};

struct DifferenceFilter {
  std::string area;  // of the person, a prefix of at least the county
  std::string kind;  // or empty
  bool open_only = true;
  int limit = 200;
  std::string cursor;  // the id behind which the list begins
};
std::vector<Difference> list_differences(db::Session& session, const DifferenceFilter& filter);

/// Whom a difference is about; nullopt where there is none of that id.
std::optional<Id> person_of_difference(db::Session& session, std::string_view county, Id id);

/// A person decides. Accepting a fact or a match states the fact in the registry with the department as its source; a
/// claim can only be rejected (it is settled by correcting the facts). Throws Problem `difference.unknown`,
/// `difference.decided`, `difference.not_acceptable`. Records `difference_decided`. Returns the person.
Id decide_difference(audit::Work& work, const registry::Classifier& classifier, std::string_view county, Id id,
                     bool accept, std::string_view reason);

}  // namespace tanfang::ledgers
