// Schemes: government documents as data, and what they say of a person.
//
// A scheme is one document turned into rules: who is eligible, in which categories and tier, what visits are owed.
// Everything here is pure: facts and a date in, verdict out; the same scheme version, facts and date always give the
// same verdict. How a scheme folder is written stands in docs/writing-a-scheme.md.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"

namespace tanfang::schemes {

/// Unknown is not no: rules are evaluated in three values.
enum class Truth : std::uint8_t { no, yes, unknown };

// ---- Facts -------------------------------------------------------------------------------------------------------

enum class FactType { boolean, integer, choice, set, date, area, list };

struct Labelled {
  std::string id;
  Words words;
};

/// What may be known of a person, and how it is written. Boolean: true, false. Integer: `min`…`max`. Choice: one of
/// `values`. Set: an array of `values`. Date: `YYYY-MM-DD`. Area: 2, 4, 6, 9 or 12 digits. List: an array of objects
/// with `members`.
struct FactDeclaration {
  std::string name;
  FactType type = FactType::boolean;
  Words words;
  std::vector<Labelled> values;
  std::int64_t min = 0;
  std::int64_t max = 0;
  bool ordered = false;                  // choice: the order of `values` is a rank and may be compared
  Words unit;                            // 岁, 元
  std::vector<FactDeclaration> members;  // list
  std::vector<std::string> schemes;      // the schemes that declared it; empty for the common vocabulary

  const Labelled* find_value(std::string_view id) const;
};

struct Slots;

/// Every fact that the schemes of a set know: the common ones and each scheme's own.
class Vocabulary {
 public:
  Vocabulary();
  const std::vector<FactDeclaration>& facts() const { return facts_; }
  /// The first declaration of that name, the common vocabulary first; nullptr for a name that no scheme knows.
  const FactDeclaration* find(std::string_view name) const;
  /// Adds a declaration and returns its place; one with the same name, type and values is shared.
  std::size_t add(FactDeclaration declaration);
  const Slots& slots() const { return *slots_; }

 private:
  std::vector<FactDeclaration> facts_;
  std::shared_ptr<Slots> slots_;
};

/// Checks a JSON value against the vocabulary and brings it into its normal form in place (sets in the order of the
/// vocabulary without repeats). null is allowed and means unknown. Returns what is wrong: codes `fact.unknown`,
/// `fact.type`, `fact.value`, `fact.range`, `fact.date`, `fact.area`, `fact.member`; `field` is the fact's path, e.g.
/// `children[1].alive`.
/// An entry of `children` may carry `"stands_for_all": true`: it stands for one or more children alike, number unknown.
std::optional<FieldProblem> validate_fact(const Vocabulary& vocabulary, std::string_view name,
                                          boost::json::value& value);

/// One person's facts, compact and reusable. What was not set is unknown.
class Facts {
 public:
  /// `scheme`: where schemes declare one name differently, this one's declaration must take the value.
  explicit Facts(const Vocabulary& vocabulary, std::string_view scheme = {});
  /// Everything unknown again; memory is kept.
  void clear();
  /// Sets one fact from JSON (null: unknown). Same problems as `validate_fact`.
  std::optional<FieldProblem> set(std::string_view name, const boost::json::value& value);
  /// Sets every member of `facts` on top of what is there; the first problem stops.
  std::optional<FieldProblem> set_all(const boost::json::object& facts);
  const Vocabulary& vocabulary() const { return *vocabulary_; }

  // For the evaluator: one number a fact (see facts.h of this room), rows of numbers for lists.
  struct List {
    bool known = false;
    std::vector<std::int64_t> cells;  // rows of equal width, one a member
  };
  std::vector<std::int64_t> values;
  std::vector<List> lists;

 private:
  std::optional<FieldProblem> set_at(std::size_t place, const boost::json::value& value);
  const Vocabulary* vocabulary_;
  std::string scheme_;
};

// ---- Schemes -----------------------------------------------------------------------------------------------------

enum class Method : std::uint8_t { home, phone, video, encounter, monitoring, other };
inline constexpr int kMethodCount = 6;

/// A set of methods in the order of `Method`.
struct MethodSet {
  std::uint8_t bits = 0;
  constexpr bool holds(Method method) const { return (bits >> static_cast<int>(method)) & 1; }
  constexpr void insert(Method method) { bits = static_cast<std::uint8_t>(bits | 1 << static_cast<int>(method)); }
  constexpr bool empty() const { return bits == 0; }
  constexpr bool operator==(const MethodSet&) const = default;
};
std::string_view name_of(Method method);
std::optional<Method> parse_method(std::string_view name);
const Words& words_of(Method method);
/// `home,phone`, in the order of `Method`, and back (nullopt for an unknown name).
std::string join_methods(MethodSet methods);
std::optional<MethodSet> parse_methods(std::string_view joined);

enum class Window : std::uint8_t { week, half_month, month, quarter, half_year, year, interval, after_event };
std::string_view name_of(Window window);
std::optional<Window> parse_window(std::string_view name);

/// What is owed in each window of that kind. Texts live as long as the scheme.
struct Obligation {
  Window window = Window::month;
  int min = 1;
  int days = 0;            // interval: days since the last visit
  std::string_view event;  // after_event: the event's id
  int hours = 0;           // after_event
  MethodSet methods;       // allowed for this person on this day
  std::string_view mark;   // why these methods, e.g. `refused_home_visit`; reported apart; mostly empty
  int position = 0;        // in the tier's list
  bool operator==(const Obligation&) const = default;
};

struct Category {
  std::string id;
  Words words;
  std::string rule;
  std::string cite;
  bool makes_eligible = true;  // false: only reported
};

/// One way of choosing the methods, as written; the first whose `when` is true counts.
struct MethodChoice {
  std::string when;  // empty: otherwise
  MethodSet methods;
  std::string mark;
  std::string cite;
};

/// One line of what a tier is owed; the numbers are after settings.
struct Owed {
  Window window = Window::month;
  int min = 1;
  int days = 0;
  std::string event;
  int hours = 0;
  std::string cite;
  std::string when = {};                   // a rule; empty: always
  std::vector<MethodChoice> methods = {};  // empty: the scheme's
};

struct Tier {
  std::string id;
  Words words;
  std::string rule;  // empty for the last tier, which takes every eligible person whom no higher tier takes
  std::string cite;
  std::vector<Owed> owed;
};

/// A rule with a name as written: a definition, or a score with its lines of points.
struct NamedRule {
  struct Points {
    std::string when;
    std::string points;
    std::string cite;
  };
  std::string id;
  Words words;
  std::string of;    // `child in children`: about one entry
  std::string rule;  // empty for a score
  std::vector<Points> points;
  std::string cite;
};

/// A value that the document leaves open, or a local reading of it.
struct Setting {
  std::string id;
  Words words;
  std::string value;  // as written in TOML: `2`, `true`, `"mild"`
  std::string cite;
  bool local = true;  // a local decision, not the document's word
  Words note;
};

/// A stretch of the year with extra checks, both ends included; may run over the new year.
struct Season {
  std::string id;
  Words words;
  int from_month = 1, from_day = 1, to_month = 12, to_day = 31;
  std::string cite;
  bool contains(Date date) const;
};

/// A festival's day: a day of the calendar year, of the lunar year, a solar term, or given dates.
struct Festival {
  std::string id;
  Words words;
  /// The day in that year; nullopt where it is not known.
  std::optional<Date> in_year(int year) const;

  enum class Kind { calendar, lunar, solar_term, dates } kind = Kind::calendar;
  int month = 0, day = 0;
  int term = 0;  // solar_term: 0 xiaohan … 23 dongzhi
  std::vector<Date> dates;
};

/// Visits owed beside the windows.
struct Rounds {
  std::vector<Festival> festivals;  // empty: the scheme owes no festival rounds
  int festival_days = 7;            // the round is open this many days, up to and including the festival
  /// One visit may meet both the round and the window it falls in; otherwise it is extra to the window's.
  bool visit_also_meets_window = false;
  bool on_weather = false;  // in extreme weather and the like, when a county switches a round on
  std::string cite;
};

/// Text of the document that no rule evaluates: services, helpers, devices, emergencies, supervision.
struct Provision {
  std::string kind;
  std::string id;
  Words words;
  std::string cite;
};

enum class BelowFloor { report, add };

struct Program;

/// One version of one scheme. Ranks and positions (tier 0 is the highest) are those of the vectors here.
struct Scheme {
  std::string id;
  std::string version;
  Date in_force;              // from this day; it binds windows that begin on or after it
  std::optional<Date> until;  // last day in force, where the document ends
  Words title;
  Words short_title;
  std::string area;  // area code it is in force in; empty: everywhere
  bool national_floor = false;
  std::string folder;

  std::string eligible_rule;  // [eligible] as written, empty where there is none
  std::string eligible_cite;
  std::vector<NamedRule> definitions;  // its own, scores too
  std::vector<MethodChoice> methods;   // where a line of `owed` has none of its own
  std::vector<Category> categories;    // those that make eligible, then those only reported
  std::vector<Tier> tiers;             // highest first
  std::vector<Setting> settings;
  std::vector<Labelled> events;
  std::vector<Labelled> marks;
  std::vector<Season> seasons;
  Rounds rounds;
  std::vector<Provision> provisions;
  std::vector<std::string> supplement;  // indicators that the text asks for and no annex holds
  std::vector<std::string> own_facts;   // names of the facts that it declares itself

  int due_day = 0;  // day of a window's last month by which its visits are in time; 0: the window's last day
  std::string due_cite;
  int first_visit_days = 30;
  BelowFloor below_floor = BelowFloor::report;
  int epidemic_multiplier = 2;  // `min` times this where home visits are declared impossible
  MethodSet epidemic_methods;   // what then meets the windows
  std::string epidemic_cite;

  std::shared_ptr<const Program> program;  // the compiled rules

  const Tier* find_tier(std::string_view id) const;
  const Category* find_category(std::string_view id) const;
};

/// A mistake in a scheme folder.
struct SchemeMistake {
  std::string file;
  int line = 0;
  bool error = true;    // otherwise a warning
  bool blocks = false;  // the scheme cannot be used before it is mended
  Words text;
};

/// Values for settings in place of their defaults: scheme id -> setting -> value as in TOML.
using SettingValues = std::map<std::string, std::map<std::string, std::string>>;

/// The schemes that are known, every version of each.
class SchemeSet {
 public:
  /// Reads `shipped/schemes` and further folders of scheme folders (or single scheme folders). Schemes with errors are
  /// kept apart, so that one broken folder does not stop the others. Throws Problem `schemes.folder_missing`.
  static SchemeSet load(const std::string& shipped, const std::vector<std::string>& extra_folders = {},
                        const SettingValues& settings = {});

  const Vocabulary& vocabulary() const { return *vocabulary_; }
  /// All versions, ordered by id and date.
  const std::vector<std::shared_ptr<const Scheme>>& all() const { return schemes_; }
  /// Throws Problem `scheme.unknown`, or `scheme.invalid` with one FieldProblem a mistake where its folder has errors.
  void check(std::string_view id) const;
  /// The latest version of `id` that is in force on that day, before all of them the first. Throws as `check`, and
  /// `scheme.ended` where none is any more.
  const Scheme& get(std::string_view id, Date on) const;
  /// Schemes in force in an area on that day: the local ones, nearest area first, then the national floor.
  std::vector<const Scheme*> in_area(std::string_view area, Date on) const;
  const std::vector<SchemeMistake>& mistakes() const { return mistakes_; }

 private:
  std::shared_ptr<Vocabulary> vocabulary_;
  std::vector<std::shared_ptr<const Scheme>> schemes_;
  std::vector<SchemeMistake> mistakes_;
  std::map<std::string, std::vector<SchemeMistake>, std::less<>> broken_;
};

/// The scheme folders that `folder` is or holds, in the order of their names. Throws Problem `schemes.folder_missing`.
std::vector<std::string> scheme_folders(const std::string& folder);

/// Checks scheme folders (default: the shipped ones) and their case tables: every mistake with file and line.
std::vector<SchemeMistake> lint(const std::string& shipped, const std::vector<std::string>& folders);

// ---- Verdicts ----------------------------------------------------------------------------------------------------

/// What a scheme says of a person on a day.
struct Verdict {
  Truth eligible = Truth::no;
  bool declined = false;  // `willing` is false: nothing is owed, counted apart, asked again
  /// Bit i is scheme.categories[i].
  std::uint64_t categories = 0;
  std::uint64_t possible_categories = 0;
  int tier = -1;                     // index into scheme.tiers, -1 for none
  std::uint32_t possible_tiers = 0;  // bit i is scheme.tiers[i]; only tiers above `tier`
  std::vector<Obligation> obligations;
};

/// The fast path. `verdict` is overwritten and its memory reused; nothing is allocated once it has room.
void classify(const Scheme& scheme, const Facts& facts, Date on, Verdict& verdict);
Verdict classify(const Scheme& scheme, const Facts& facts, Date on);

/// Facts that would settle what is unknown: eligibility, tiers, categories, what is owed. Paths such as
/// `children[].away_since`.
std::vector<std::string> missing_facts(const Scheme& scheme, const Facts& facts, Date on, const Verdict& verdict);
std::vector<std::string> missing_facts(const Scheme& scheme, const Facts& facts, Date on);

/// Why: the rule, its clause, and the facts that made it so.
struct Reason {
  std::string rule;  // `eligible`, `tier.key`, `category.living_alone`, `declined`, …
  std::string cite;
  Words text;  // “重点：年龄84岁 ≥ 80（二(一)1）”
};
std::vector<Reason> reasons(const Scheme& scheme, const Facts& facts, Date on, const Verdict& verdict);

/// Verdict, missing facts and reasons at once: the rules run only once.
struct Assessment {
  Verdict verdict;
  std::vector<std::string> missing;
  std::vector<Reason> reasons;
};
void assess(const Scheme& scheme, const Facts& facts, Date on, Assessment& assessment);

std::vector<std::string> category_ids(const Scheme& scheme, std::uint64_t categories);
std::vector<std::string> tier_ids(const Scheme& scheme, std::uint32_t tiers);

}  // namespace tanfang::schemes
