// What is owed to whom by when, and what of it has been done.
//
// Windows of the schemes in force, first visits, visits after events and rounds are obligations of a person; visits
// discharge them. All of it is recomputed for one person at a time from raw rows (the registry's history, the visits
// planning was told of, rounds and declarations), so the order in which changes arrive does not matter and doing
// anything twice changes nothing. Projections (a person's month, counts by village) are kept in the same transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "platform/db/database.h"

namespace tanfang::planning {

/// What planning knows of the shipped and local schemes; made once by the program and handed to every call. Safe to
/// share between threads.
class Policies;

/// The facts of one visit record that decide whether it counts.
struct VisitFact {
  Id visit;
  Id person;
  Instant at;           // started_at; its day in China is the day of the visit
  std::string method;   // home, phone, video, encounter, monitoring, other
  bool met = true;      // somebody was met or spoken to; an attempt does not count
  bool struck = false;  // struck out by supervision
};

/// Keeps the fact under `visit.visit` (a second call with the same id replaces it: struck out, corrected) and brings
/// the person's obligations and the counts up to date. Records no event of its own: the visit's event is the caller's.
/// A person the registry does not know changes nothing.
void apply_visit(audit::Work& work, const Policies& policies, const std::string& county, const VisitFact& visit);
/// Forgets the fact, as when a correction says that it was another person's.
void withdraw_visit(audit::Work& work, const Policies& policies, const std::string& county, Id person, Id visit);

/// To be called whenever the registry changed what decides about a person (registered, moved, suspended, deceased,
/// declined, classified anew), after the change, in its transaction: recomputes the obligations whose window ends on or
/// after `from` in all months that are open. Records no event of its own. Doing it twice changes nothing.
void refresh_person(audit::Work& work, const Policies& policies, const std::string& county, Id person, Date from);

/// A month of the calendar.
struct Month {
  int year = 0;
  int month = 0;  // 1 to 12

  auto operator<=>(const Month&) const = default;
  Date first_day() const;
  Date last_day() const;
  std::string iso() const;  // YYYY-MM
};

/// Reads `YYYY-MM`; throws Problem `month.malformed`.
Month parse_month(const std::string& text);
Month month_of(Date day);

struct Opening {
  std::int64_t people = 0;       // people looked at
  std::int64_t obligations = 0;  // obligations that stand now in the month
  Id last_person;                // where the next step goes on
  bool finished = false;
};

/// Opens every window that touches the month, for everybody the county's registry knows. Idempotent. Throws Problem
/// `county.malformed` or `scheme.none_in_force`. Records `month_opened`.
Opening open_month(audit::Work& work, const Policies& policies, const std::string& county, Month month);
/// The same for the next `limit` people after `after`, so that a large county is opened in several transactions.
Opening open_month_step(audit::Work& work, const Policies& policies, const std::string& county, Month month, Id after,
                        std::int64_t limit);

/// An event of a scheme (`discharged`, `device_alarm`, …): opens its after_event obligations. Returns the event's id.
/// Records `event_noted`. Throws Problem `person.unknown`.
Id record_event(audit::Work& work, const Policies& policies, const std::string& county, Id person,
                const std::string& event, Instant at);

/// The methods by which a visit on `day` would count for something owed to the person, sorted; empty where nothing is
/// owed to them.
std::vector<std::string> allowed_methods(db::Session& session, const Policies& policies, const std::string& county,
                                         Id person, Date day);

}  // namespace tanfang::planning
