// What is owed to whom by when, and what of it has been done.
//
// Windows of the schemes in force, first visits, visits after events and rounds are obligations of a person; visits
// discharge them. All of it is recomputed for one person at a time from raw rows (the registry's history, the visits
// planning was told of, rounds and declarations), so the order in which changes arrive does not matter and doing
// anything twice changes nothing. Projections (a person's month, counts by village) are kept in the same transaction.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "planning/assignment.h"
#include "planning/simulation.h"
#include "platform/db/database.h"

namespace tanfang::registry {
class Classifier;
}

namespace tanfang::planning {

struct OwedRule;

/// What planning knows of the schemes; made once by the program and handed to every call. Safe to share between
/// threads.
class Policies {
 public:
  explicit Policies(const registry::Classifier& classifier) : classifier(classifier) {}

  const registry::Classifier& classifier;

  /// What a verdict's obligations say, from the JSON that the registry keeps; the same text is read once.
  std::shared_ptr<const std::vector<OwedRule>> rules_of(const std::string& obligations) const;

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const std::vector<OwedRule>>> rules_;
};

/// What a use case noted; `repeated` where the same had been noted before, so that nothing was changed.
struct Noted {
  Id id;
  bool repeated = false;
};

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
/// The month `months` later (negative: earlier).
Month add_months(Month month, int months);

// ---- Visits ------------------------------------------------------------------------------------------------------

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
/// the person's obligations and the counts up to date. Gives what `allowed_methods` gives for the person and the day of
/// the visit. Records no event of its own: the visit's event is the caller's. Throws Problem `person.unknown`.
std::vector<std::string> apply_visit(audit::Work& work, const Policies& policies, const std::string& county,
                                     const VisitFact& visit);
/// Forgets the fact, as when a correction says that it was another person's.
void withdraw_visit(audit::Work& work, const Policies& policies, const std::string& county, Id person, Id visit);

/// The methods by which a visit on `day` would count for something owed to the person, in the order of the glossary;
/// empty where nothing is owed to them.
std::vector<std::string> allowed_methods(db::Session& session, const Policies& policies, const std::string& county,
                                         Id person, Date day);

// ---- Months and people -------------------------------------------------------------------------------------------

using Progress = std::function<void(std::int64_t people)>;

struct Opening {
  std::int64_t people = 0;       // people looked at
  std::int64_t obligations = 0;  // obligations added, changed or taken back
  bool opened_before = false;
};

/// Opens every window that touches the month for everybody the county's registry knows, after bringing the verdicts up
/// to date. Idempotent: opened again it only brings things up to date. Throws Problem `county.malformed`,
/// `month.out_of_range` (before 2000, or more than 12 months ahead). Records `month_opened`, or says unchanged.
Opening open_month(audit::Work& work, const Policies& policies, const std::string& county, Month month,
                   const Progress& progress = {});
std::vector<Month> open_months(db::Session& session, const std::string& county);

/// To be called whenever the registry changed what decides about a person (registered, moved, suspended, deceased,
/// declined, classified anew), after the change, in its transaction: recomputes the obligations whose window ends on or
/// after `from` in all months that are open. Records no event of its own. Doing it twice changes nothing.
void refresh_person(audit::Work& work, const Policies& policies, const std::string& county, Id person, Date from);
/// The same for some, as after a ledger changed them.
void refresh_people(audit::Work& work, const Policies& policies, const std::string& county,
                    const std::vector<Id>& people, Date from);
/// The same for some whom an import had changed and who are as before again: where it moved them they never were.
void return_people(audit::Work& work, const Policies& policies, const std::string& county,
                   const std::vector<Id>& people, Date from);
/// Before people go whom an import registered and nobody visited: what is owed to them and how they were counted goes.
void forget_people(audit::Work& work, const std::string& county, const std::vector<Id>& people);
/// As refresh_person for everybody in `area` (county, town or village), as after the county chose another scheme.
void refresh_area(audit::Work& work, const Policies& policies, const std::string& county, const std::string& area,
                  Date from, const Progress& progress = {});

/// An event of a scheme (`discharged`, `device_alarm`, …): opens its after_event obligations. Told again, of the same
/// moment, it changes nothing. Records `event_noted`. Throws Problem `person.unknown`, `event.unknown`,
/// `event.in_future`.
Noted record_event(audit::Work& work, const Policies& policies, const std::string& county, Id person,
                   const std::string& event, Instant at);

// ---- Rounds and declarations -------------------------------------------------------------------------------------

/// A round that a county switched on: one visit is owed to everybody it is meant for, in first_day..last_day.
struct ExtraRound {
  Id id;
  std::string kind;  // heat, cold, rain, flood, epidemic, festival, other
  std::string name;  // as people call it; may be empty
  std::string area;  // the county, or a town or village of it
  Date first_day;
  Date last_day;
  std::vector<std::string> tiers;       // empty: all
  std::vector<std::string> categories;  // empty: all; else who is in one of them
  std::vector<Id> people{};             // to add: these alone, of whom the eligible are owed it; empty: all
  std::int64_t chosen = 0;              // as listed: how many people it was added for; 0: all
};

/// A round of the same values as one there is changes nothing. Throws Problem `round.kind`, `round.dates`,
/// `round.area`, `round.tier`, `round.category`, `round.people`, `person.unknown`. Records `round_added`.
Noted add_round(audit::Work& work, const Policies& policies, const std::string& county, ExtraRound round);
/// Makes `last_day` the round's last. Throws Problem `round.unknown`, `round.dates`. Records `round_ended`.
void end_round(audit::Work& work, const Policies& policies, const std::string& county, Id round, Date last_day);
std::vector<ExtraRound> list_rounds(db::Session& session, const std::string& county);

/// A festival round, as the schemes in force in the county owe it.
struct FestivalRound {
  std::string festival;
  Words name;
  std::string scheme;
  Date first_day;
  Date last_day;  // the festival
  bool visit_also_meets_window = false;
};
std::vector<FestivalRound> list_festivals(db::Session& session, const Policies& policies, const std::string& county,
                                          int year);

/// Home visits are impossible in `area` from first_day to last_day: phone and video meet the windows of that time,
/// `min` times the scheme's setting.
struct EpidemicDeclaration {
  Id id;
  std::string area;
  Date first_day;
  Date last_day;
  std::string reason;
};
/// The same declared again changes nothing. Throws Problem `declaration.dates`, `declaration.area`,
/// `declaration.reason`. Records `home_visits_declared_impossible`.
Noted declare_epidemic(audit::Work& work, const Policies& policies, const std::string& county,
                       EpidemicDeclaration declaration);
/// Throws Problem `declaration.unknown`, `declaration.dates`. Records `declaration_ended`.
void end_declaration(audit::Work& work, const Policies& policies, const std::string& county, Id declaration,
                     Date last_day);
std::vector<EpidemicDeclaration> list_declarations(db::Session& session, const std::string& county);

// ---- Lists and the recount ---------------------------------------------------------------------------------------

/// A visit that was counted for an obligation.
struct MeetingVisit {
  Id visit;
  Date day;
  std::string method;
};

/// One obligation as lists show it.
struct PlannedVisit {
  bool ends_in_month = true;  // coverage counts it in the month in which it ends
  Id person;
  std::string name;  // unmasked: the caller masks it
  std::string village;
  std::string kind;   // window, event, first_visit, round
  std::string label;  // scheme/window/position, round/<id>, festival/<id>, first_visit, event/…
  Date first_day;
  Date last_day;
  Date due_day;
  int min = 1;
  int counted = 0;
  std::vector<std::string> methods;
  std::string tier;
  std::string state;  // owed, met, overdue, suspended, declined, taken_out
  std::optional<Date> met_on;
  std::vector<MeetingVisit> visits;  // only where one person is asked about
};
/// Every obligation that touches the month, of the people of `area`, person by person. `open_only`: only what is owed
/// or overdue. Throws Problem `month.not_open`.
void for_each_planned(db::Session& session, const std::string& area, Month month, Instant now, bool open_only,
                      const std::function<void(const PlannedVisit&)>& visit);

/// Which of them a page is made of; what is empty asks nothing.
struct PlannedFilter {
  std::string area;  // a county, or a town or village of it, where the person lives now
  Month month;
  std::vector<std::string> states;  // as in PlannedVisit
  std::string after;                // `next` of the page before
  int limit = 50;
};
/// By area, person, first day and label. A page looks at a bounded number of people, so that it may hold less than
/// `limit`, or nothing, and yet not be the last: that is the one whose `next` is empty.
struct PlannedPage {
  std::vector<PlannedVisit> items;
  std::string next;
};
/// Throws Problem `month.not_open`, `plan.cursor`.
PlannedPage list_planned(db::Session& session, const PlannedFilter& filter, Instant now);

/// What is owed to one person in the open months of from..to, by first day and label, with the visits that counted.
/// Throws Problem `person.unknown`.
std::vector<PlannedVisit> list_planned_of(db::Session& session, const Policies& policies, const std::string& county,
                                          Id person, Month from, Month to, Instant now);

/// The same of some people as it is kept, without the visits; only what touches from..to.
std::map<Id, std::vector<PlannedVisit>> list_kept_of(db::Session& session, const std::string& county,
                                                     const std::vector<Id>& people, Month from, Month to, Instant now);
/// Who lives in the village, by id, at most `limit`.
std::vector<Id> list_residents(db::Session& session, const std::string& village, int limit);

/// A month recomputed from raw rows and compared with what is kept.
struct Recount {
  std::int64_t people = 0;       // looked at
  std::int64_t obligations = 0;  // kept otherwise than recomputed
  std::int64_t person_months = 0;
  std::int64_t counts = 0;
  bool agrees() const { return obligations == 0 && person_months == 0 && counts == 0; }
};
/// With `rebuild` what differs is written anew, and `projections_rebuilt` is recorded where anything did; otherwise
/// nothing changes. Throws Problem `month.not_open`.
Recount recount_month(audit::Work& work, const Policies& policies, const std::string& county, Month month, bool rebuild,
                      const Progress& progress = {});

}  // namespace tanfang::planning
