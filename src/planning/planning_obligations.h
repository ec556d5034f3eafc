// What is owed: obligations opened from a person's file and the schemes' verdicts. One definition for the server, the
// phone, reports and what-if (design, section 6). Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planning/planning_file.h"

namespace tanfang::planning {

enum class Kind {
  window,       // a calendar window, or n days since the last visit
  event,        // within n hours of an event
  first_visit,  // within first_visit_days of a registration inside a window
  round
};
std::string_view to_text(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

/// Why it is owed, or why not.
enum class Basis { owed, declined, suspended, taken_out };
std::string_view to_text(Basis basis);
std::optional<Basis> parse_basis(std::string_view text);

/// One thing that is owed to a person: `min` visits by the allowed methods within `days`.
struct Obligation {
  Kind kind = Kind::window;
  /// Tells apart what begins on one day: `<scheme>/<window>/<position>`, `first_visit`, `event/<id>/<position>`, or the
  /// round's label.
  std::string label;
  Days days;
  Date due_day;
  /// The moment from which it is overdue when it has not been met.
  Instant overdue_at;
  int min = 1;
  schemes::MethodSet methods;  // on the first day
  std::string tier;            // on the first day
  std::string mark;
  Basis basis = Basis::owed;
  /// What visits have done: full visits counted, and the day on which `min` was reached.
  int counted = 0;
  std::optional<Date> met_on;

  /// The visits that were counted, one a day; not kept.
  std::vector<Id> visits;

  /// Where the rule stands, so that the methods allowed on a later day can be looked up; not kept.
  const schemes::Scheme* scheme = nullptr;
  schemes::Window window = schemes::Window::month;
  int position = 0;
  Instant event_at;

  bool operator==(const Obligation& other) const;
};

/// How an obligation stands.
enum class State { owed, met, overdue, suspended, declined, taken_out };
std::string_view to_text(State state);
/// The one definition: met by the last day; overdue when the due day has passed without (design, section 6).
State state_of(const Obligation& obligation, Instant now);
/// Met, and by the due day.
bool in_time(const Obligation& obligation);

/// How a person stands in `days` that are owed as a whole; nullopt: they were not there on the first day (not yet
/// registered, gone), so that nothing is opened. Who dies or moves out within is taken out; a suspension counts only
/// where it covers all of it.
std::optional<Basis> basis_of(const PersonFile& file, const Days& days);

/// The schemes' methods for that person on that day, of every scheme that binds; without regard to declarations.
schemes::MethodSet methods_of(const PersonFile& file, Date day);

/// The calendar windows that touch `days`, by the verdict on each window's first day; not yet discharged.
void open_windows(const PersonFile& file, const Days& days, std::vector<Obligation>& out);
/// A first visit within first_visit_days, owed to who was registered inside a window rather than on its first day.
void open_first_visit(const PersonFile& file, const Days& days, std::vector<Obligation>& out);
/// The visits owed within n hours of the person's events.
void open_events(const PersonFile& file, const Days& days, std::vector<Obligation>& out);
/// The rounds that are meant for the person.
void open_rounds(const PersonFile& file, const Circumstances& circumstances, const Days& days,
                 std::vector<Obligation>& out);

}  // namespace tanfang::planning
