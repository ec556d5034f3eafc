// Record forms as data: what a scheme's annex asks, how an answer is checked, what it says in common indicators.
//
// A form is read from `schemes/<scheme>/forms/<name>.toml`; indicators and scales from `schemes/common/indicators.toml`
// and, where a scheme has its own, `schemes/<scheme>/indicators.toml`. Everything here is pure but `load_catalog` and
// `lint`, which read those files. docs/forms.md describes the format.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"

namespace tanfang::forms {

enum class FieldKind {
  text,
  integer,
  decimal,
  date,
  year_month,
  choice,
  choices,
  yes_no,
  phone,
  citizen_number,
  area,
  signature,
  rows
};

/// How a person fares in one indicator. The order is the order of the steps.
enum class Status { poor, fair, good };

/// What an answer does to the last known status: sets it, moves it one step, keeps it; `more` and `fewer` belong to
/// indicators that count.
enum class Effect { good, fair, poor, up, down, same, more, fewer };

/// What an indicator holds: a status, a measured number, a change of a count, or only the code that was answered.
enum class IndicatorKind { status, number, count_change, code };

struct Indicator {
  std::string code;  // health.expression
  Words label;
  IndicatorKind kind = IndicatorKind::status;
};

/// A condition over the answers, the person's known facts and the circumstances of the visit; three-valued.
struct Condition {
  enum class Kind { answer, answered, fact, method, season, all, any, none };
  Kind kind = Kind::all;
  std::string subject;              // answer, answered, fact: the field's or fact's code
  std::vector<std::string> values;  // answer, fact, method, season: true where one of them is held
  std::vector<Condition> parts;     // all, any, none
};

/// One choice. `box`: it has no box of its own on paper and ticks that one; `noted`: its label is then written behind
/// in brackets (其他（路遇）). `blank`: the field whose answer stands in the label's `__`.
/// `box_when`: on paper the box is ticked only where this holds.
struct Option {
  std::string code;
  Words label;
  std::optional<Effect> effect;
  std::string box;
  bool noted = true;
  std::string blank;
  std::optional<Condition> box_when;
};

struct Scale {
  std::string code;
  std::vector<Option> options;  // each with an effect; of a list, none
};

/// Where the field stands in its section's grid: `row` counts from 1 in the section; the label takes `label` columns
/// and the answer `width`; `height` rows.
struct Cell {
  int row = 0;
  int label = 0;
  int width = 0;
  int height = 1;
};

struct Field {
  std::string code;
  Words label;
  FieldKind kind = FieldKind::text;
  std::vector<Option> options;  // choice, choices
  bool required = false;
  std::optional<Condition> required_when;
  std::optional<double> minimum, maximum;  // integer, decimal
  int max_length = 500;                    // text: code points; rows: number of rows
  std::string unit;                        // 元, ℃
  std::string prefill;                     // a fact, or `visit.…`, `person.…`, `plan.…`; see docs/forms.md
  std::string indicator;
  std::string scale;
  std::string list;            // of the vocabulary, where the options come from
  bool written = false;        // on paper the chosen words are written, without boxes
  std::vector<Field> columns;  // rows
  std::optional<Cell> cell;
  int line = 0;
};

/// Who fills a section: the person's file, the visit, or the office and the care service afterwards.
enum class FilledBy { person, visit, office };

struct Section {
  std::string code;
  Words title;
  FilledBy filled_by = FilledBy::visit;
  std::string block;  // sections of one block print under one heading
  bool side = false;  // the title stands left of its rows, not above them
  std::vector<Field> fields;
  int line = 0;
};

/// Sections that print together: one heading, and with `side` a cell left of all rows that holds those fields.
struct Block {
  std::string code;
  Words title;
  std::vector<std::string> side;  // field codes
  std::string repeat;             // empty, or `quarter`: printed once for each quarter of the sheet's year
  int line = 0;
};

enum class FormUse { visit, registration, supplement };

struct Form {
  std::string id;  // luzhou-2023/visit
  int version = 1;
  FormUse use = FormUse::visit;
  Words title;
  std::string cite;  // the clause or annex it is taken from
  int copies = 1;
  Words copies_note;  // as printed, empty where the annex has none
  int grid_columns = 12;
  std::string supplement;  // id of the form whose fields are asked beside this one
  int supplement_line = 1;
  std::vector<Block> blocks;
  std::vector<Section> sections;

  const Field* find(std::string_view code) const;
};

/// Indicators, scales and lists of options: the common ones and a scheme's own.
struct Vocabulary {
  std::vector<Indicator> indicators;
  std::vector<Scale> scales;
  std::vector<Scale> lists;

  const Indicator* indicator(std::string_view code) const;
  const Scale* scale(std::string_view code) const;
  const Scale* list(std::string_view code) const;
};

enum class Severity { error, warning };

/// One thing that is wrong in a file. `line` counts from 1; 0 where the whole file is meant.
struct LintMessage {
  std::string file;
  int line = 0;
  Severity severity = Severity::error;
  Words message;
};

/// All forms of some scheme folders.
class Catalog {
 public:
  /// nullptr where no scheme has that form.
  const Form* find(std::string_view id) const;
  /// The form asked beside `form`, or nullptr.
  const Form* supplement_of(const Form& form) const;
  /// The indicators that the forms of `scheme` may speak of.
  const Vocabulary& vocabulary(std::string_view scheme) const;
  std::vector<const Form*> all() const;

  void add(Form form);
  void add(std::string scheme, Vocabulary vocabulary);

 private:
  std::map<std::string, Form, std::less<>> forms_;
  std::map<std::string, Vocabulary, std::less<>> vocabularies_;
};

/// Reads every scheme folder below `folders` (each holds scheme folders, the first also `common`). Throws Problem
/// `forms.invalid` with file and line where `lint` finds an error.
Catalog load_catalog(const std::vector<std::string>& folders);
/// Everything wrong with the forms and indicators of `scheme_folder`, checked against the indicators of
/// `common_folder`.
std::vector<LintMessage> lint(const std::string& scheme_folder, const std::string& common_folder);

/// The circumstances in which a form is filled.
struct Context {
  Date date;
  std::string method;                                     // home, phone …
  std::set<std::string> seasons;                          // flood, heating: those the scheme has on `date`
  std::map<std::string, std::vector<std::string>> facts;  // known facts; a set has several values, true is "true"
  /// False for an attempt: what was answered is checked, nothing is required.
  bool complete = true;
};

/// What one answer says in a common indicator.
struct Finding {
  std::string indicator;
  std::string given;             // the option's code, or the number as it was written
  std::optional<Effect> effect;  // status and count_change indicators
  std::optional<double> number;  // number indicators, and by how many a count changed
};

struct Check {
  std::vector<FieldProblem> problems;  // `field` is `answers.<code>`
  std::vector<Finding> findings;       // only of answers without a problem
};

/// Checks what a visit wrote on `form` and its supplement (may be null): fields, kinds, options, ranges, lengths, and
/// what is required of the sections filled by the visit.
Check check_answers(const Form& form, const Form* supplement, const Vocabulary& vocabulary,
                    const boost::json::object& answers, const Context& context);

/// True, false, or unknown where a fact it asks for is not known.
std::optional<bool> holds(const Condition& condition, const boost::json::object& answers, const Context& context);

/// The status after `effect`, given the last known one. Without a known one 较好 gives good, 较差 poor, 无变化 unknown.
std::optional<Status> resolve(Effect effect, std::optional<Status> last);

std::string_view name_of(Status status);
std::optional<Status> read_status(std::string_view name);
std::string_view name_of(Effect effect);
/// As form files write them.
std::string_view name_of(FieldKind kind);
std::string_view name_of(FilledBy filled_by);
std::string_view name_of(FormUse use);
std::optional<Effect> read_effect(std::string_view name);

}  // namespace tanfang::forms
