// Ledgers: the tables that counties and departments keep, taken row by row. The one header that other rooms include.
//
// A ledger is read as a whole before anything is written: its table is found, its columns recognised, every row
// repaired in form and checked in substance. What is right is registered, some thousand rows a transaction, what is
// wrong goes back with reasons. What a ledger claims and a scheme decides otherwise, and what a department's list says
// otherwise than the registry, is kept as a difference for a person to decide.
#pragma once

#include <cstddef>
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
  Id id{};                                          // of the import; zero: a new one
  std::string file_name{};                          // as its sender calls it; empty: the last part of `path`
  std::size_t rows_together = 2'000;                // in one transaction
  /// `check` while the file is read, `checked` once before anything is written, `write` after so many rows are on the
  /// disk.
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

/// The house that an import, or its undoing, works in, transaction by transaction. The functions do what must follow in
/// the same transaction; they may run again, like the transaction, and may be missing.
struct House {
  db::Database& database;
  const registry::Classifier& classifier;
  const crypto::KeyRing& keys;
  IdSource& ids;
  std::string actor;
  std::function<Instant()> now;
  /// People were registered or changed: what is owed to them may be otherwise from that day on.
  std::function<void(audit::Work&, const std::string& county, const std::vector<Id>& people, Date from)> follow;
  /// They are as they were before an import changed them, which had held from that day on.
  std::function<void(audit::Work&, const std::string& county, const std::vector<Id>& people, Date from)> go_back;
  /// They are about to go, as if they had never been registered.
  std::function<void(audit::Work&, const std::string& county, const std::vector<Id>& people)> forget;
};

/// Reads, checks and, where the whole file could be read, registers all rows taken, `rows_together` a transaction, so
/// that others write meanwhile. Each is whole: rows, what follows, and how far the import is. An import that ended in
/// between is repeated with the same file: rows that are there already change nothing; under the same id it goes on as
/// that import, with whom it registered and changed before counted in. The corrections of the mapping are remembered
/// for the county, earlier ones are used. Records `ledger_import_begun` and `ledger_imported` beside what registration
/// records. Throws Problem `ledger.…`, of these `ledger.changed_while_read` with rows perhaps written.
LedgerResult import_ledger(const House& house, const LedgerImport& order);

// ---- What was imported ---------------------------------------------------------------------------------------------

/// An import as it is kept, from when it began to write.
struct ImportRecord {
  std::string county;
  Id id;
  std::string area;
  std::string kind;
  std::string file_name;
  Instant imported_at;  // when it began
  std::string actor;
  /// running; interrupted: running once, but nothing was written for ten minutes; done; failed: ended too early;
  /// undoing; undone.
  std::string state;
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t written = 0;  // of those accepted, on the disk
  std::int64_t registered = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  std::int64_t repaired = 0;
  std::int64_t refused = 0;
  std::int64_t differences = 0;
  bool recorded = false;  // what it wrote is kept: imports of earlier versions cannot be undone
  Date holds_from;        // the first day that it may have changed
  // Of undoing it: people who are gone again, who are as before, and whom somebody built on meanwhile.
  std::int64_t withdrawn = 0;
  std::int64_t restored = 0;
  std::int64_t left_alone = 0;
  std::optional<Instant> undone_at;
  std::string undone_by;
};

struct ImportFilter {
  std::string area;               // a county, town or village: imports for it or places in it
  std::vector<LedgerKind> kinds;  // at least one
  Id before{};                    // older than this one; zero: from the newest on
  int limit = 50;
};
/// The newest first.
std::vector<ImportRecord> list_imports(db::Session& session, const ImportFilter& filter, Instant now);
/// Below an area of two to twelve digits.
std::optional<ImportRecord> find_import(db::Session& session, std::string_view within, Id id, Instant now);
/// On how many of its people somebody built since (a fact, a visit, a status, a consent, a transfer, an assignment, a
/// decided difference, another import that changed them); stops counting at `most`.
std::int64_t count_built_on(db::Session& session, const ImportRecord& record, std::int64_t most = 1'000'000);
/// Why the import cannot be undone: `ledger.still_running`, `ledger.not_recorded`, `ledger.built_on` with how many
/// people. nullopt where it can, or is already.
std::optional<Problem> refusal_of_undo(const ImportRecord& record, std::int64_t built_on);

/// Undoes an import as a whole, in two steps, so that a great one does not hold up others. The first says it and
/// refuses as above; Problem `ledger.import_unknown`. False where nothing is left to be done. Records
/// `ledger_undo_begun`.
bool begin_undo(audit::Work& work, const std::string& county, Id import);
/// The second: some hundred people a transaction, again after an interruption. Whom it registered are gone, whom it
/// changed are as before, its differences, proposed transfers and remembered corrections are taken back. On whom
/// somebody built since the first step they are left alone and counted. Records `ledger_undone`.
ImportRecord finish_undo(const House& house, const std::string& county, Id import,
                         const std::function<void(std::int64_t people)>& progress = {});

/// What the county corrected in earlier imports, below `mapping`: an import uses it by itself, a check only when given.
Mapping with_remembered(db::Session& session, std::string_view area, Mapping mapping);

/// What a reason or remark says to a clerk: why, and how to mend it.
::tanfang::Words reason_words(std::string_view code);

/// A cell of a row as it is shown: personal columns masked, long ones cut.
struct ShownCell {
  std::string heading;
  std::string text;
};
struct RowProblem {
  std::string code;
  std::string heading;  // of the column it is about, as in `LedgerResult::mapping`; empty where the ledger has none
};
/// A refused or remarked row beside what is wrong with it.
struct ShownRow {
  int row = 0;
  int sheet = 0;
  std::vector<ShownCell> cells;  // of the columns with a heading, empty ones left out
  std::vector<RowProblem> problems;
};
/// Which of the rows of `result` are shown: `remarked` ones or else the refused, `limit` behind the first `after`.
struct ShownRows {
  bool remarked = false;
  std::size_t after = 0;
  std::size_t limit = 50;
};
/// Reads the file again, as far as these rows. Areas come from the database.
std::vector<ShownRow> show_rows(db::Session& session, const LedgerImport& order, Date today, const LedgerResult& result,
                                const ShownRows& wanted);

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
